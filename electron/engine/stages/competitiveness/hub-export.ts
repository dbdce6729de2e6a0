import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { type HubExport, hubExportSchema, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { HUB_FORMATS, type HubFormat } from '../../../../shared/train/hub-names.ts';
import { eraseFolder } from '../../../engine/db/erase.ts';
import { writeUnderKey } from '../../../files/sealed-file.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { exportsFolder, HUB_FORMAT, placePackage, refuseForeign } from '../landing/package/exports-folder.ts';
import { hashedFiles, syncFiles } from '../landing/package/write-files.ts';
import { float32Temperature } from './model-temperature.ts';
import { modelRequest, modelSlot, type ProjectModel, projectModel } from './project-model.ts';

const paramsSchema = z.strictObject({ modelId: z.string(), format: z.enum(HUB_FORMATS) });
type Params = z.output<typeof paramsSchema>;

const FOLDERS: Readonly<Record<HubFormat, string>> = { model: 'hugging-face', adapter: 'peft' };

export const hubExportSlot = (modelId: string, format: HubFormat) => `competitiveness.hubExport:${modelId}-${format}`;

/** A model given away as a folder for Hugging Face's transformers or peft. A model in int8 is given as the float32 that it was made of. */
export const hubExportKind = defineKind<Params, HubExport>({
  name: 'competitiveness.hubExport',
  stage: 'competitiveness',
  lane: 'io',
  revision: 2,
  params: paramsSchema,
  result: hubExportSchema,
  pausable: false,
  outsideHash: ['path', 'files'],
  takesStale: true,
  training: false,
  inputs: ({ modelId }) => [modelSlot(modelId)],
  defaultParams: () => null,
  async run(context) {
    try {
      return { type: 'done', result: await writeExport(context), parts: {} };
    } catch (error) {
      // What was laid out is readable, and nobody got it.
      if (context.spoolKey === null) await rm(context.spoolFolder, { recursive: true, force: true });
      else eraseFolder(context.spoolFolder);
      throw error;
    }
  },
});

async function writeExport(context: StepContext<Params>): Promise<HubExport> {
  const { params, store, deps, path, worker, spoolFolder, signal, progress, jobId } = context;
  const model = projectModel(store, deps, params.modelId);
  const folder = `${params.modelId}-${FOLDERS[params.format]}`;
  const target = join(exportsFolder(path), folder);
  const projectId = store.project.get().id;
  refuseForeign(target, projectId);
  progress({ ...NO_PROGRESS, phase: 'writing', fraction: 0 });
  const built = join(spoolFolder, folder);
  await rm(built, { recursive: true, force: true });
  await mkdir(built, { recursive: true });
  const { folder: base, hash, tuned } = await modelRequest(context, model);
  const { pooling } = await worker.run(
    {
      type: 'exportHub',
      folder: base,
      hash,
      tuned,
      labels: [...model.labels],
      temperature: float32Temperature(store, model),
      format: params.format,
      ...(await adapterOf(context, model)),
      into: built,
    },
    { signal },
  );
  progress({ ...NO_PROGRESS, phase: 'writing', fraction: 0.7 });
  // Says whose the folder is: what another project or person put there is never replaced.
  const manifest = { format: HUB_FORMAT, project: { id: projectId }, model: params.modelId };
  await writeFile(join(built, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const files = await hashedFiles(built, signal);
  await syncFiles(built, files);
  signal.throwIfAborted();
  placePackage(built, target, projectId, jobId);
  return {
    modelId: params.modelId,
    modelName: model.name,
    format: params.format,
    folder,
    path: target,
    pooling,
    labels: [...model.labels],
    files,
  };
}

/** The run's own matrices, laid into the job's folder, and how they were trained; nulls where it has none. */
async function adapterOf({ params, store, spoolFolder, spoolKey }: StepContext<Params>, { weights }: ProjectModel) {
  if (params.format !== 'adapter' || weights.parts.adapter === undefined) return { method: null, adapter: null };
  const adapter = join(spoolFolder, `adapter-${weights.parts.adapter.blob}.safetensors`);
  await writeUnderKey(adapter, spoolKey, [store.part(weights, 'adapter')]);
  return { method: runRecordSchema.parse(weights.result).config?.method ?? null, adapter };
}
