import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompressionOptions } from '../../../../../shared/stages/competitiveness/compression/technique.ts';
import { learningRateFor, type RunConfig } from '../../../../../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS, keptEvaluation, type TrainResult } from '../../../../../shared/worker/training.ts';
import { type Trained, trainOn } from '../../../jobs/train-on.ts';
import { trainedWith } from '../trained-with.ts';
import { createCurve } from '../training-curve.ts';
import type { Made, MakeContext } from './make.ts';
import type { ModelRequest } from './measure-export.ts';
import type { CompressionRows } from './rows.ts';

type Distilled = Extract<TrainResult, { type: 'finished' }> & Omit<Trained, 'result'>;

interface Asked {
  /** The model that was cut. */
  readonly student: ModelRequest;
  /** Logits [training rows, classes] of the original, which it learns. */
  readonly teacher: Float32Array;
  /** How the original was trained; null where nobody knows. */
  readonly config: RunConfig | null;
  readonly options: CompressionOptions;
  readonly rows: CompressionRows;
}

/** Trains what is left of a model on the original's answers and the labels; its best weights on the dev rows are kept. Goes on from its last
 *  checkpoint; null where a pause was asked for. */
export async function distil(
  { deps, worker, cancel, pause, progress, series, spoolFolder, seed }: MakeContext,
  asked: Asked,
): Promise<Distilled | null> {
  const { student, teacher, rows, options } = asked;
  const { epochs = 1, temperature = 2, alpha = 0.7 } = options;
  const spool = join(spoolFolder, 'training');
  await mkdir(spool, { recursive: true });
  const { maxLength, classes, threads, folder, hash, tuned } = student;
  const config: RunConfig = {
    method: { type: 'full', freezeEmbeddings: true },
    epochs,
    batchSize: asked.config?.batchSize ?? 32,
    maxLength,
    learningRate: options.learningRate ?? learningRateFor('full'),
    schedule: 'linear',
    warmupShare: 0.1,
    weightDecay: 0.01,
    dropout: asked.config?.dropout ?? 0.1,
    maxGradNorm: 1,
    classWeights: 'none',
    headStart: 'random',
    earlyStopPatience: null,
    seed,
  };
  const { result, ...on } = await trainOn(
    worker,
    {
      type: 'train',
      ...{ folder, hash, tuned, config, classes, threads },
      train: rows.train,
      dev: rows.dev.texts.length === 0 ? null : rows.dev,
      distillation: { teacher, loss: { temperature, alpha } },
      spool,
      resume: true,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
    },
    deps.provider(),
    { signal: cancel, pause, onEvent: createCurve(progress, series).onEvent },
  );
  return result.type === 'paused' ? null : { ...result, ...on };
}

/** What the record tells of the training. */
export function trainingFields(trained: Distilled, devRows: number): Made['training'] {
  const best = keptEvaluation(trained);
  return {
    trainableParameters: trained.trainableParameters,
    steps: trained.steps,
    bestStep: trained.bestStep,
    stoppedEarly: trained.stoppedEarly,
    dev: best === undefined ? null : { rows: devRows, accuracy: best.accuracy, macroF1: best.macroF1, loss: best.loss },
    trainDurationMs: trained.trainMs,
    ...trainedWith(trained),
  };
}
