import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { AppRequests, HandlersFor } from '../../shared/contract/index.ts';
import type { OfflineFacts } from '../../shared/contract/offline.ts';
import type { PackageParts, PrintPdf } from '../engine/deps.ts';
import { isPartial } from '../engine/partial-file.ts';
import type { AutoLock } from './auto-lock.ts';
import { makeStatement } from './offline-statement.ts';
import type { OpenProject, OpenProjects } from './open-projects.ts';
import { fileNameOf, type PathPolicy, PROJECT_EXTENSION } from './project-paths.ts';
import type { HostProtection } from './protection.ts';
import type { Providers } from './providers.ts';
import { playSteps, readSample } from './sample.ts';
import { createSampleRest } from './sample-rest.ts';
import type { Sources } from './sources.ts';
import type { TranslationPacks } from './translation-packs.ts';
import type { UserStore } from './user-store.ts';

const BYTES_PER_GB = 1024 ** 3;

export interface AppHandlerDeps {
  readonly host: AppInfo['host'];
  readonly version: string;
  readonly buildHash: () => string;
  readonly paths: PathPolicy;
  readonly projects: OpenProjects;
  readonly autoLock: AutoLock;
  readonly sources: Sources;
  readonly user: UserStore;
  readonly providers: Providers;
  /** Threads of a job while the settings leave them open. */
  readonly autoThreads: () => number;
  readonly packs: TranslationPacks;
  /** Folder with one folder per language, each a sample. */
  readonly samplesFolder: string;
  readonly actor: () => string;
  readonly protection: HostProtection;
  readonly facts: () => OfflineFacts;
  readonly packageParts: PackageParts;
  readonly printPdf: PrintPdf;
  readonly now: () => Date;
}

/** The requests that a host answers itself. */
export function appHandlers(deps: AppHandlerDeps): HandlersFor<AppRequests> {
  const opened = ({ projectId, engine }: OpenProject) => {
    const project = { name: engine.name, path: engine.path };
    // The list of recent projects is readable to whoever has this account, so of an encrypted one it tells no more than its path.
    const listed = engine.encrypted ? basename(engine.path, PROJECT_EXTENSION) : engine.name;
    deps.user.remember({ path: engine.path, name: listed, openedAt: deps.now().toISOString() });
    return { projectId, ...project };
  };

  const chosenProvider = () => deps.providers.chosen(deps.user.settings().provider);
  const providersInfo = () => ({
    chosen: chosenProvider(),
    candidates: [...deps.providers.candidates()],
    trials: [...deps.providers.trials()],
  });
  const rest = createSampleRest(deps.samplesFolder, deps.sources, deps.actor);

  return {
    'app.info': () => ({
      version: deps.version,
      buildHash: deps.buildHash(),
      platform: `${platform()} ${arch()} ${release()}`,
      host: deps.host,
      cores: availableParallelism(),
      autoThreads: deps.autoThreads(),
      memoryGb: Math.round((totalmem() / BYTES_PER_GB) * 10) / 10,
      provider: chosenProvider(),
      projectsFolder: deps.paths.folder,
      refusedRequests: deps.protection.refusals.total(),
    }),
    'app.offline': () => deps.facts(),
    'app.offlineStatement': ({ language, projectId, pdf }) =>
      makeStatement({
        language,
        pdf,
        facts: deps.facts(),
        engine: projectId === null ? null : deps.projects.get(projectId).engine,
        actor: deps.actor(),
        modules: deps.packageParts.modules,
        printPdf: deps.printPdf,
      }),
    'app.reportRefusal': ({ kind, what }) => {
      deps.protection.refusals.add(kind, what);
      return {};
    },
    'app.settings': () => deps.user.settings(),
    'app.changeSettings': (settings) => {
      deps.user.changeSettings(settings);
      return deps.user.settings();
    },
    'app.providers': () => providersInfo(),
    'app.tryProvider': async ({ provider }) => {
      await deps.providers.try(provider);
      return providersInfo();
    },
    'app.stopTryingProvider': () => {
      deps.providers.stop();
      return {};
    },
    'app.translationPack': () => deps.packs.info(),
    'app.importTranslationPack': ({ files }) => deps.packs.import(files),
    'app.removeTranslationPack': () => {
      deps.packs.remove();
      return {};
    },
    'app.guide': () => deps.user.guide(),
    'app.changeGuide': (guide) => {
      deps.user.changeGuide(guide);
      return deps.user.guide();
    },
    'app.recentProjects': () => [...deps.user.recent()],
    'app.createProject': async ({ path, name, customer, period, password }) => {
      mkdirSync(deps.paths.folder, { recursive: true });
      const file = deps.paths.forNew(path ?? fileNameOf(name));
      return opened(
        await deps.projects.open(file, { type: 'create', name, customer, period, sample: false, password }),
      );
    },
    'app.openProject': async ({ path, password, readOnly }) => {
      const recent = deps.user.recent().map((project) => project.path);
      const file = deps.paths.forExisting(path, recent);
      return opened(await deps.projects.open(file, { type: 'open', password, readOnly }));
    },
    'app.openSample': async ({ language }) => {
      const folder = join(deps.samplesFolder, language);
      const sample = readSample(folder);
      const { name, customer, period } = sample;
      mkdirSync(deps.paths.folder, { recursive: true });
      const file = freePath(deps.paths, name);
      const project = await deps.projects.open(file, { type: 'create', name, customer, period, sample: true });
      try {
        await playSteps(sample.steps, {
          engine: project.engine,
          folder,
          sources: deps.sources,
          actor: deps.actor(),
        });
      } catch (error) {
        await deps.projects.close(project.projectId);
        rmSync(file, { force: true });
        throw error;
      }
      return opened(project);
    },
    'app.playSampleRest': ({ projectId }) => rest.start(projectId, deps.projects.get(projectId).engine),
    'app.stopSampleRest': ({ projectId }) => rest.stop(projectId),
    'app.sampleRest': ({ projectId }) => rest.progress(projectId, deps.projects.get(projectId).engine),
    'app.noteActivity': ({ projectId }) => {
      deps.autoLock.used(projectId);
      return {};
    },
    'app.lockProject': async ({ projectId }) => {
      await deps.projects.lock(projectId);
      return {};
    },
    'app.unlockProject': async ({ projectId, password }) => {
      const { engine } = await deps.projects.unlock(projectId, password);
      deps.autoLock.used(projectId);
      return { projectId, name: engine.name, path: engine.path };
    },
    'app.changePassword': async ({ projectId, current, next }) => {
      const actor = deps.actor();
      const project = await deps.projects.changePassword(projectId, { current, next, actor });
      opened(project);
      return { originalOverwritten: project.engine.originalOverwritten };
    },
    'app.closeProject': async ({ projectId }) => {
      await deps.projects.close(projectId);
      return {};
    },
    'app.listFolder': () => projectFiles(deps.paths.folder),
  };
}

/** A path that no project has yet: a sample is opened as often as one likes. */
function freePath(paths: PathPolicy, name: string): string {
  const taken = new Set(projectFiles(paths.folder).map((file) => file.name));
  let file = fileNameOf(name);
  for (let copy = 2; taken.has(file); copy++) file = fileNameOf(`${name} ${copy}`);
  return paths.forNew(file);
}

function projectFiles(folder: string) {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
  return entries
    .filter((entry) => entry.isFile() && extname(entry.name) === PROJECT_EXTENSION && !isPartial(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined
        ? []
        : [{ path, name: entry.name, bytes: found.size, modifiedAt: found.mtime.toISOString() }];
    })
    .sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt));
}
