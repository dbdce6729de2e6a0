import { join } from 'node:path';
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
import { runConfigSchema } from '../../../../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS, type WorkerEvent } from '../../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { trainOn } from '../../jobs/train-on.ts';
import { labelledTextInputs, labelledTexts } from './labels.ts';
import { splitRowsOf } from './split.ts';
import { trainedWith } from './trained-with.ts';
import { createCurve } from './training-curve.ts';

const runParamsSchema = z.strictObject({ name: z.string(), modelId: z.string(), config: runConfigSchema });
export type RunParams = z.output<typeof runParamsSchema>;

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 200;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;
/** Fewest classes between which there is something to tell apart. */
const FEWEST_CLASSES = 2;

/** A base model tuned on the training rows and measured on the locked test rows. */
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
  inputs: (_params, slots) => [...labelledTextInputs(slots), 'competitiveness.split'],
  defaultParams: () => null,
  async run({
    key,
    params,
    input,
    store,
    worker,
    compute,
    deps,
    spoolFolder,
    spoolKey,
    signal,
    pause,
    progress,
    series,
  }) {
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
    const folder = join(deps.modelsFolder, params.modelId);
    const hash = modelHash(await readManifest(folder));
    const threads = deps.threads();
    const curve = createCurve(progress, series);
    progress({ ...NO_PROGRESS, phase: 'preparing' });
    const { result: trained, ...on } = await trainOn(
      worker,
      {
        type: 'train',
        folder,
        hash,
        tuned: null,
        config: params.config,
        classes: classes.length,
        train: pick(train),
        dev: dev.length === 0 ? null : pick(dev),
        spool: spoolFolder,
        resume: true,
        checkpointEveryMs: CHECKPOINT_EVERY_MS,
        threads,
      },
      deps.provider(),
      { signal, pause, onEvent: curve.onEvent },
    );
    if (trained.type === 'paused') return { type: 'paused', checkpoint: spoolFolder };

    const testRows = pick(test);
    const model = {
      folder,
      hash,
      tuned: trained.tunedFile,
      classes: classes.length,
      maxLength: params.config.maxLength,
      threads,
    };
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
      trained.devLogits === null
        ? null
        : await compute.run(
            'competitiveness.calibrate',
            {
              classes: classes.length,
              dev: { labels: pick(dev).labels, logits: trained.devLogits },
              test: { labels: testRows.labels, logits },
              seed: params.config.seed,
            },
            { signal },
          );
    const best =
      trained.evaluations.find((evaluation) => evaluation.step === trained.bestStep) ?? trained.evaluations.at(-1);
    const result: RunRecord = {
      id: key,
      name: params.name,
      modelId: params.modelId,
      modelHash: hash,
      kind: 'tuned',
      config: params.config,
      compression: null,
      gate: null,
      original: null,
      trainableParameters: trained.trainableParameters,
      parameters: trained.parameters,
      testLock,
      steps: trained.steps,
      bestStep: trained.bestStep,
      stoppedEarly: trained.stoppedEarly,
      ...(trained.contrast === null ? {} : { contrast: trained.contrast }),
      ...(params.config.augmentation === undefined ? {} : { addedRows: trained.addedRows }),
      dev:
        best === undefined
          ? null
          : { rows: dev.length, accuracy: best.accuracy, macroF1: best.macroF1, loss: best.loss },
      test: evaluated.evaluation,
      temperature,
      latency,
      sizeMb: (trained.parameters * BYTES_PER_PARAMETER) / BYTES_PER_MB,
      peakMemoryMb: trained.peakMemoryMb,
      trainDurationMs: trained.trainMs,
      ...trainedWith(on),
    };
    return {
      type: 'done',
      result,
      parts: {
        predictions: bytesOf(evaluated.predictions),
        confidence: bytesOf(evaluated.confidence),
        weights: await readUnderKey(trained.tunedFile, spoolKey),
        ...(trained.adapterFile === null ? {} : { adapter: await readUnderKey(trained.adapterFile, spoolKey) }),
        series: Buffer.from(JSON.stringify(curve.finished(trained))),
      },
    };
  },
});
