import { join } from 'node:path';
import type { z } from 'zod';
import type { AppInfo } from '../../shared/contract/app.ts';
import {
  type AppRequestName,
  appRequests,
  type ProjectRequestName,
  projectRequests,
} from '../../shared/contract/index.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import { AppError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { firstIssue } from '../../shared/errors/issue-reason.ts';
import { REQUESTS_AT_ONCE } from '../../shared/line/line.ts';
import type { EngineDeps, PackageParts, PrintPdf } from '../engine/deps.ts';
import type { Engine, OpenMode } from '../engine/engine.ts';
import { sweepAbandonedSpool } from '../engine/jobs/spool.ts';
import { appHandlers } from './app-handlers.ts';
import type { AskWorker } from './ask-worker.ts';
import { createAutoLock } from './auto-lock.ts';
import { type Log, openLog } from './log.ts';
import { createOfflineFacts } from './offline-facts.ts';
import { createOpenProjects, type OpenProjects } from './open-projects.ts';
import { physicalCores } from './physical-cores.ts';
import type { PathPolicy } from './project-paths.ts';
import type { HostProtection } from './protection.ts';
import { createProviders } from './providers.ts';
import { createSources, type Sources } from './sources.ts';
import { checkSystem } from './system-check.ts';
import { removeAbandonedFolders } from './temporary-folders.ts';
import { createTranslationPacks, packFolderIn } from './translation-packs.ts';
import { loginName } from './user-folder.ts';
import { openUserStore, type UserStore } from './user-store.ts';

/** What the engine of a project gets from its host, whichever way that host starts processes. */
export type HostDeps = Omit<EngineDeps, 'spawn'>;

export interface WorkbenchOptions {
  readonly host: AppInfo['host'];
  readonly version: string;
  /** What this program was built from; asked when somebody wants to know. */
  readonly buildHash: () => string;
  readonly paths: PathPolicy;
  readonly userFolder: string;
  readonly modelsFolder: string;
  readonly samplesFolder: string;
  readonly openEngine: (deps: HostDeps, path: string, mode: OpenMode) => Promise<Engine>;
  readonly printPdf: PrintPdf;
  readonly askWorker: AskWorker;
  readonly packageParts: PackageParts;
  readonly protection: HostProtection;
  /** Replies are checked against the contract while the product is made, not in its packages. */
  readonly verifyReplies: boolean;
}

/** Everything a host needs but its transport: requests in, replies and events out. */
export interface Workbench {
  readonly projects: OpenProjects;
  readonly sources: Sources;
  readonly user: UserStore;
  /** One folder per language, each a sample. */
  readonly samplesFolder: string;
  readonly log: Log;
  /** Who acts, for the audit log. */
  actor(): string;
  /** Answers any request of the contract; those of a project need its id. Never rejects. */
  call(name: string, input: unknown, projectId: string | null): Promise<Reply<unknown>>;
  /** Pauses running jobs, closes all projects, deletes uploads. */
  close(): Promise<void>;
}

