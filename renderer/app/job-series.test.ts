import { expect, it } from 'vitest';
import type { JobSeries } from '../../shared/contract/project.ts';
import { mergeSeries } from './job-series.ts';

const series = (...steps: readonly [number, number][]): JobSeries => ({
  jobId: 'j',
  steps: steps.map(([step, loss]) => ({ step, loss, learningRate: 1e-4 })),
  evaluations: [],
  totalSteps: 10,
  rowsPerSecond: null,
  memoryMb: null,
});

it('adds new points at the end of a curve', () => {
  expect(mergeSeries(series([1, 0.9], [2, 0.8]), series([3, 0.7])).steps.map(({ loss }) => loss)).toEqual([
    0.9, 0.8, 0.7,
  ]);
});

it('replaces steps that a resumed run repeats', () => {
  const merged = mergeSeries(series([1, 0.9], [2, 0.8], [3, 0.7]), series([2, 0.81], [3, 0.72]));
  expect(merged.steps.map(({ loss }) => loss)).toEqual([0.9, 0.81, 0.72]);
});

it('keeps the curve when only the figures beside it changed', () => {
  expect(mergeSeries(series([1, 0.9]), { ...series(), rowsPerSecond: 84 })).toEqual({
    ...series([1, 0.9]),
    rowsPerSecond: 84,
  });
});
