import { z } from 'zod';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { type RunRecord, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { seedsResult } from '../../../../shared/stages/competitiveness/seeds.ts';
import { expectedCostSchema } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { devMetrics } from '../../../../shared/train/evaluation.ts';
import { type RunConfig, runConfigSchema } from '../../../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { labelledTextInputs } from './labels.ts';
import { paraphraseInputs, paraphrasesFor } from './paraphrases.ts';
import { jobExportSlot } from './portable/job-export.ts';
import { elsewhereSchema, trainedElsewhere } from './portable/trained-elsewhere.ts';
import { type OneTraining, seedListSchema, seedRun, trainSeeds } from './train-seeds.ts';
import { createCurve } from './training-curve.ts';
import { trainingRows } from './training-rows.ts';

const runParamsSchema = z.strictObject({
  name: z.string(),
  modelId: z.string(),
  config: runConfigSchema,
  seeds: seedListSchema,
  /** Trained by another engine from an export of this project; here where left out. */
  elsewhere: elsewhereSchema.optional(),
  /** What the plan of trainings said of it when it was started, where it said anything. */
  planned: expectedCostSchema.optional(),
});
export type RunParams = z.output<typeof runParamsSchema>;

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 200;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;

/** A base model tuned on the training rows, here or by another engine, and measured here on the locked test rows. */
export const runKind = defineKind({
  name: 'competitiveness.run',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: runParamsSchema,
  result: runRecordSchema,
  pausable: true,
  outsideHash: [
    'latency',
    'peakMemoryMb',
    'trainDurationMs',
    'planned',
    'trainWallMs',
    'seeds.runs.*.trainDurationMs',
    'series',
  ],
  training: true,
  inputs: ({ config, elsewhere }, slots) => [
    ...labelledTextInputs(slots),
    'competitiveness.split',
    ...(elsewhere === undefined ? paraphraseInputs(config) : [jobExportSlot(elsewhere.jobId)]),
  ],
  defaultParams: () => null,
  async run(context) {
    const { key, params, input, store, worker, compute, deps, spoolKey, signal, progress } = context;
    const { classes, testLock, train, dev, test } = trainingRows(
      store,
      input('competitiveness.labels'),
      input('competitiveness.split'),
    );
    const folder = modelFolderOf(deps, params.modelId);
    const hash = modelHash(await readManifest(folder));
    progress({ ...NO_PROGRESS, phase: 'preparing' });
    const base = { folder, hash, config: params.config, classes: classes.length };
    const modelOf = (tuned: string) => ({
      folder,
      hash,
      tuned,
      classes: classes.length,
      maxLength: params.config.maxLength,
      threads: deps.threads(),
    });
    const measure = async (training: OneTraining) => {
      const model = modelOf(training.tunedFile);
      const devLogits =
        dev.texts.length === 0
          ? null
          : (training.devLogits ??
            (await worker.run({ type: 'classify', ...model, texts: dev.texts }, { signal })).logits);
      const evaluating = (event: WorkerEvent) => {
        if (event.type === 'progress') training.curve.evaluating(event.done, event.total);
      };
      const { logits } = await worker.run(
        { type: 'classify', ...model, texts: test.texts },
        { signal, onEvent: evaluating },
      );
      const evaluated = await compute.run(
        'competitiveness.evaluate',
        { classes: classes.map(({ label }) => label), actual: test.labels, logits, seed: params.config.seed },
        { signal },
      );
      const onDev = devLogits === null ? null : devMetrics(devLogits, dev.labels, classes.length);
      return { training, devLogits, onDev, logits, evaluated };
    };
    const measured =
      params.elsewhere === undefined
        ? await trainSeeds(
            context,
            {
              ...base,
              tuned: null,
              train,
              dev: dev.texts.length === 0 ? null : dev,
              ...paraphrasesFor(context, params.config, train.texts),
            },
            params.seeds ?? [params.config.seed],
            measure,
          )
        : [await measure(await elsewhere(context, params.elsewhere, base))];
    if (measured === null) return { type: 'paused' };

    const seeds = measured.length === 1 ? null : seedsResult(measured.map(seedRun));
    const kept = measured.find(({ training }) => training.seed === seeds?.kept) ?? measured[0]!;
    const { training, devLogits, onDev, logits, evaluated } = kept;
    const latency = await worker.run(
      {
        type: 'latency',
        ...modelOf(training.tunedFile),
        texts: test.texts.slice(0, LATENCY_TEXTS),
        repeats: LATENCY_REPEATS,
      },
      { signal },
    );
    const temperature =
      devLogits === null
        ? null
        : await compute.run(
            'competitiveness.calibrate',
            {
              classes: classes.length,
              dev: { labels: dev.labels, logits: devLogits },
              test: { labels: test.labels, logits },
              seed: params.config.seed,
            },
            { signal },
          );
    const result: RunRecord = {
      id: key,
      name: params.name,
      modelId: params.modelId,
      modelHash: hash,
      config: params.config,
      compression: null,
      gate: null,
      original: null,
      testLock,
      ...training.record,
      ...(params.planned === undefined ? {} : { planned: params.planned, trainWallMs: training.wallMs }),
      ...(seeds === null ? {} : { seeds }),
      dev: onDev === null ? null : { rows: dev.texts.length, ...onDev },
      test: evaluated.evaluation,
      temperature,
      latency,
      sizeMb: (training.record.parameters * BYTES_PER_PARAMETER) / BYTES_PER_MB,
    };
    return {
      type: 'done',
      result,
      parts: {
        predictions: bytesOf(evaluated.predictions),
        confidence: bytesOf(evaluated.confidence),
        weights: await readUnderKey(training.tunedFile, spoolKey),
        ...(training.adapterFile === null ? {} : { adapter: await readUnderKey(training.adapterFile, spoolKey) }),
        series: Buffer.from(training.series),
      },
    };
  },
});

/** The training of another engine, as one of ours. */
async function elsewhere(
  context: Parameters<typeof trainedElsewhere>[0] & Pick<StepContext<unknown>, 'progress' | 'series'>,
  from: Parameters<typeof trainedElsewhere>[1],
  base: { readonly folder: string; readonly hash: string; readonly config: RunConfig },
): Promise<OneTraining> {
  const curve = createCurve(context.progress, context.series);
  const { curve: end, ...trained } = await trainedElsewhere(context, from, base, curve);
  return { ...trained, seed: base.config.seed, curve, series: JSON.stringify(curve.finished(end)) };
}
