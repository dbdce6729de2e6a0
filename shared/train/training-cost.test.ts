import { expect, test } from 'vitest';
import { memoryFit, spreadPlaces, trainingTime } from './training-cost.ts';

const MEASURED = {
  updates: 100,
  startMs: 2000,
  checkpointMs: 500,
  bestMs: 100,
  evaluations: 4,
  trainableParameters: 10,
  peakMemoryMb: 900,
} as const;

test('a training takes its start, its updates, its evaluations and the checkpoints that fall into them', () => {
  const time = trainingTime(
    {
      ...MEASURED,
      samples: [
        // 2 ms a token, without spread: 2 × 30 000 tokens.
        { part: 'updates', ms: [200, 400], sizes: [100, 200], totalSize: 30_000 },
        { part: 'evaluations', ms: [50], sizes: [100], totalSize: 8_000 },
      ],
    },
    25_000,
  );
  // (60 + 4) s hold two checkpoints of 0.5 s; four evaluations write the best weights, 0.1 s each.
  expect(time.parts).toEqual({ start: 2, contrast: 0, updates: 60, evaluations: 4, checkpoints: 2 * 0.5 + 4 * 0.1 });
  expect(time.value).toBeCloseTo(2 + 60 + 4 + 1.4, 10);
  expect([time.low, time.high]).toEqual([expect.closeTo(time.value, 9), expect.closeTo(time.value, 9)]);
  expect(time.measured).toBe(2);
});

test('spread of the sampled batches widens the interval, and parts that differ are added up', () => {
  const update = { part: 'updates', sizes: [100, 100, 100], totalSize: 10_000 } as const;
  const steady = trainingTime({ ...MEASURED, samples: [{ ...update, ms: [100, 101, 99] }] }, 25_000);
  const uneven = trainingTime({ ...MEASURED, samples: [{ ...update, ms: [60, 140, 100] }] }, 25_000);
  expect(uneven.value).toBeCloseTo(steady.value, 10);
  expect(uneven.high - uneven.low).toBeGreaterThan(10 * (steady.high - steady.low));
  // The first epoch computes what the later ones find again.
  const cached = trainingTime(
    {
      ...MEASURED,
      samples: [
        { ...update, ms: [100, 100, 100] },
        { ...update, ms: [10, 10, 10], totalSize: 50_000 },
      ],
    },
    25_000,
  );
  expect(cached.parts.updates).toBeCloseTo(10 + 5, 10);
});

test('places are spread over the whole from the first on, each once', () => {
  expect(spreadPlaces(8, 4)).toEqual([4, 2, 6, 1]);
  expect([...spreadPlaces(3, 9)].sort()).toEqual([0, 1, 2]);
  expect(spreadPlaces(1, 5)).toEqual([0]);
  expect(spreadPlaces(0, 5)).toEqual([]);
});

test('what needs more than is free does not fit, and what needs nearly all of it is tight', () => {
  expect([memoryFit(700, 1000), memoryFit(900, 1000), memoryFit(1100, 1000)]).toEqual(['fits', 'tight', 'too-large']);
});
