import { expect, test } from 'vitest';
import { createRng } from '../rng.ts';
import { type BatchPlan, batchCount, fillBatch, paddedTokens, planByLength, planEpoch, rowLengths } from './batches.ts';

/** Lengths like those of short customer texts: most under 30 tokens, a tail to 128. */
function skewedLengths(count: number): Int32Array {
  const rng = createRng(17);
  return Int32Array.from({ length: count }, () => Math.min(128, 4 + Math.floor(-18 * Math.log(1 - rng.float()))));
}
const limits = { batchSize: 16, tokenBudget: null, lengthMultiple: 1 };
const tokensOf = (plan: BatchPlan, k: number) => (plan.starts[k + 1]! - plan.starts[k]!) * plan.lengths[k]!;
const sorted = (plan: BatchPlan) => [...plan.rows].sort((a, b) => a - b);

test('every row is in exactly one batch of an epoch', () => {
  const lengths = skewedLengths(1003);
  const plan = planEpoch(lengths, limits, 3, 0);
  expect(sorted(plan)).toEqual([...lengths.keys()]);
  expect(batchCount(plan)).toBe(Math.ceil(1003 / 16));
});

test('the order is a pure function of seed and epoch, and differs between epochs and seeds', () => {
  const lengths = skewedLengths(500);
  const order = (seed: number, epoch: number) => planEpoch(lengths, limits, seed, epoch).rows.join();
  expect(order(3, 1)).toBe(order(3, 1));
  expect(new Set([order(3, 0), order(3, 1), order(4, 0), order(4, 1)]).size).toBe(4);
});

test('grouping by length leaves under a tenth of padding where random batches have more than twice the tokens', () => {
  const lengths = skewedLengths(8000);
  const real = lengths.reduce((sum, length) => sum + length, 0);
  expect(paddedTokens(planEpoch(lengths, limits, 1, 2)) / real).toBeLessThan(1.1);
  const perBatch = Array.from({ length: 500 }, (_, k) => 16 * Math.max(...lengths.subarray(k * 16, k * 16 + 16)));
  expect(perBatch.reduce((sum, tokens) => sum + tokens, 0) / real).toBeGreaterThan(2);
});

test('batches of one length group come in mixed order, and the first epoch begins with the largest', () => {
  const lengths = skewedLengths(4000);
  const plan = planEpoch(lengths, limits, 1, 0);
  const sizes = Array.from({ length: batchCount(plan) }, (_, k) => tokensOf(plan, k));
  expect(sizes[0]).toBe(Math.max(...sizes));
  const falls = sizes.slice(1).filter((size, i) => size < sizes[i]!).length;
  expect(falls).toBeGreaterThan(sizes.length / 4);
});

test('a token budget bounds rows times length, and a longer row stands alone', () => {
  const lengths = Int32Array.from([100, 100, 8, 8, 8, 300]);
  const plan = planByLength(lengths, { batchSize: 4, tokenBudget: 208, lengthMultiple: 8 });
  expect(plan).toEqual({
    rows: Int32Array.from([5, 0, 1, 2, 3, 4]),
    starts: Int32Array.from([0, 1, 3, 6]),
    lengths: Int32Array.from([304, 104, 8]),
  });
});

test('a batch is padded to the wanted multiple, with its mask and labels', () => {
  const tokens = { ids: Int32Array.from([101, 5, 102, 101, 102]), offsets: Int32Array.from([0, 3, 5]) };
  const plan = planByLength(rowLengths(tokens), { ...limits, lengthMultiple: 4 });
  expect(fillBatch(tokens, Int32Array.from([7, 9]), plan, 0, 1)).toEqual({
    rows: 2,
    length: 4,
    inputIds: Int32Array.from([101, 5, 102, 1, 101, 102, 1, 1]),
    attentionMask: Uint8Array.from([1, 1, 1, 0, 1, 1, 0, 0]),
    labels: Int32Array.from([7, 9]),
  });
});
