import type { Rng } from '../../rng.ts';
import { percentileInterval } from '../../statistics/quantile.ts';
import { expectedCalibrationError } from '../competitiveness/evaluation/calibration.ts';
import type { Estimate } from '../competitiveness/results.ts';

const BINS = 15;
const LEVEL = 0.95;

/** Expected calibration error with a 95 % percentile interval over resampled rows. The error is a mean of absolute values, so resamples lie a little
 *  above it in small samples: the interval is on the safe side for a limit from above.
 *  @throws AppError 'stats.empty', 'stats.shape'   @source Guo et al. 2017; Efron and Tibshirani 1993, chapter 13 */
export function calibrationInterval(
  actual: Int32Array,
  probabilities: Float32Array,
  classes: number,
  resamples: number,
  rng: Rng,
): Estimate {
  const { ece } = expectedCalibrationError(actual, probabilities, classes, BINS);
  const n = actual.length;
  const bin = new Int32Array(n);
  const gap = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[row * classes + k]! > probabilities[row * classes + best]!) best = k;
    const p = Math.min(1, probabilities[row * classes + best]!);
    bin[row] = Math.min(BINS - 1, Math.max(0, Math.ceil(p * BINS) - 1));
    gap[row] = (best === actual[row] ? 1 : 0) - p;
  }
  const sums = new Float64Array(BINS);
  const draws = Float64Array.from({ length: resamples }, () => {
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const row = rng.int(n);
      sums[bin[row]!]! += gap[row]!;
    }
    return sums.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  });
  const interval = percentileInterval(draws, LEVEL);
  return { value: ece, low: interval?.[0] ?? ece, high: interval?.[1] ?? ece };
}
