import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTrainJob } from '../../electron/worker/train/train-job.ts';
import { because } from '../../shared/errors/reasons.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { type RunConfig, runConfigSchema, suggestConfig } from '../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../shared/worker/protocol.ts';
import type { TrainResult } from '../../shared/worker/training.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
const BASE: RunConfig = {
  ...suggestConfig({ rowsPerClass: [60, 60, 60, 60], maxLength: 32, seed: 5 }).config,
  learningRate: 3e-3,
  epochs: 2,
  batchSize: 8,
  earlyStopPatience: null,
};
const LORA: RunConfig['method'] = {
  type: 'lora',
  rank: 4,
  alpha: 8,
  rankStabilised: false,
  targets: ['query', 'value'],
};

/** Every option, and some together; the method is full tuning with the word vectors kept unless another is named. */
const OPTIONS: readonly Partial<RunConfig>[] = [
  { labelSmoothing: 0.1 },
  { focalGamma: 2 },
  { classWeights: 'effective-number' },
  { logitAdjustment: 1 },
  { rDrop: 0.5, accumulation: 3 },
  { adversary: { type: 'fgm', epsilon: 0.15 } },
  {
    adversary: { type: 'pgd', steps: 3, stepSize: 0.2, epsilon: 0.4 },
    method: { type: 'full', freezeEmbeddings: false },
  },
  { adversary: { type: 'freelb', steps: 3, stepSize: 0.1, initialSize: 0.3, limit: 0.4 }, accumulation: 2 },
  { adversary: { type: 'fgm', epsilon: 0.08 }, rDrop: 0.5, method: LORA, learningRate: 2e-2 },
  {
    augmentation: { techniques: ['swap', 'deletion', 'synonyms'], copies: 2, rate: 0.1 },
    adversary: { type: 'fgm', epsilon: 0.1 },
  },
  { rDrop: 0.5, method: LORA, learningRate: 2e-2 },
  { rDrop: 0.5, labelSmoothing: 0.1, focalGamma: 1, classWeights: 'balanced' },
];

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'robust-'));
  await writeTinyModel(join(home, 'tiny'));
});
afterAll(() => rmSync(home, { recursive: true }));

/** Rows of which the first class has four times as many as each other. */
function unevenTexts(count: number, seed: number) {
  const { texts, labels } = tinyTexts(count, CLASSES, seed);
  const kept = [...labels.keys()].filter((i) => labels[i] === 0 || i % 4 === 0);
  return { texts: kept.map((i) => texts[i]!), labels: Int32Array.from(kept, (i) => labels[i]!) };
}

/** One process's share of a run: it pauses when `pauseAt` updates are told. */
async function train(options: Partial<RunConfig>, spool: string, pauseAt = Number.POSITIVE_INFINITY) {
  const pause = new AbortController();
  const emit = (event: WorkerEvent) => {
    if (event.type === 'checkpointed' && event.step >= pauseAt) pause.abort();
  };
  const request = {
    type: 'train',
    folder: join(home, 'tiny'),
    hash: null,
    tuned: null,
    config: runConfigSchema.parse({ ...BASE, ...options }),
    classes: CLASSES,
    train: unevenTexts(400, 1),
    dev: tinyTexts(80, CLASSES, 2),
    spool: join(home, spool),
    spoolKey: null,
    resume: true,
    checkpointEveryMs: 0,
    threads: 1,
  } as const;
  return runTrainJob(request, { pause: pause.signal, cancel: new AbortController().signal, emit });
}

const finished = (result: TrainResult) => {
  if (result.type !== 'finished') throw new Error(`the training is ${result.type}`);
  return result;
};

describe('each option trains, and a run paused and resumed is bit for bit the run never paused', () => {
  test.each(OPTIONS)('%o', async (options) => {
    const name = JSON.stringify(options).replace(/\W+/g, '-');
    const whole = finished(await train(options, `${name}-whole`));
    const mean = (losses: Float64Array) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(mean(whole.losses.slice(-8))).toBeLessThan(0.85 * mean(whole.losses.slice(0, 8)));
    expect(devMetrics(whole.devLogits!, tinyTexts(80, CLASSES, 2).labels, CLASSES).accuracy).toBeGreaterThan(0.8);

    expect(await train(options, name, 7)).toMatchObject({ type: 'paused' });
    const resumed = finished(await train(options, name));
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.tunedSha256).toBe(whole.tunedSha256);
    expect(resumed.texts).toBe(whole.texts);
    if (options.augmentation === undefined) expect(whole.addedRows).toBe(0);
    else expect(whole.addedRows).toBeGreaterThan(unevenTexts(400, 1).texts.length);
  });
});

test('an option that cannot work as it stands is refused with its name', () => {
  const refused = runConfigSchema.safeParse({ ...BASE, rDrop: 0.5, dropout: 0 });
  expect(refused.error?.issues).toMatchObject([
    { path: ['rDrop'], params: { problem: because('r-drop-dropout', {}) } },
  ]);
  const adversary = { type: 'fgm', epsilon: 1 };
  const kept = runConfigSchema.safeParse({ ...BASE, adversary, method: { type: 'head' } });
  expect(kept.error?.issues).toMatchObject([
    { path: ['adversary'], params: { problem: because('adversary-method', { method: 'head' }) } },
  ]);
});
