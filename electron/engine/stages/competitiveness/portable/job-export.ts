import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../../shared/jobs/state.ts';
import { preparedDataSchema } from '../../../../../shared/stages/competitiveness/contract.ts';
import {
  type JobExport,
  jobExportSchema,
  labelsResultSchema,
} from '../../../../../shared/stages/competitiveness/results.ts';
import { maskPersonalData, PERSONAL_DATA_KINDS } from '../../../../../shared/stages/demand/clean/personal-data.ts';
import { unportablePart } from '../../../../../shared/train/portable-job.ts';
import { type RunConfig, runConfigSchema } from '../../../../../shared/train/run-config.ts';
import { modelHash, readManifest } from '../../../../models/model-folder.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind, type StepContext } from '../../../artifacts/kind.ts';
import { eraseFolder } from '../../../db/erase.ts';
import { exportsFolder, JOB_FOLDER_FORMAT, placePackage, refuseForeign } from '../../landing/package/exports-folder.ts';
import { hashedFiles, syncFiles } from '../../landing/package/write-files.ts';
import { labelledTextInputs, labelledTexts } from '../labels.ts';
import { paraphraseInputs, paraphrasesFor } from '../paraphrases.ts';
import { splitRowsOf } from '../split.ts';
import { jobReadme } from './job-readme.ts';

const paramsSchema = z.strictObject({ name: z.string(), modelId: z.string(), config: runConfigSchema });
export type JobExportParams = z.output<typeof paramsSchema>;

export const jobExportSlot = (jobId: string) => `competitiveness.jobExport:${jobId}`;

/** A training laid out for another engine. What it writes decides every batch and every first value, so that the other engine's losses are those of this one. */
export const jobExportKind = defineKind<JobExportParams, JobExport>({
  name: 'competitiveness.jobExport',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: paramsSchema,
  result: jobExportSchema,
  pausable: false,
  outsideHash: ['path', 'files'],
  // Somebody carries the folder away: it is not written again unless that is asked for.
  training: true,
  inputs: ({ config }, slots) => [...labelledTextInputs(slots), 'competitiveness.split', ...paraphraseInputs(config)],
  defaultParams: () => null,
  async run(context) {
    assertPortable(context.params.config);
    try {
      return { type: 'done', result: await writeJob(context), parts: {} };
    } catch (error) {
      // What was laid out is readable, and nobody got it.
      if (context.spoolKey === null) await rm(context.spoolFolder, { recursive: true, force: true });
      else eraseFolder(context.spoolFolder);
      throw error;
    }
  },
});

/** @throws AppError 'train.job-option' */
export function assertPortable(config: RunConfig): void {
  const option = unportablePart(config);
  if (option !== null) throw new AppError('train.job-option', { option });
}

async function writeJob(context: StepContext<JobExportParams>): Promise<JobExport> {
  const { key, params, input, store, deps, path, worker, spoolFolder, signal, progress, jobId } = context;
  const folder = `${key}-training`;
  const target = join(exportsFolder(path), folder);
  const projectId = store.project.get().id;
  refuseForeign(target, projectId);
  progress({ ...NO_PROGRESS, phase: 'preparing' });
  const labels = input('competitiveness.labels');
  const names = labelsResultSchema.parse(labels.result).classes.map(({ label }) => label);
  const split = input('competitiveness.split');
  const { testLock } = preparedDataSchema.parse(split.result).split;
  const { rows, train, dev } = splitRowsOf(store, labels, split);
  const texts = labelledTexts(store, rows);
  const masked = (text: string) => maskPersonalData(text, PERSONAL_DATA_KINDS).text;
  let maskedRows = 0;
  const given = (indices: Int32Array) => ({
    texts: Array.from(indices, (index) => {
      const text = texts[index] ?? '';
      const shown = masked(text);
      if (shown !== text) maskedRows += 1;
      return shown;
    }),
    labels: indices.map((index) => rows.label[index]!),
  });
  const base = modelFolderOf(deps, params.modelId);
  const manifest = await readManifest(base);
  const built = join(spoolFolder, folder);
  await rm(built, { recursive: true, force: true });
  await mkdir(built, { recursive: true });
  const { job, trainRows, steps } = await worker.run(
    {
      type: 'exportJob',
      folder: base,
      hash: modelHash(manifest),
      config: params.config,
      labels: names,
      train: given(train),
      ...paraphrasesFor(
        context,
        params.config,
        Array.from(train, (index) => texts[index] ?? ''),
        { shown: masked },
      ),
      dev: dev.length === 0 ? null : given(dev),
      testLock,
      threads: deps.threads(),
      into: built,
    },
    { signal },
  );
  progress({ ...NO_PROGRESS, phase: 'writing', fraction: 0.8 });
  await copyFile(join(deps.packageParts.sources, 'job', 'train.py'), join(built, 'train.py'));
  const about = {
    manifest,
    trainRows,
    devRows: dev.length,
    maskedRows,
    usesPeft: params.config.method.type === 'lora',
  };
  await writeFile(join(built, 'README.md'), jobReadme(about));
  const ownership = { format: JOB_FOLDER_FORMAT, project: { id: projectId }, job: key };
  await writeFile(join(built, 'manifest.json'), `${JSON.stringify(ownership, null, 2)}\n`);
  const files = await hashedFiles(built, signal);
  await syncFiles(built, files);
  signal.throwIfAborted();
  placePackage(built, target, projectId, jobId);
  return {
    id: key,
    name: params.name,
    modelId: params.modelId,
    modelHash: modelHash(manifest),
    config: params.config,
    labels: names,
    testLock,
    job,
    trainRows,
    devRows: dev.length,
    maskedRows,
    steps,
    folder,
    path: target,
    files,
  };
}
