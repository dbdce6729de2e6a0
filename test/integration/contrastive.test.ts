import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { runTrainJob } from '../../electron/worker/train/train-job.ts';
import type { Contrastive } from '../../shared/train/contrastive-config.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { learningRateFor, type RunConfig, runConfigSchema, suggestConfig } from '../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../shared/worker/protocol.ts';
import type { TrainResult } from '../../shared/worker/training.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
/** The head alone, so that the encoder is what the contrastive start makes of it. */
const CONFIG: RunConfig = {
  ...suggestConfig({ rowsPerClass: [10, 10, 10, 10], maxLength: 32, seed: 5 }).config,
  method: { type: 'head' },
  learningRate: learningRateFor('head'),
  batchSize: 16,
  epochs: 2,
};
const DEV = tinyTexts(80, CLASSES, 2);

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'contrastive-'));
  await writeTinyModel(join(home, 'tiny'));
});
afterAll(() => rmSync(home, { recursive: true }));

async function train(spool: string, contrastive?: Contrastive, options: Partial<RunConfig> = {}, pauseAt = Infinity) {
  const pause = new AbortController();
  const emit = (event: WorkerEvent) => {
    if (event.type === 'checkpointed' && event.step >= pauseAt) pause.abort();
  };
  const chosen = contrastive === undefined ? {} : { contrastive };
  const request = {
    type: 'train',
    folder: join(home, 'tiny'),
    hash: null,
    tuned: null,
    config: runConfigSchema.parse({ ...CONFIG, ...options, ...chosen }),
    classes: CLASSES,
    train: tinyTexts(40, CLASSES, 1),
    dev: DEV,
    spool: join(home, spool),
    spoolKey: null,
    resume: true,
    checkpointEveryMs: 0,
    threads: 1,
  } as const;
  return runTrainJob(request, { pause: pause.signal, cancel: new AbortController().signal, emit });
}

function finished(result: TrainResult) {
  if (result.type !== 'finished') throw new Error(`the training is ${result.type}`);
  return result;
}

const accuracy = (result: Extract<TrainResult, { type: 'finished' }>) =>
  devMetrics(result.devLogits!, DEV.labels, CLASSES).accuracy;

describe.each<Contrastive['loss']>(['supcon', 'cosine'])('a contrastive start with %s', (loss) => {
  const plan: Contrastive = { loss, rounds: 20, learningRate: 3e-3 };
  test('makes ten rows a class go further than a classifier on the encoder as it is, and leaves embeddings alone', async () => {
    const plain = finished(await train(`${loss}-plain`));
    const begun = finished(await train(loss, plan));
    expect(plain.contrast).toBeNull();
    expect(begun.contrast).toMatchObject({ kept: true });
    expect(begun.contrast!.after!).toBeGreaterThan(begun.contrast!.before! + 0.1);
    expect(accuracy(begun)).toBeGreaterThan(accuracy(plain) + 0.1);
    const tuned = await readSafetensors(begun.tunedFile);
    const names = [...tuned.keys()];
    expect(names.some((name) => name.startsWith('bert.embeddings.'))).toBe(false);
    const { weights } = await readEncoderFolder(join(home, 'tiny'));
    const body = [...weights.keys()].filter((name) => name.startsWith('bert.encoder.'));
    expect(names).toEqual(expect.arrayContaining(body));
  });

  test('is the same when the run after it is paused and resumed', async () => {
    const whole = finished(await train(`${loss}-whole`, plan));
    expect(await train(`${loss}-parts`, plan, {}, 3)).toMatchObject({ type: 'paused' });
    const resumed = finished(await train(`${loss}-parts`, plan));
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.tunedSha256).toBe(whole.tunedSha256);
  });
});

test('is not kept where the dev rows get no better, and the encoder is as it was', async () => {
  const spoilt = finished(await train('spoilt', { loss: 'supcon', rounds: 2, learningRate: 0.9 }));
  expect(spoilt.contrast!.kept).toBe(false);
  const plain = finished(await train('spoilt-plain'));
  expect(spoilt.tunedSha256).toBe(plain.tunedSha256);
});

test('is refused where the classifier does not begin as logistic regression', () => {
  const contrastive = { loss: 'supcon', rounds: 1, learningRate: 1e-3 } as const;
  const refused = runConfigSchema.safeParse({ ...CONFIG, contrastive, headStart: 'random' });
  expect(refused.error?.issues).toMatchObject([{ path: ['contrastive'], message: 'headStart is not logistic' }]);
});
