import { meanAndDeviation } from './mean-difference.ts';
import { studentEstimate } from './student-estimate.ts';

/** A mean of few repetitions with its interval. */
export interface MeanOverRuns {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation (n − 1). */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** Mean of repeated measurements with Student's interval on n − 1 degrees of freedom: how far another repetition's mean may lie, of what varied
 *  between these alone. Null for fewer than two.
 *  @source as scipy.stats.t.interval(level, n − 1, mean, sem) */
export function meanOverRuns(values: readonly number[], level = 0.95): MeanOverRuns | null {
  const { n, mean, sd } = meanAndDeviation(values);
  if (mean === null || sd === null) return null;
  const { low, high } = studentEstimate(mean, sd / Math.sqrt(n), n - 1, level);
  return { n, mean, deviation: sd, low, high };
}
