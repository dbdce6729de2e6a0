import { expect, test } from 'vitest';
import { compressionGate } from './gate.ts';

const comparison = (value: number, low: number, pValue: number, rows = 400) => ({
  rows,
  accuracyDifference: { value, low, high: value - (low - value) },
  mcNemar: { onlyReference: 0, onlyRun: 0, method: 'exact' as const, statistic: 0, pValue },
});

test('a loss beyond the tolerance is refused, as such where the interval or McNemar’s test shows it', () => {
  const refused = { verdict: 'refused', reason: 'loss-beyond-tolerance', rowsNeeded: null };
  expect(compressionGate(comparison(-0.01, -0.014, 0.2), 0.005)).toEqual(refused);
  expect(compressionGate(comparison(-0.01, -0.02, 0.04), 0.005)).toEqual(refused);
});

test('a loss beyond the tolerance that may be chance is refused with the rows that would tell', () => {
  // One wrong of 80: the interval reaches 0.0125 above the value, which is 0.0075 beyond the tolerance: 80 · (5/3)² rows.
  const one = {
    rows: 80,
    accuracyDifference: { value: -0.0125, low: -0.0375, high: 0 },
    mcNemar: comparison(0, 0, 1).mcNemar,
  };
  expect(compressionGate(one, 0.005)).toEqual({ verdict: 'refused', reason: 'too-few-rows', rowsNeeded: 223 });
  expect(
    compressionGate({ ...one, accuracyDifference: { value: -0.006, low: -0.02, high: 0.008 } }, 0.005).rowsNeeded,
  ).toBeNull();
});

test('a loss within the tolerance that McNemar finds is refused; a gain that it finds is not', () => {
  expect(compressionGate(comparison(-0.004, -0.006, 0.01), 0.005).reason).toBe('significant-loss');
  expect(compressionGate(comparison(0.004, 0.001, 0.01), 0.005).verdict).toBe('accepted');
});

test('a loss that the interval does not exclude is unproven, with the rows that would show it', () => {
  // The interval reaches 0.008 below the value and has room for 0.004: half the width needs four times the rows.
  expect(compressionGate(comparison(-0.001, -0.009, 0.8), 0.005)).toEqual({
    verdict: 'unproven',
    reason: 'loss-not-excluded',
    rowsNeeded: 1600,
  });
  expect(compressionGate(comparison(-0.005, -0.009, 0.8), 0.005).rowsNeeded).toBeNull();
  // 0.0049 leaves room for 0.0001: 1600 times the rows are no advice.
  expect(compressionGate(comparison(-0.0049, -0.0089, 0.8), 0.005).rowsNeeded).toBeNull();
});

test('a loss of exactly the tolerance is within it: one row of 200 at half a point', () => {
  expect(compressionGate(comparison(-1 / 200, -1 / 200, 1, 200), 0.005).verdict).toBe('accepted');
});

test('no row changed is accepted', () => {
  expect(compressionGate(comparison(0, 0, 1), 0.005).verdict).toBe('accepted');
});
