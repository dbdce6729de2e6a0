import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/evaluation.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { comparisonResultSchema, evaluationSchema } from '../results.ts';
import { pairedAccuracyDifference } from './bootstrap.ts';
import { expectedCalibrationError } from './calibration.ts';
import { rowChanges } from './changes.ts';
import { macroF1Of, mostConfused } from './confusion.ts';
import { comparePredictions, evaluatePredictions } from './evaluate.ts';
import { mcNemar } from './mcnemar.ts';

const actual = Int32Array.from(golden.actual);
const predicted = Int32Array.from(golden.predicted);
const reference = Int32Array.from(golden.reference);
const labels = ['a', 'b', 'c', 'd'];
const input = {
  labels,
  actual,
  predicted,
  probabilities: Float32Array.from(golden.probabilities),
  demandWeighted: null,
};
const evaluation = evaluatePredictions({ ...input, rng: createRng(1) });

describe('evaluation on the test rows', () => {
  it('equals scikit-learn in accuracy, macro-F1, confusion and per-class metrics', () => {
    expect(evaluation.accuracy.value).toBeCloseTo(golden.accuracy, 12);
    expect(evaluation.macroF1.value).toBeCloseTo(golden.macroF1, 12);
    expect(evaluation.confusion.counts).toEqual(golden.confusion);
    evaluation.perClass.forEach((metrics, i) => {
      expect(metrics.precision).toBeCloseTo(golden.precision[i]!, 12);
      expect(metrics.recall).toBeCloseTo(golden.recall[i]!, 12);
      expect(metrics.f1).toBeCloseTo(golden.f1[i]!, 12);
      expect(metrics.support).toBe(golden.support[i]);
    });
    expect(evaluationSchema.parse(evaluation)).toEqual(evaluation);
  });

  it('has the expected calibration error of a second implementation, over bins that hold every row once', () => {
    expect(evaluation.calibration?.ece).toBeCloseTo(golden.ece, 7);
    expect(evaluation.calibration?.bins.length).toBe(15);
    expect(evaluation.calibration?.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(actual.length);
  });

  it('puts a confidence on a bin edge into the lower bin', () => {
    const { bins, ece } = expectedCalibrationError(Int32Array.of(0), Float32Array.of(0.75, 0.25), 2, 4);
    expect(bins.map((bin) => bin.rows)).toEqual([0, 0, 1, 0]);
    expect(ece).toBe(0.25);
  });

  it('has stratified bootstrap intervals like row-by-row resampling in numpy', () => {
    for (const name of ['accuracy', 'macroF1'] as const) {
      expect(Math.abs(evaluation[name].low - golden.bootstrap[name][0]!)).toBeLessThan(0.006);
      expect(Math.abs(evaluation[name].high - golden.bootstrap[name][1]!)).toBeLessThan(0.006);
    }
  });

  it('repeats with the seed and differs without it', () => {
    const options = { ...input, resamples: 200 };
    const again = evaluatePredictions({ ...options, rng: createRng(7) });
    expect(evaluatePredictions({ ...options, rng: createRng(7) })).toEqual(again);
    expect(evaluatePredictions({ ...options, rng: createRng(8) }).accuracy).not.toEqual(again.accuracy);
  });

  it('leaves out of macro-F1 a class that never occurs, and gives null for what is undefined', () => {
    const counts = Float64Array.of(2, 0, 0, 1, 0, 0, 0, 0, 0);
    expect(macroF1Of(counts, 3)).toBeCloseTo((4 / 5 + 0) / 2, 12);
    const rare = evaluatePredictions({
      labels: ['x', 'y', 'z'],
      actual: Int32Array.of(0, 0, 1),
      predicted: Int32Array.of(0, 0, 0),
      probabilities: null,
      demandWeighted: null,
      resamples: 50,
      rng: createRng(1),
    });
    expect(rare.perClass.map(({ precision, recall, f1 }) => [precision, recall, f1])).toEqual([
      [2 / 3, 1, 4 / 5],
      [null, 0, 0],
      [null, null, null],
    ]);
    expect(rare.mostConfused).toEqual([{ actual: 'y', predicted: 'x', rows: 1 }]);
  });

  it('names the rows behind each confused pair', () => {
    expect(mostConfused(Int32Array.of(0, 0, 1, 0), Int32Array.of(1, 1, 0, 0), 5)).toEqual([
      { actual: 0, predicted: 1, rows: [0, 1] },
      { actual: 1, predicted: 0, rows: [2] },
    ]);
  });

  it('refuses no rows and classes out of range', () => {
    const none = { ...input, actual: new Int32Array(), predicted: new Int32Array(), rng: createRng(1) };
    expect(() => evaluatePredictions(none)).toThrow('stats.empty');
    expect(() => evaluatePredictions({ ...input, labels: ['a', 'b'], rng: createRng(1) })).toThrow('stats.shape');
  });
});

describe('comparison of two models on the same rows', () => {
  it('equals statsmodels in McNemar, exact and corrected', () => {
    for (const pair of golden.mcnemar) {
      const result = mcNemar(pair.onlyReference, pair.onlyRun);
      expect(result.statistic).toBeCloseTo(pair.statistic, 12);
      expect(Math.abs(result.pValue - pair.pValue)).toBeLessThan(1e-12 + 1e-10 * pair.pValue);
    }
    expect(mcNemar(12, 12).method).toBe('exact');
    expect(mcNemar(13, 12).method).toBe('chi-squared');
  });

  it('has the paired interval of row-by-row resampling, and counts that add up', () => {
    const ids = { runId: 'r', referenceId: 'f', testLock: 'x', classes: 4 };
    const compared = comparePredictions({ ...ids, actual, predicted, reference, rng: createRng(3) });
    for (const [found, expected] of [
      [compared.accuracyDifference, golden.paired.accuracy],
      [compared.macroF1Difference, golden.paired.macroF1],
    ] as const) {
      expect(Math.abs(found.low - expected[0]!)).toBeLessThan(0.008);
      expect(Math.abs(found.high - expected[1]!)).toBeLessThan(0.008);
    }
    expect(compared.accuracyDifference.value).toBeCloseTo((compared.fixed - compared.broken) / actual.length, 12);
    expect(compared.fixed + compared.broken + compared.bothRight + compared.bothWrong).toBe(actual.length);
    expect(comparisonResultSchema.parse(compared)).toEqual(compared);
  });

  it('gives the difference of accuracies alone as the comparison has it, as far as row-by-row resampling and the normal limit go', () => {
    const ids = { runId: 'r', referenceId: 'f', testLock: 'x', classes: 4 };
    const compared = comparePredictions({ ...ids, actual, predicted, reference, rng: createRng(3) });
    const alone = pairedAccuracyDifference(actual, predicted, reference, { rng: createRng(3) });
    expect(alone).toEqual(compared.accuracyDifference);
    // Variance of a stratified mean (Cochran 1977, theorem 5.3), with the n of the bootstrap in the place of n − 1, of changes −1, 0 and 1.
    let variance = 0;
    for (let label = 0; label < 4; label++) {
      const changes = [...actual].flatMap((a, row) =>
        a === label ? [Number(predicted[row] === a) - Number(reference[row] === a)] : [],
      );
      const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
      variance += changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / actual.length ** 2;
    }
    expect(Math.abs(alone.low - (alone.value - 1.959964 * Math.sqrt(variance)))).toBeLessThan(0.004);
    expect(Math.abs(alone.high - (alone.value + 1.959964 * Math.sqrt(variance)))).toBeLessThan(0.004);
    expect(() => pairedAccuracyDifference(actual, predicted.subarray(1), reference, { rng: createRng(3) })).toThrow(
      'stats.shape',
    );
    const none = new Int32Array();
    expect(() => pairedAccuracyDifference(none, none, none, { rng: createRng(3) })).toThrow('stats.empty');
  });

  it('finds no difference between equal predictions', () => {
    const ids = { runId: 'r', referenceId: 'r', testLock: 'x', classes: 4, resamples: 100 };
    const compared = comparePredictions({ ...ids, actual, predicted, reference: predicted, rng: createRng(3) });
    expect(compared.accuracyDifference).toEqual({ value: 0, low: 0, high: 0 });
    expect(compared.mcNemar.pValue).toBe(1);
  });

  it('sorts every row into fixed, broken, both right or both wrong', () => {
    expect(rowChanges(Int32Array.of(0, 0, 0, 0), Int32Array.of(0, 1, 0, 1), Int32Array.of(1, 0, 0, 1))).toEqual({
      fixed: [0],
      broken: [1],
      bothRight: [2],
      bothWrong: [3],
    });
  });
});
