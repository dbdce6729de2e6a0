import { meanAndDeviation } from './mean-difference.ts';
import type { DifferenceEstimate } from './proportion-difference.ts';
import { studentEstimate } from './student-estimate.ts';

/** Mean change of units that were measured twice, with Student's interval and t test on the changes. Null with fewer than two;
 *  p null (and the interval a point) where all changes are equal.   @source Student 1908; as scipy ttest_rel */
export function pairedDifference(changes: ArrayLike<number>, level = 0.95): DifferenceEstimate | null {
  const { n, mean, sd } = meanAndDeviation(changes);
  if (mean === null || sd === null) return null;
  const standardError = sd / Math.sqrt(n);
  return studentEstimate(mean, standardError, n - 1, level);
}
