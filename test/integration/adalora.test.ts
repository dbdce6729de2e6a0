import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readSafetensors, type StoredTensor } from '../../electron/worker/ort/safetensors.ts';
import { createTrainer } from '../../electron/worker/ort/trainer.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { type LoopState, openCheckpoints } from '../../electron/worker/train/checkpoint.ts';
import { createRng } from '../../shared/rng.ts';
import { allocationPhases, rankBudget } from '../../shared/train/rank-allocator.ts';
import type { NamedTensor, TrainBatch, Trainer, TrainSpec } from '../../shared/train/spec.ts';

/** Against figures of peft: test/golden/adalora.py. */

const TINY = 'test/golden/bert-tiny';
const STEPS = 12;
const METHOD = {
  type: 'adalora',
  rank: 4,
  targetRank: 2,
  alpha: 8,
  targets: ['query', 'key', 'value', 'attention.output', 'intermediate', 'output'],
  initialShare: 2.1 / STEPS,
  finalShare: 3.1 / STEPS,
  interval: 2,
  orthogonality: 0.5,
} as const;

interface Golden {
  readonly lr: number;
  readonly tasks: readonly number[];
  readonly kept: readonly Readonly<Record<string, number>>[];
  readonly budgets: readonly (readonly [number, boolean])[];
}
const golden = JSON.parse(readFileSync('test/golden/adalora.json', 'utf8')) as Golden;
let tensors: ReadonlyMap<string, StoredTensor>;
let model: EncoderFolder;
let batch: TrainBatch;
beforeAll(async () => {
  tensors = await readSafetensors('test/golden/adalora.safetensors');
  model = await readEncoderFolder(TINY);
  const stored = await readSafetensors(join(TINY, 'batch.safetensors'));
  const [rows, length] = stored.get('input_ids')!.shape as readonly [number, number];
  batch = {
    rows,
    length,
    inputIds: Int32Array.from(stored.get('input_ids')!.data),
    attentionMask: Uint8Array.from(stored.get('attention_mask')!.data),
    labels: Int32Array.from(stored.get('target.single_label')!.data),
  };
});

function named(prefix: string): ReadonlyMap<string, NamedTensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(
    found.map(([name, { shape, data }]) => [name.slice(prefix.length), { shape, data: Float32Array.from(data) }]),
  );
}

function open(accumulation = 1): Promise<Trainer> {
  const spec: TrainSpec = {
    encoder: model.config,
    pooling: 'cls',
    head: 'bert-pooler',
    labels: 5,
    method: METHOD,
    dropout: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
  };
  const weights = new Map([...model.weights, ...named('init.')]);
  return createTrainer(spec, weights, { threads: 1, rng: createRng(0), totalSteps: STEPS, accumulation });
}

async function losses(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const found: number[] = [];
  for (let step = from; step < to; step++) found.push((await trainer.step(batch, golden.lr, new Uint8Array())).loss);
  return found;
}

const largestDifference = (found: Float32Array, expected: ArrayLike<number>) =>
  found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);

it('has peft’s budget for every update', () => {
  const phases = allocationPhases(METHOD, STEPS);
  expect(phases).toEqual({ first: 2, last: 9 });
  const modules = Object.keys(golden.kept[0]!).length;
  golden.budgets.forEach(([budget], index) => {
    expect(rankBudget(index + 1, phases, 4 * modules, 2 * modules)).toBe(budget);
  });
});

it('has peft’s losses, keeps the triplets that peft keeps after every update, and ends with its matrices and logits', async () => {
  const trainer = await open();
  for (const [index, expected] of golden.tasks.entries()) {
    const { loss } = await trainer.step(batch, golden.lr, new Uint8Array());
    expect(Math.abs(loss - expected)).toBeLessThan(1e-4);
    const { parameters } = trainer.state();
    const kept = Object.keys(golden.kept[index]!).map((name) => [
      name,
      parameters.get(name)!.data.filter((value) => value !== 0).length,
    ]);
    expect([index, Object.fromEntries(kept)]).toEqual([index, golden.kept[index]]);
  }
  const after = trainer.state().parameters;
  for (const [name, { data }] of named('after.')) {
    expect([name, largestDifference(after.get(name)!.data, data) < 5e-4]).toEqual([name, true]);
  }
  expect(largestDifference(await trainer.logits(batch), tensors.get('logits')!.data)).toBeLessThan(1e-3);
  await trainer.dispose();
});

it('goes on from a checkpoint on disk bit for bit, in each phase of the budget', async () => {
  const whole = await open();
  const expected = await losses(whole, 0, STEPS);
  const folder = mkdtempSync(join(tmpdir(), 'adalora-'));
  const checkpoints = openCheckpoints(folder, { config: 'c', data: 'd', model: 'm' });
  for (const at of [1, 4, 7, 10]) {
    const first = await open();
    await losses(first, 0, at);
    const loop: LoopState = {
      cursor: { epoch: 0, batch: at, step: at },
      rng: createRng(1).state(),
      losses: [],
      evaluations: [],
      best: null,
      evaluationsSinceBest: 0,
      trainMs: 0,
      texts: 0,
      tokens: 0,
    };
    await checkpoints.save(loop, first.state());
    const second = await open();
    await second.restore((await checkpoints.load())!.trainer);
    expect([at, await losses(second, at, STEPS)]).toEqual([at, expected.slice(at)]);
    expect(second.state()).toEqual(whole.state());
    for (const trainer of [first, second]) await trainer.dispose();
  }
  rmSync(folder, { recursive: true });
  await whole.dispose();
});

it('computed in parts has the losses of the whole, and its merged weights answer as it does', async () => {
  const [whole, parted] = [await open(), await open(4)];
  const [expected, found] = [await losses(whole, 0, 6), await losses(parted, 0, 6)];
  for (const [i, loss] of found.entries()) expect(Math.abs(loss / expected[i]! - 1)).toBeLessThan(1e-5);
  const logits = await whole.logits(batch);
  const merged = await createTrainer(
    {
      encoder: model.config,
      pooling: 'cls',
      head: 'bert-pooler',
      labels: 5,
      method: { type: 'head' },
      dropout: 0,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      maxGradNorm: null,
    },
    whole.mergedWeights(),
    { threads: 1, rng: createRng(0) },
  );
  expect(largestDifference(await merged.logits(batch), logits)).toBeLessThan(1e-5);
  for (const trainer of [whole, parted, merged]) await trainer.dispose();
});
