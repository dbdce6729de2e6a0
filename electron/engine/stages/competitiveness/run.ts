import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { preparedDataSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import {
  type LabelsResult,
  labelsResultSchema,
  type RunRecord,
  runRecordSchema,
} from '../../../../shared/stages/competitiveness/results.ts';
import { devMetrics } from '../../../../shared/train/evaluation.ts';
import { runConfigSchema } from '../../../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { labelledTextInputs, labelledTexts } from './labels.ts';
import { jobExportSlot } from './portable/job-export.ts';
import { elsewhereSchema, trainedElsewhere } from './portable/trained-elsewhere.ts';
import { splitRowsOf } from './split.ts';
import { trainedHere } from './trained-here.ts';
import { createCurve } from './training-curve.ts';

const runParamsSchema = z.strictObject({
  name: z.string(),
  modelId: z.string(),
  config: runConfigSchema,
  /** Trained by another engine from an export of this project; here where left out. */
  elsewhere: elsewhereSchema.optional(),
});
export type RunParams = z.output<typeof runParamsSchema>;

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 200;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;
/** Fewest classes between which there is something to tell apart. */
const FEWEST_CLASSES = 2;

/** A base model tuned on the training rows, here or by another engine, and measured here on the locked test rows. */
export const runKind = defineKind({
  name: 'competitiveness.run',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: runParamsSchema,
  result: runRecordSchema,
  pausable: true,
  outsideHash: ['latency', 'peakMemoryMb', 'trainDurationMs', 'series'],
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
    const labels = input('competitiveness.labels');
    const split = input('competitiveness.split');
    const { classes }: LabelsResult = labelsResultSchema.parse(labels.result);
    if (classes.length < FEWEST_CLASSES) {
      throw new AppError('stats.too-few', { what: 'classes', n: classes.length, needed: FEWEST_CLASSES });
    }
    const { testLock } = preparedDataSchema.parse(split.result).split;
    const { rows, train, dev, test } = splitRowsOf(store, labels, split);
    const texts = labelledTexts(store, rows);
    const pick = (indices: Int32Array) => ({
      texts: Array.from(indices, (index) => texts[index] ?? ''),
      labels: indices.map((index) => rows.label[index]!),
    });
    const folder = modelFolderOf(deps, params.modelId);
    const hash = modelHash(await readManifest(folder));
    const threads = deps.threads();
    const curve = createCurve(progress, series);
    progress({ ...NO_PROGRESS, phase: 'preparing' });
    const devRows = pick(dev);
    const base = { folder, hash, config: params.config, classes: classes.length };
    const trained =
      params.elsewhere === undefined
        ? await trainedHere(context, { ...base, train: pick(train), dev: devRows }, curve)
        : await trainedElsewhere(context, params.elsewhere, base, curve);
    if (trained === null) return { type: 'paused', checkpoint: spoolFolder };

    const testRows = pick(test);
    const model = {
      folder,
      hash,
      tuned: trained.tunedFile,
      classes: classes.length,
      maxLength: params.config.maxLength,
      threads,
    };
    const devLogits =
      dev.length === 0
        ? null
        : (trained.devLogits ??
          (await worker.run({ type: 'classify', ...model, texts: devRows.texts }, { signal })).logits);
    const evaluating = (event: WorkerEvent) => {
      if (event.type === 'progress') curve.evaluating(event.done, event.total);
    };
    const { logits } = await worker.run(
      { type: 'classify', ...model, texts: testRows.texts },
      { signal, onEvent: evaluating },
    );
    const latency = await worker.run(
      { type: 'latency', ...model, texts: testRows.texts.slice(0, LATENCY_TEXTS), repeats: LATENCY_REPEATS },
      { signal },
    );
    const evaluated = await compute.run(
      'competitiveness.evaluate',
      { classes: classes.map(({ label }) => label), actual: testRows.labels, logits, seed: params.config.seed },
      { signal },
    );
    const temperature =
      devLogits === null
        ? null
        : await compute.run(
            'competitiveness.calibrate',
            {
              classes: classes.length,
              dev: { labels: devRows.labels, logits: devLogits },
              test: { labels: testRows.labels, logits },
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
      dev: devLogits === null ? null : { rows: dev.length, ...devMetrics(devLogits, devRows.labels, classes.length) },
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
