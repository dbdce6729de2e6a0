import { z } from 'zod';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { type RunRecord, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { expectedCostSchema } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { devMetrics } from '../../../../shared/train/evaluation.ts';
import { runConfigSchema } from '../../../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { labelledTextInputs } from './labels.ts';
import { jobExportSlot } from './portable/job-export.ts';
import { elsewhereSchema, trainedElsewhere } from './portable/trained-elsewhere.ts';
import { trainedHere } from './trained-here.ts';
import { createCurve } from './training-curve.ts';
import { trainingRows } from './training-rows.ts';

const runParamsSchema = z.strictObject({
  name: z.string(),
  modelId: z.string(),
  config: runConfigSchema,
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
  outsideHash: ['latency', 'peakMemoryMb', 'trainDurationMs', 'planned', 'trainWallMs', 'series'],
  training: true,
  inputs: ({ elsewhere }, slots) => [
    ...labelledTextInputs(slots),
    'competitiveness.split',
    ...(elsewhere === undefined ? [] : [jobExportSlot(elsewhere.jobId)]),
  ],
  defaultParams: () => null,
  async run(context) {
    const { key, params, input, store, worker, compute, deps, spoolFolder, spoolKey, signal, progress, series } =
      context;
    const { classes, testLock, train, dev, test } = trainingRows(
      store,
      input('competitiveness.labels'),
      input('competitiveness.split'),
    );
    const folder = modelFolderOf(deps, params.modelId);
    const hash = modelHash(await readManifest(folder));
    const threads = deps.threads();
    const curve = createCurve(progress, series);
    progress({ ...NO_PROGRESS, phase: 'preparing' });
    const base = { folder, hash, config: params.config, classes: classes.length };
    const trained =
      params.elsewhere === undefined
        ? await trainedHere(context, { ...base, train, dev }, curve)
        : await trainedElsewhere(context, params.elsewhere, base, curve);
    if (trained === null) return { type: 'paused', checkpoint: spoolFolder };

    const model = {
      folder,
      hash,
      tuned: trained.tunedFile,
      classes: classes.length,
      maxLength: params.config.maxLength,
      threads,
    };
    const devLogits =
      dev.texts.length === 0
        ? null
        : (trained.devLogits ??
          (await worker.run({ type: 'classify', ...model, texts: dev.texts }, { signal })).logits);
    const evaluating = (event: WorkerEvent) => {
      if (event.type === 'progress') curve.evaluating(event.done, event.total);
    };
    const { logits } = await worker.run(
      { type: 'classify', ...model, texts: test.texts },
      { signal, onEvent: evaluating },
    );
    const latency = await worker.run(
      { type: 'latency', ...model, texts: test.texts.slice(0, LATENCY_TEXTS), repeats: LATENCY_REPEATS },
      { signal },
    );
    const evaluated = await compute.run(
      'competitiveness.evaluate',
      { classes: classes.map(({ label }) => label), actual: test.labels, logits, seed: params.config.seed },
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
      ...trained.record,
      ...(params.planned === undefined ? {} : { planned: params.planned, trainWallMs: trained.wallMs }),
      dev: devLogits === null ? null : { rows: dev.texts.length, ...devMetrics(devLogits, dev.labels, classes.length) },
      test: evaluated.evaluation,
      temperature,
      latency,
      sizeMb: (trained.record.parameters * BYTES_PER_PARAMETER) / BYTES_PER_MB,
    };
    return {
      type: 'done',
      result,
      parts: {
        predictions: bytesOf(evaluated.predictions),
        confidence: bytesOf(evaluated.confidence),
        weights: await readUnderKey(trained.tunedFile, spoolKey),
        ...(trained.adapterFile === null ? {} : { adapter: await readUnderKey(trained.adapterFile, spoolKey) }),
        series: Buffer.from(JSON.stringify(curve.finished(trained.curve))),
      },
    };
  },
});
