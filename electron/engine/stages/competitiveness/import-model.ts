import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import {
  type ImportedModel,
  type ImportModel,
  importedModelSchema,
  importModelSchema,
} from '../../../../shared/stages/competitiveness/base-model/contract.ts';
import { chooseModelFiles, isLicence } from '../../../../shared/stages/competitiveness/base-model/files.ts';
import type { competitiveness } from '../../../../shared/stages/competitiveness/contract.ts';
import { MANIFEST_FILE, type ModelManifest, modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf, modelFolders } from '../../../models/model-folders.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { readHints } from './model-hints.ts';
import { copyModelFiles } from './model-sources.ts';

/** Folders of imports under way; one that a crash left is deleted after a day. */
const STAGING = '.importing-';
const ABANDONED_MS = 24 * 3600 * 1000;

const slotOf = (id: string) => `competitiveness.importedModel:${id}`;

type Requests = Pick<
  HandlersFor<typeof competitiveness.requests>,
  'competitiveness.importModel' | 'competitiveness.importedModel' | 'competitiveness.removeModel'
>;

export const importedModelHandlers = (context: EngineContext): Requests => ({
  'competitiveness.importModel': (params) => context.start([{ slot: slotOf(params.id), params, seed: DEFAULT_SEED }]),
  'competitiveness.importedModel': ({ modelId }) => context.view<ImportedModel>(slotOf(modelId)),
  'competitiveness.removeModel': async ({ modelId }) => {
    const found = (await modelFolders(context.deps)).find(({ id }) => id === modelId);
    if (found === undefined) throw new AppError('model.not-found', { model: modelId });
    if (!found.imported) throw new AppError('model.shipped', { model: modelId });
    // Out of the list at once, whatever happens while the files go.
    const going = join(context.deps.ownModelsFolder, `${STAGING}removed-${modelId}`);
    await rm(going, { recursive: true, force: true });
    await rename(found.folder, going);
    await rm(going, { recursive: true, force: true });
    return {};
  },
});

/** A model folder that somebody downloaded, brought among this user's own: copied, opened once in the model process, and kept only if it answers. */
export const importedModelKind = defineKind<ImportModel, ImportedModel>({
  name: 'competitiveness.importedModel',
  stage: 'competitiveness',
  lane: 'io',
  revision: 1,
  params: importModelSchema,
  result: importedModelSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  async run(context) {
    const { params, deps, jobId } = context;
    const home = deps.ownModelsFolder;
    await mkdir(home, { recursive: true, mode: 0o700 });
    await sweep(home, deps.now().getTime());
    const staging = join(home, `${STAGING}${jobId}-${params.id}`);
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    try {
      return { type: 'done', result: await importInto(staging, context) };
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  },
});

async function importInto(staging: string, context: StepContext<ImportModel>): Promise<ImportedModel> {
  const { params, deps, worker, signal, progress } = context;
  const report = (phase: 'copying' | 'opening', fraction: number) => progress({ ...NO_PROGRESS, phase, fraction });
  report('copying', 0);
  const chosen = chooseModelFiles(params.files);
  const hints = await readHints(chosen, deps);
  const files = await copyModelFiles(chosen, staging, deps, signal, (share) => report('copying', share * 0.7));
  report('opening', 0.7);
  const licenceFile = files.find(({ path }) => isLicence(path))?.path ?? null;
  const manifest: ModelManifest = {
    id: params.id,
    name: params.name,
    licence: hints.licence ?? '',
    source: params.source,
    languages: params.languages,
    pooling: params.pooling ?? hints.pooling ?? 'mean',
    maxLength: hints.maxLength ?? 512,
    files,
  };
  const writeManifest = (value: ModelManifest) =>
    writeFile(join(staging, MANIFEST_FILE), `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await writeManifest(manifest);
  const found = await worker.run({ type: 'inspectModel', folder: staging, threads: deps.threads() }, { signal });
  const maxLength = Math.min(manifest.maxLength, found.maxLength);
  await writeManifest({ ...manifest, maxLength });
  signal.throwIfAborted();
  await place(staging, params.id, modelHash(manifest), deps);
  return {
    ...found,
    id: params.id,
    name: params.name,
    maxLength,
    storedAs: [...found.storedAs],
    pooling: manifest.pooling,
    poolingFrom: params.pooling !== null ? 'chosen' : hints.pooling !== null ? 'folder' : 'assumed',
    licence: manifest.licence,
    licenceFile,
    modelHash: modelHash(manifest),
    files,
  };
}

/** Gives the folder its name. One of the same content takes the place of what is there. @throws AppError 'model.exists' for another model */
async function place(staging: string, id: string, hash: string, deps: EngineContext['deps']): Promise<void> {
  const taken = modelFolderOf(deps, id);
  const target = join(deps.ownModelsFolder, id);
  if (existsSync(join(taken, MANIFEST_FILE))) {
    if (taken !== target || modelHash(await readManifest(taken)) !== hash) {
      throw new AppError('model.exists', { model: id });
    }
  }
  // What is there is this very model or no model at all.
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
}

async function sweep(home: string, nowMs: number): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(STAGING)) continue;
    const found = await stat(join(home, name)).catch(() => null);
    if (found !== null && nowMs - found.mtimeMs > ABANDONED_MS)
      await rm(join(home, name), { recursive: true, force: true });
  }
}
