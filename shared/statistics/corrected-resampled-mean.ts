import { meanAndDeviation } from './mean-difference.ts';
import type { DifferenceEstimate } from './proportion-difference.ts';
import { studentEstimate } from './student-estimate.ts';

/** Mean of values measured on overlapping splits of the same rows (repeated cross-validation), with an interval and a t test against 0 whose
 *  variance is corrected for the overlap: s²·(1/J + test rows ÷ training rows), J − 1 degrees of freedom. Null with fewer than two values;
 *  p null (and the interval a point) where all are equal.
 *  @source Nadeau and Bengio 2003; for repeated cross-validation Bouckaert and Frank 2004 */
export function correctedResampledMean(
  values: ArrayLike<number>,
  testToTrain: number,
  level = 0.95,
): DifferenceEstimate | null {
  const { n, mean, sd } = meanAndDeviation(values);
  if (mean === null || sd === null) return null;
  const standardError = sd * Math.sqrt(1 / n + testToTrain);
  return studentEstimate(mean, standardError, n - 1, level);
}
