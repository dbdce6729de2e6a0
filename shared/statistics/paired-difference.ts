import { meanAndDeviation } from './mean-difference.ts';
import type { DifferenceEstimate } from './proportion-difference.ts';
import { studentTQuantile, studentTTails } from './student-t.ts';

/** Mean change of units that were measured twice, with Student's interval and t test on the changes. Null with fewer than two;
 *  p null (and the interval a point) where all changes are equal.   @source Student 1908; as scipy ttest_rel */
export function pairedDifference(changes: ArrayLike<number>, level = 0.95): DifferenceEstimate | null {
  const { n, mean, sd } = meanAndDeviation(changes);
  if (mean === null || sd === null) return null;
  const standardError = sd / Math.sqrt(n);
  if (standardError === 0) return { value: mean, low: mean, high: mean, p: null, standardError };
  const half = studentTQuantile(0.5 + level / 2, n - 1)! * standardError;
  return {
    value: mean,
    low: mean - half,
    high: mean + half,
    p: studentTTails(mean / standardError, n - 1),
    standardError,
  };
}
