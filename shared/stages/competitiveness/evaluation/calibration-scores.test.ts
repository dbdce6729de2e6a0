import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/calibration-scores.json' with { type: 'json' };
import { temperatureSchema } from '../results.ts';
import { calibrate, calibrationScores } from './calibration-scores.ts';
import { appliedTemperature, fitTemperature } from './temperature.ts';

const rows = ({ labels, logits }: typeof golden.dev) => ({
  labels: Int32Array.from(labels),
  logits: Float32Array.from(logits),
});
const [dev, test] = [rows(golden.dev), rows(golden.test)];

describe('temperature scaling', () => {
  const found = calibrate(golden.classes, dev, test, 5);

  it('has the temperature of scipy and of PyTorch’s LBFGS', () => {
    expect(found.temperature).toBeCloseTo(golden.temperature, 6);
    expect(found.temperature).toBeCloseTo(golden.torchTemperature, 5);
    expect(found.limited).toBe(false);
  });

  it('has the errors and scores of netcal and scikit-learn, before and after', () => {
    for (const when of ['before', 'after'] as const)
      for (const score of ['ece', 'adaptiveEce', 'brier', 'nll'] as const) {
        expect(found[when][score].value).toBeCloseTo(golden[when][score], 6);
        expect(found[when][score].low).toBeLessThan(found[when][score].high);
      }
    expect(found.after.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(test.labels.length);
    expect(temperatureSchema.parse(found)).toEqual(found);
  });

  it('changes no answer: the bins before and after hold as many right rows', () => {
    const right = (bins: typeof found.before.bins) =>
      bins.reduce((sum, bin) => sum + bin.rows * (bin.accuracy ?? 0), 0);
    expect(right(found.after.bins) / test.labels.length).toBeCloseTo(golden.before.accuracy, 12);
    expect(right(found.before.bins)).toBeCloseTo(right(found.after.bins), 9);
  });

  it('has the interval of the mean for the Brier score', () => {
    // Brier scores per row lie in [0, 2]: the normal interval of the mean, from the golden logits.
    const { brier } = calibrationScores(golden.classes, test, 1, 5);
    const half = (brier.high - brier.low) / 2;
    const perRow = Array.from(test.labels, (label, row) => {
      const own = Array.from(test.logits.subarray(row * golden.classes, (row + 1) * golden.classes), Math.exp);
      const sum = own.reduce((a, b) => a + b, 0);
      return own.reduce((total, value, k) => total + (value / sum - Number(k === label)) ** 2, 0);
    });
    const mean = perRow.reduce((a, b) => a + b, 0) / perRow.length;
    const variance = perRow.reduce((sum, value) => sum + (value - mean) ** 2, 0) / perRow.length;
    expect(Math.abs(half - 1.959964 * Math.sqrt(variance / perRow.length))).toBeLessThan(0.005);
  });

  it('is given away with the calibration error alone, and not at all from a bound', () => {
    const { temperature, devRows, rows: n, resamples, before, after } = found;
    const given = { temperature, devRows, rows: n, resamples, before: before.ece, after: after.ece };
    expect(appliedTemperature(found)).toEqual(given);
    expect(appliedTemperature({ ...found, limited: true })).toBeNull();
    expect(appliedTemperature(null)).toBeNull();
  });

  it('stops at its bounds where every row is right or none, and refuses no rows and other shapes', () => {
    const certain = Float32Array.of(1, 0, 0, 1);
    expect(fitTemperature(Int32Array.of(0, 1), certain, 2)).toEqual({ temperature: 0.05, limited: true });
    expect(fitTemperature(Int32Array.of(1, 0), certain, 2)).toEqual({ temperature: 20, limited: true });
    expect(() => fitTemperature(new Int32Array(), new Float32Array(), 2)).toThrow('stats.empty');
    expect(() => fitTemperature(Int32Array.of(0), certain, 2)).toThrow('stats.shape');
  });
});
