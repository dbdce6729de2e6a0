import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { IntegratedGradients, STEPS } from '../../electron/worker/explain/integrated-gradients.ts';
import { askedScore, scoreOf } from '../../electron/worker/explain/score.ts';
import { createEncoder } from '../../electron/worker/ort/encoder.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { createRng } from '../../shared/rng.ts';
import { adapterTensors } from '../../shared/train/adapters.ts';
import type { InferenceSpec } from '../../shared/train/inference-graph.ts';
import type { NamedTensor } from '../../shared/train/spec.ts';
import { TEXT_TASKS } from '../../shared/train/text-task.ts';
import golden from '../golden/integrated-gradients.json' with { type: 'json' };

/** Golden values: captum (test/golden/integrated-gradients.py). */
const CLASSES = 5;
const OPTIONS = { threads: 2 };
const RUN = { signal: new AbortController().signal };

let model: EncoderFolder;
let explain: IntegratedGradients;
const specOf = (head: 'bert-pooler' | 'linear', pooling: 'cls' | 'mean'): InferenceSpec => ({
  encoder: model.config,
  pooling,
  head,
  labels: CLASSES,
});
const baselineOf = (ids: Int32Array) => ids.map((id, i) => (i === 0 || i === ids.length - 1 ? id : 0));

beforeAll(async () => {
  model = await readEncoderFolder('test/golden/bert-tiny');
  explain = await IntegratedGradients.create(specOf('bert-pooler', 'cls'), model.weights, OPTIONS);
});
afterAll(() => explain.dispose());

test.each(golden.cases)(
  'attributions to the words of a text of $ids.length tokens are those of captum: $name',
  async (c) => {
    const ids = Int32Array.from(c.ids);
    const found = await explain.attribute(ids, baselineOf(ids), Float32Array.from(c.weights), RUN);
    expect(found.steps).toBe(STEPS);
    expect(Math.abs(found.score - c.score)).toBeLessThan(1e-5);
    expect(Math.abs(found.baselineScore - c.baselineScore)).toBeLessThan(1e-5);
    for (const [i, value] of c.perToken.entries()) expect(Math.abs(found.perToken[i]! - value)).toBeLessThan(2e-5);
  },
);

test.each(golden.tasks)('attributions to what a model of another task says are those of captum: $task', async (c) => {
  const task = z.enum(TEXT_TASKS).parse(c.task);
  const pooling = c.pooling === 'cls' ? 'cls' : 'mean';
  const labels = c.bias.length;
  const bias = Float32Array.from(c.bias);
  const head = new Map<string, NamedTensor>([
    ['classifier.weight', { shape: [labels, model.config.hiddenSize], data: Float32Array.from(c.weight) }],
    ['classifier.bias', { shape: [labels], data: bias }],
  ]);
  const weights = new Map([...model.weights, ...head]);
  const spec = { encoder: model.config, pooling, head: 'linear', labels } as const;
  const own = await IntegratedGradients.create(spec, weights, OPTIONS);
  const encoder = await createEncoder(spec, weights, OPTIONS);
  const ids = Int32Array.from(c.ids);
  const score = askedScore(
    { task, classes: labels, ...(c.scale === null ? {} : { scale: c.scale }) },
    task === 'multi-label' ? 1 : 0,
    bias,
  );
  const found = await own.attribute(ids, baselineOf(ids), Float32Array.from(score.weights), RUN);
  const { logits } = await encoder.run({
    rows: 1,
    length: ids.length,
    inputIds: ids,
    attentionMask: new Uint8Array(ids.length).fill(1),
  });
  // In the unit of a number, of which float32 holds seven digits.
  const tolerance = 2e-5 * (c.scale?.deviation ?? 1);
  expect(Math.abs(scoreOf(logits, score) - c.score)).toBeLessThan(tolerance);
  expect(Math.abs(found.score + score.offset - c.score)).toBeLessThan(tolerance);
  expect(Math.abs(found.baselineScore + score.offset - c.baselineScore)).toBeLessThan(tolerance);
  for (const [i, value] of c.perToken.entries()) expect(Math.abs(found.perToken[i]! - value)).toBeLessThan(tolerance);
  const sum = found.perToken.reduce((total, value) => total + value, 0);
  expect(Math.abs(sum - (c.score - c.baselineScore))).toBeLessThan(0.01 * Math.abs(c.score - c.baselineScore));
  await own.dispose();
  await encoder.dispose();
});

test.each([
  ['cls', 'none'],
  ['mean', 'none'],
  ['mean', 'houlsby'],
  ['cls', 'pfeiffer'],
] as const)(
  'the attributions of a model with %s pooling and adapters %s add up to the change of the score',
  async (pooling, variant) => {
    const rng = createRng(3);
    const random = (shape: readonly number[]): NamedTensor => ({
      shape,
      data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.2 * rng.normal()),
    });
    const adapters = variant === 'none' ? undefined : { variant, width: 4 };
    const extra = adapterTensors(model.config, adapters).flatMap(({ parts }) =>
      parts.map(({ name, shape }) => [name, random(shape)] as const),
    );
    const weights = new Map([...model.weights, ...extra]);
    const spec = specOf('linear', pooling);
    const own = await IntegratedGradients.create(spec, weights, OPTIONS);
    const encoder = await createEncoder(spec, weights, OPTIONS);
    const ids = Int32Array.from(golden.cases[0]!.ids);
    const scoreWeights = Float32Array.of(1, 0, 0, 0, -1);
    const { perToken, score, baselineScore, gap } = await own.attribute(ids, baselineOf(ids), scoreWeights, RUN);
    const attentionMask = new Uint8Array(ids.length).fill(1);
    const { logits } = await encoder.run({ rows: 1, length: ids.length, inputIds: ids, attentionMask });
    expect(score).toBeCloseTo(logits[0]! - logits[4]!, 4);
    expect(gap).toBeLessThan(0.01);
    expect(perToken.reduce((sum, value) => sum + value, 0)).toBeCloseTo(score - baselineScore, 3);
    expect([perToken[0], perToken.at(-1)]).toEqual([0, 0]);
    await own.dispose();
    await encoder.dispose();
  },
);

test('a text that is its own baseline has no attribution and no gap', async () => {
  const ids = Int32Array.from(golden.cases[0]!.ids);
  const { perToken, gap } = await explain.attribute(ids, ids, Float32Array.of(1, 0, 0, 0, 0), RUN);
  expect(gap).toBeNull();
  expect([...perToken]).toEqual(Array.from(ids, () => 0));
});

test('a cancelled explanation ends between two batches with the reason given', async () => {
  const ids = Int32Array.from(golden.cases[0]!.ids);
  const signal = AbortSignal.abort(new Error('no longer wanted'));
  await expect(explain.attribute(ids, ids, new Float32Array(CLASSES), { signal })).rejects.toThrow('no longer wanted');
});
