import { expect, test } from 'vitest';
import { expectedSeconds } from './training-plan.ts';

test('a training that stopped early is held against the time of its own updates, and of what is done once', () => {
  const parts = { start: 6, contrast: 4, updates: 80, evaluations: 8, checkpoints: 2 };
  const cost = { time: { value: 100, low: 90, high: 110, measured: 7, parts }, peakMemoryMb: 500, updates: 40 };
  expect(expectedSeconds(cost, 40)).toBe(100);
  expect(expectedSeconds(cost, 10)).toBe(6 + 4 + (80 + 8 + 2) / 4);
});
