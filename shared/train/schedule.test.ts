import { expect, test } from 'vitest';
import { type Decay, learningRateFactor, warmupSteps } from './schedule.ts';

// Expected lists, cut to two decimals: transformers, tests/optimization/test_optimization.py, ScheduleInitTest.test_schedulers (base rate 10).
test.each<[Decay, number, readonly number[]]>([
  ['linear', 2, [0, 5, 10, 8.75, 7.5, 6.25, 5, 3.75, 2.5, 1.25]],
  ['cosine', 2, [0, 5, 10, 9.61, 8.53, 6.91, 5, 3.08, 1.46, 0.38]],
  ['constant', 4, [0, 2.5, 5, 7.5, 10, 10, 10, 10, 10, 10]],
  ['constant', 0, [10, 10, 10, 10, 10, 10, 10, 10, 10, 10]],
])('the %s schedule with %i warm-up steps gives the rates transformers publishes', (decay, warmup, expected) => {
  for (const [step, rate] of expected.entries()) {
    expect(Math.abs(10 * learningRateFactor(decay, step, warmup, 10) - rate)).toBeLessThan(0.01);
  }
});

test('a warm-up share is rounded up to whole updates', () => {
  expect([warmupSteps(0.1, 94), warmupSteps(0.1, 100), warmupSteps(0, 50)]).toEqual([10, 10, 0]);
});

test('no schedule goes below zero past the end of the run', () => {
  expect(learningRateFactor('linear', 12, 2, 10)).toBe(0);
  expect(learningRateFactor('cosine', 10, 2, 10)).toBeCloseTo(0, 15);
});
