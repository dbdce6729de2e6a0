import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withHalfProducts } from '../../electron/worker/ort/half-products.ts';
import { lowerToModel } from '../../electron/worker/ort/lower.ts';
import { createTrainer } from '../../electron/worker/ort/trainer.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { hashOf, openCheckpoints } from '../../electron/worker/train/checkpoint.ts';
import { createRng } from '../../shared/rng.ts';
import { FIRST_SCALE, type LossScale } from '../../shared/train/loss-scale.ts';
import type { NamedTensors, TrainBatch, Trainer, TrainSpec } from '../../shared/train/spec.ts';
import { buildTrainingGraph } from '../../shared/train/training-graph.ts';
import { writeTinyModel } from './tiny-model.ts';

/** On the processor, which widens halves before it multiplies: the rounding is that of half precision, the speed is not. */
let folder: string;
let weights: NamedTensors;
let spec: TrainSpec;
const open: Trainer[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'half-'));
  await writeTinyModel(join(folder, 'tiny'));
  const model = await readEncoderFolder(join(folder, 'tiny'));
  weights = model.weights;
  spec = {
    encoder: model.config,
    pooling: 'mean',
    head: 'linear',
    labels: 3,
    method: { type: 'full', freezeEmbeddings: true },
    dropout: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
  };
});
afterAll(async () => {
  for (const trainer of open) await trainer.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const batch: TrainBatch = {
  rows: 4,
  length: 5,
  inputIds: Int32Array.from({ length: 20 }, (_, i) => 5 + (i % 17)),
  attentionMask: new Uint8Array(20).fill(1),
  labels: Int32Array.of(0, 1, 2, 1),
};
const NO_MASK = new Uint8Array();

async function trainer(mixed: boolean, lossScale?: LossScale): Promise<Trainer> {
  const options = {
    threads: 1,
    rng: createRng(5),
    optimisation: 'disabled' as const,
    ...(lossScale === undefined ? {} : { lossScale }),
  };
  const made = await createTrainer({ ...spec, ...(mixed ? { mixed } : {}) }, weights, options);
  open.push(made);
  return made;
}
async function losses(of: Trainer, steps: number): Promise<number[]> {
  const found: number[] = [];
  for (let step = 0; step < steps; step++) found.push((await of.step(batch, 1e-3, NO_MASK)).loss);
  return found;
}

it('rounds the operands of every large product to halves and nothing else', () => {
  const { nodes } = withHalfProducts(lowerToModel(buildTrainingGraph({ ...spec, mixed: true }).graph));
  const halves = new Set(
    nodes.flatMap(({ op, outputs, attributes }) => (op === 'Cast' && attributes.to?.value === 10 ? outputs : [])),
  );
  const widened = new Set(
    nodes.flatMap(({ op, inputs, attributes }) => (op === 'Cast' && attributes.to?.value === 1 ? inputs : [])),
  );
  const products = nodes.filter(({ op }) => op === 'Gemm' || op === 'FusedMatMul');
  expect(products.length).toBeGreaterThan(20);
  for (const { inputs, outputs } of products) {
    expect(inputs.every((name) => halves.has(name))).toBe(true);
    expect(widened.has(outputs[0]!)).toBe(true);
  }
  const others = nodes.filter(({ op }) => op !== 'Gemm' && op !== 'FusedMatMul' && op !== 'Cast');
  expect(others.some(({ inputs }) => inputs.some((name) => halves.has(name)))).toBe(false);
});

it('learns as in float32, within the rounding of halves, and its weights stay float32', async () => {
  const wide = await trainer(false);
  const mixed = await trainer(true, { scale: 256, goodSteps: 0 });
  const [a, b] = [await losses(wide, 8), await losses(mixed, 8)];
  const apart = a.map((loss, step) => Math.abs(loss - b[step]!));
  expect(Math.max(...apart)).toBeLessThan(5e-3);
  expect(Math.max(...apart)).toBeGreaterThan(1e-7);
  expect(b.at(-1)!).toBeLessThan(b[0]! - 0.01);
  const query = 'bert.encoder.layer.0.attention.self.query.weight';
  const values = mixed.state().parameters.get(query)!.data;
  // Some weight moved by less than a half could tell.
  expect([...values].some((value, i) => value !== weights.get(query)!.data[i] && Math.abs(value) > 0.05)).toBe(true);
  const { gradNorm } = await wide.step(batch, 0, NO_MASK);
  expect((await mixed.step(batch, 0, NO_MASK)).gradNorm / gradNorm).toBeCloseTo(1, 1);
});

it('skips an update whose gradients overflow, changes nothing by it, and halves the scale until they fit', async () => {
  const mixed = await trainer(true, { scale: 2 ** 40, goodSteps: 5 });
  const before = mixed.state();
  const first = await mixed.step(batch, 1e-3, NO_MASK);
  expect(first.skipped).toBe(true);
  expect(Number.isFinite(first.loss)).toBe(true);
  const after = mixed.state();
  expect(after).toMatchObject({ step: 0, lossScale: { scale: 2 ** 39, goodSteps: 0 } });
  expect(after.parameters).toEqual(before.parameters);
  expect(after.firstMoments).toEqual(before.firstMoments);
  let skipped = 1;
  while ((await mixed.step(batch, 1e-3, NO_MASK)).skipped === true) skipped++;
  expect(mixed.state()).toMatchObject({ step: 1, lossScale: { scale: 2 ** (40 - skipped), goodSteps: 1 } });
  expect(mixed.state().parameters).not.toEqual(before.parameters);
});

it('keeps the scale in the checkpoint: a run that goes on is the run that never stopped', async () => {
  const whole = await trainer(true);
  const expected = await losses(whole, 6);
  const halted = await trainer(true);
  expect(halted.state().lossScale).toEqual(FIRST_SCALE);
  const begun = await losses(halted, 3);
  const hashes = { config: hashOf('c'), data: hashOf('d'), model: hashOf('m') };
  const checkpoints = openCheckpoints(join(folder, 'spool'), hashes);
  const loop = {
    cursor: { epoch: 0, batch: 3, step: 3 },
    rng: createRng(1).state(),
    losses: begun,
    evaluations: [],
    best: null,
    evaluationsSinceBest: 0,
    trainMs: 0,
    texts: 0,
    tokens: 0,
  };
  await checkpoints.save(loop, halted.state());
  const resumed = await trainer(true);
  const kept = (await checkpoints.load())!;
  expect(kept.trainer.lossScale).toEqual(halted.state().lossScale);
  await resumed.restore(kept.trainer);
  expect([...begun, ...(await losses(resumed, 3))]).toEqual(expected);
  expect(resumed.state()).toEqual(whole.state());
});