/** @throws AppError where the system lacks what our native binaries need */
export function createWorkbench(options: WorkbenchOptions): Workbench {
  checkSystem();
  const now = () => new Date();
  const log = openLog(join(options.userFolder, 'log'), now);
  const user = openUserStore(options.userFolder);
  removeAbandonedFolders();
  // Later than the first window: overwriting takes its time.
  setImmediate(() => sweepAbandoned(user, log));
  const sources = createSources({ pathsAsIds: options.host === 'cli' });
  const actor = () => user.settings().actor || loginName();
  // One core is left for the person while there is a screen.
  const autoThreads = () => Math.max(1, physicalCores() - (options.host === 'cli' ? 0 : 1));
  const threads = () => user.settings().threads ?? autoThreads();
  const providers = createProviders(
    options.userFolder,
    (provider, count, signal) => options.askWorker({ type: 'tryProvider', provider, threads: count }, signal),
    threads,
  );
  const packFolder = packFolderIn(options.userFolder);
  const packs = createTranslationPacks(packFolder, sources, options.askWorker, threads);
  const engineDeps: HostDeps = {
    resolveSource: async (sourceId) => sources.resolve(sourceId),
    resolveTarget: async (path) => options.paths.forNew(path),
    modelsFolder: options.modelsFolder,
    ownModelsFolder: join(options.userFolder, 'models'),
    packFolder,
    appVersion: options.version,
    packageParts: options.packageParts,
    printPdf: options.printPdf,
    now,
    monotonicMs: () => performance.now(),
    threads,
    provider: () => providers.chosen(user.settings().provider),
    verifyReplies: options.verifyReplies,
    log,
  };
  const projects = createOpenProjects((path, mode) => options.openEngine(engineDeps, path, mode));
  const { protection } = options;
  let knownHash: string | null = null;
  const buildHash = () => {
    knownHash ??= options.buildHash();
    return knownHash;
  };
  const facts = createOfflineFacts({
    ...options,
    buildHash,
    modules: options.packageParts.modules,
    places: () => ({
      userFolder: options.userFolder,
      projectsFolder: options.paths.folder,
      uploadFolder: sources.folder(),
      hostFiles: protection.files(),
      projects: [...projects.paths()],
    }),
    now,
  });
  const autoLock = createAutoLock(projects, () => user.settings().lockAfterMinutes, now);
  const handlers = appHandlers({
    ...options,
    buildHash,
    projects,
    autoLock,
    sources,
    user,
    providers,
    autoThreads,
    packs,
    actor,
    now,
    facts,
  });

  let answering = 0;
  const answerApp = async (name: AppRequestName, input: unknown): Promise<Reply<unknown>> => {
    const spec: { readonly input: z.ZodType; readonly output: z.ZodType } = appRequests[name];
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) {
      throw new AppError('request.invalid', { name, ...firstIssue(parsed.error) });
    }
    const handler = handlers[name] as (input: unknown) => unknown;
    const value = await handler(parsed.data);
    return { ok: true, value: options.verifyReplies ? spec.output.parse(value) : value };
  };

  /** Requests by which somebody does something; queries are also repeated by screens that nobody looks at. */
  const isOfPerson = (name: string) =>
    Object.hasOwn(projectRequests, name) && projectRequests[name as ProjectRequestName].effect !== 'query';

  return {
    projects,
    sources,
    user,
    samplesFolder: options.samplesFolder,
    log,
    actor,
    async call(name, input, projectId) {
      answering++;
      try {
        if (answering > REQUESTS_AT_ONCE) throw new AppError('request.too-many', { limit: REQUESTS_AT_ONCE });
        if (Object.hasOwn(appRequests, name)) return await answerApp(name as AppRequestName, input);
        if (!Object.hasOwn(projectRequests, name)) throw new AppError('request.unknown', { name });
        if (projectId === null) throw new AppError('project.none-open', {});
        if (isOfPerson(name)) autoLock.used(projectId);
        await projects.settled(projectId);
        return await projects.get(projectId).engine.call(name, input, actor());
      } catch (error) {
        const json = toAppErrorJson(error);
        if (json.code === 'request.unknown') protection.refusals.add('unknown-request', name);
        if (!(error instanceof AppError)) log({ level: 'error', what: `request ${name}`, detail: json.detail ?? '' });
        return { ok: false, error: json };
      } finally {
        answering--;
      }
    },
    async close() {
      autoLock.close();
      providers.stop();
      try {
        await projects.closeAll();
      } finally {
        sources.close();
      }
    },
  };
}

/** What a killed program may have left readable beside the encrypted projects of the recent list. */
function sweepAbandoned(user: UserStore, log: Log): void {
  for (const { path } of user.recent()) {
    try {
      sweepAbandonedSpool(path);
    } catch (error) {
      log({ level: 'error', what: 'leftovers of a killed program', detail: String(error) });
    }
  }
}
