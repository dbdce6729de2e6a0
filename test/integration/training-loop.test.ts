import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCheckpoints, type RunHashes } from '../../electron/worker/train/checkpoint.ts';
import { type LabelledTokens, type LoopOptions, runTraining } from '../../electron/worker/train/loop.ts';
import { because } from '../../shared/errors/reasons.ts';
import { createRng } from '../../shared/rng.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { type RunConfig, suggestConfig } from '../../shared/train/run-config.ts';
import {
  CHECKPOINT_EVERY_MS,
  type EpochEvaluation,
  keptEvaluation,
  type TrainingTick,
} from '../../shared/worker/training.ts';
import { bagTrainer } from './bag-trainer.ts';

const VOCABULARY = 60;
const CLASSES = 3;
const HASHES: RunHashes = { config: 'c', data: 'd', model: 'm' };

/** Texts of 3 to 14 ids; a third of them name the class. */
function syntheticRows(count: number, seed: number): LabelledTokens {
  const rng = createRng(seed);
  const rows = Array.from({ length: count }, (_, i) =>
    Array.from({ length: 3 + rng.int(12) }, () => (rng.int(3) === 0 ? i % CLASSES : 3 + rng.int(VOCABULARY - 3))),
  );
  const offsets = Int32Array.from([0, ...rows.map((row) => row.length)]);
  for (let i = 1; i < offsets.length; i++) offsets[i]! += offsets[i - 1]!;
  return {
    tokens: { ids: Int32Array.from(rows.flat()), offsets },
    labels: Int32Array.from(rows, (_, i) => i % CLASSES),
  };
}

const config: RunConfig = {
  ...suggestConfig({ rowsPerClass: [100, 100, 100], maxLength: 64, seed: 3 }).config,
  learningRate: 0.05,
  epochs: 4,
  batchSize: 8,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loop-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(overrides: Partial<LoopOptions> = {}, spool = folder, hashes = HASHES) {
  const seen = { ticks: [] as TrainingTick[], evaluations: [] as EpochEvaluation[], checkpoints: [] as number[] };
  const trainer = bagTrainer(VOCABULARY, CLASSES);
  const outcome = runTraining({
    trainer,
    config,
    classes: CLASSES,
    padId: 0,
    train: syntheticRows(300, 1),
    memory: null,
    dev: syntheticRows(90, 2),
    checkpoints: openCheckpoints(spool, hashes),
    resume: false,
    checkpointEveryMs: CHECKPOINT_EVERY_MS,
    pause: new AbortController().signal,
    cancel: new AbortController().signal,
    monotonicMs: () => performance.now(),
    onTick: (tick) => seen.ticks.push(tick),
    onEvaluation: (evaluation) => seen.evaluations.push(evaluation),
    onCheckpoint: (step) => seen.checkpoints.push(step),
    ...overrides,
  });
  return { outcome, seen, trainer };
}

test('a run learns, evaluates after each epoch and ends with the best weights', async () => {
  const { outcome, seen } = run();
  const { state, devLogits, totalSteps } = await outcome;
  expect([totalSteps, state.cursor.step, state.losses.length]).toEqual([152, 152, 152]);
  expect(state.losses.at(-1)!).toBeLessThan(0.5 * state.losses[0]!);
  expect(seen.evaluations.map(({ step }) => step)).toEqual([38, 76, 114, 152]);
  const best = keptEvaluation({ evaluations: seen.evaluations, bestStep: state.best!.step })!;
  expect(devMetrics(devLogits!, syntheticRows(90, 2).labels, CLASSES).macroF1).toBe(best.macroF1);
  expect(best.macroF1).toBeGreaterThan(0.8);
});

test('every update is told once, in order', async () => {
  const { outcome, seen } = run();
  const { state } = await outcome;
  const told = seen.ticks.flatMap(({ steps }) => steps);
  expect(told.map(({ step }) => step)).toEqual([...state.losses.keys()].map((i) => i + 1));
  expect(told.map(({ loss }) => loss)).toEqual(state.losses);
  expect(told[0]!.learningRate).toBe(0);
});

test('a run paused anywhere and resumed has the losses of one never paused, bit for bit', async () => {
  const whole = (await run({}, join(folder, 'whole')).outcome).state;
  const pausedAt: number[] = [];
  for (let part = 0; ; part++) {
    const pause = new AbortController();
    const { outcome } = run(
      { resume: true, pause: pause.signal, monotonicMs: countTo(part === 0 ? 40 : 161, pause) },
      join(folder, 'parts'),
    );
    const { type, state } = await outcome;
    if (type === 'paused') {
      pausedAt.push(state.cursor.step);
      continue;
    }
    expect(pausedAt.length).toBeGreaterThan(1);
    expect(state.losses).toEqual(whole.losses);
    expect(state.evaluations).toEqual(whole.evaluations);
    expect(state.best?.step).toBe(whole.best?.step);
    break;
  }
});

/** A clock that aborts `pause` when it has been read so many times. */
function countTo(reads: number, pause: AbortController): () => number {
  let count = 0;
  return () => {
    if (++count === reads) pause.abort();
    return count;
  };
}

test('training stops when patience is at its end and keeps the best weights', async () => {
  const { outcome } = run({ config: { ...config, epochs: 60, earlyStopPatience: 2 } });
  const { state, stoppedEarly } = await outcome;
  expect(stoppedEarly).toBe(true);
  expect(state.evaluationsSinceBest).toBe(2);
  expect(state.cursor.step - state.best!.step).toBe(2 * 38);
});

test('a cancelled run throws the reason given', async () => {
  const cancel = new AbortController();
  const { outcome } = run({ cancel: cancel.signal, onEvaluation: () => cancel.abort(new Error('enough')) });
  await expect(outcome).rejects.toThrow('enough');
});

test('a checkpoint of other data, another config or another model is refused, and so is one cut short', async () => {
  const pause = AbortSignal.abort();
  await run({ pause }).outcome;
  for (const part of ['config', 'data', 'model']) {
    const { outcome } = run({ resume: true }, folder, { ...HASHES, [part]: 'other' });
    await expect(outcome).rejects.toMatchObject({
      code: 'train.checkpoint',
      params: { problem: because('made-with-other', { part }) },
    });
  }
  const state = readdirSync(folder).find((name) => name.startsWith('state-'))!;
  truncateSync(join(folder, state), 100);
  await expect(run({ resume: true }).outcome).rejects.toMatchObject({ code: 'train.checkpoint' });
});

test('what a crash left half written is deleted by the next checkpoint', async () => {
  writeFileSync(join(folder, 'state-7.safetensors.tmp'), 'half');
  writeFileSync(join(folder, 'best-3.safetensors'), 'old');
  await run({ resume: true, pause: AbortSignal.abort() }).outcome;
  expect(readdirSync(folder).sort()).toEqual(['checkpoint.json', 'state-0.safetensors']);
});

test('balanced class weights are those of a weighted mean', async () => {
  const train = syntheticRows(60, 4);
  const few = {
    tokens: { ids: train.tokens.ids, offsets: train.tokens.offsets },
    labels: train.labels.map((k) => (k === 2 ? 0 : k)),
  };
  const { state } = await run({ config: { ...config, classWeights: 'balanced', epochs: 1 }, train: few, dev: null })
    .outcome;
  // All logits are 0 at first: each row's loss is log 3, and so is any weighted mean of them.
  expect(state.losses[0]).toBeCloseTo(Math.log(3), 6);
});
