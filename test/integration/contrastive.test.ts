import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { hasCheckpoint } from '../../electron/worker/train/checkpoint.ts';
import { runTrainJob } from '../../electron/worker/train/train-job.ts';
import { because } from '../../shared/errors/reasons.ts';
import { createRng } from '../../shared/rng.ts';
import { contrastiveSteps } from '../../shared/train/contrastive-batches.ts';
import type { Contrastive } from '../../shared/train/contrastive-config.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { learningRateFor, type RunConfig, runConfigSchema, suggestConfig } from '../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../shared/worker/protocol.ts';
import type { TrainRequest, TrainResult } from '../../shared/worker/training.ts';
import { checkpointAt, ownProcess } from './own-process.ts';
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
const SEED = 11;

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'contrastive-'));
  await writeTinyModel(join(home, 'tiny'));
});
afterAll(() => rmSync(home, { recursive: true }));

function request(spool: string, contrastive?: Contrastive, options: Partial<RunConfig> = {}): TrainRequest {
  const chosen = contrastive === undefined ? {} : { contrastive };
  return {
    type: 'train',
    folder: join(home, 'tiny'),
    hash: null,
    tuned: null,
    config: runConfigSchema.parse({ ...CONFIG, ...options, ...chosen }),
    classes: CLASSES,
    train: tinyTexts(40, CLASSES, 1),
    dev: DEV,
    spool: join(home, spool),
    resume: true,
    checkpointEveryMs: 0,
    threads: 1,
  };
}

/** Trains here. Paused at the first event of which `pauses` says so. */
function train(
  spool: string,
  contrastive?: Contrastive,
  options: Partial<RunConfig> = {},
  pauses: (event: WorkerEvent) => boolean = () => false,
) {
  const pause = new AbortController();
  const emit = (event: WorkerEvent) => {
    if (pauses(event)) pause.abort(new Error('paused'));
  };
  const control = { pause: pause.signal, cancel: new AbortController().signal, emit };
  return runTrainJob({ ...request(spool, contrastive, options), spoolKey: null }, control);
}

type Finished = Extract<TrainResult, { type: 'finished' }>;

function finished(result: TrainResult): Finished {
  if (result.type !== 'finished') throw new Error(`the training is ${result.type}`);
  return result;
}

const accuracy = (result: Finished) => devMetrics(result.devLogits!, DEV.labels, CLASSES).accuracy;

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

  test('and the run after it, each paused on the way, end as a run that nobody paused', async () => {
    const events: WorkerEvent[] = [];
    const whole = finished(
      await train(`${loss}-whole`, plan, {}, (event) => {
        events.push(event);
        return false;
      }),
    );
    const total = contrastiveSteps(loss, 40, plan.rounds, CONFIG.batchSize);
    const ticks = events.flatMap((event) => (event.type === 'contrasted' ? [event.tick] : []));
    expect(ticks.map(({ totalSteps }) => totalSteps)).toEqual(ticks.map(() => total));
    expect(ticks.flatMap(({ steps }) => steps.map(({ step }) => step))).toEqual(
      Array.from({ length: total }, (_, i) => i + 1),
    );
    expect(ticks.at(-1)!.etaMs).toBe(0);

    const parts = `${loss}-parts`;
    const paused = (phase: 'contrasted' | 'ticked', step: number) =>
      train(parts, plan, {}, (event) => event.type === phase && event.tick.step >= step);
    expect(await paused('contrasted', 2)).toEqual({ type: 'paused' });
    expect(await hasCheckpoint(join(home, parts))).toBe(true);
    expect(await paused('ticked', 1)).toEqual({ type: 'paused' });
    const again: WorkerEvent[] = [];
    const resumed = finished(
      await train(parts, plan, {}, (event) => {
        again.push(event);
        return false;
      }),
    );
    expect(again.filter(({ type }) => type === 'contrasted')).toMatchObject([
      { tick: { step: total, totalSteps: total, steps: [] } },
    ]);
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.contrast).toEqual(whole.contrast);
    expect(resumed.tunedSha256).toBe(whole.tunedSha256);
  });

  test(`and the run after it, each killed at a step drawn from seed ${SEED}, end as a run that nobody killed`, async () => {
    const rng = createRng(SEED);
    const total = contrastiveSteps(loss, 40, plan.rounds, CONFIG.batchSize);
    const inContrast = 1 + rng.int(total - 1);
    const inTraining = 1 + rng.int(4);
    const whole = (await ownProcess(request(`${loss}-alive`, plan))) as Finished;
    const asked = request(`${loss}-killed`, plan);
    expect(await ownProcess(asked, checkpointAt(inContrast))).toBeNull();
    const saved: number[] = [];
    const killed = await ownProcess(asked, (event) => {
      if (event.type !== 'checkpointed') return false;
      saved.push(event.step);
      // Those of the training count from the beginning again.
      return event.step < Math.max(...saved) && event.step >= inTraining;
    });
    expect(killed).toBeNull();
    expect(saved[0]).toBeGreaterThan(inContrast);
    const resumed = (await ownProcess(asked)) as Finished;
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.contrast).toEqual(whole.contrast);
    expect(resumed.evaluations).toEqual(whole.evaluations);
    expect(resumed.tunedSha256).toBe(whole.tunedSha256);
  });
});

test('is refused in the folder of a run with another seed', async () => {
  const plan: Contrastive = { loss: 'supcon', rounds: 20, learningRate: 3e-3 };
  await train('other', plan);
  await expect(train('other', plan, { seed: 6 })).rejects.toMatchObject({ code: 'train.checkpoint' });
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
  expect(refused.error?.issues).toMatchObject([
    { path: ['contrastive'], params: { problem: because('contrastive-start', {}) } },
  ]);
});
