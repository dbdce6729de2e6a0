import type { DifferenceEstimate } from './proportion-difference.ts';
import { studentTQuantile, studentTTails } from './student-t.ts';

/** Mean and standard deviation (n − 1) of one arm. */
export interface MeanGroup {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/** Count, mean and standard deviation of values; mean null for none, sd null for fewer than two. */
export function meanAndDeviation(values: ArrayLike<number>): { n: number; mean: number | null; sd: number | null } {
  const n = values.length;
  if (n === 0) return { n, mean: null, sd: null };
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i]! - mean) / (i + 1);
  if (n < 2) return { n, mean, sd: null };
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  return { n, mean, sd: Math.sqrt(squares / (n - 1)) };
}

/** Mean of `group` minus mean of `reference`, with Welch's interval, t test and degrees of freedom. Null where a group has
 *  fewer than two values; p null (and the interval a point) where neither group varies.
 *  @source Welch 1947; as scipy ttest_ind(equal_var=False) */
export function meanDifference(
  group: MeanGroup,
  reference: MeanGroup,
  level = 0.95,
): (DifferenceEstimate & { readonly degrees: number | null }) | null {
  if (group.n < 2 || reference.n < 2) return null;
  const value = group.mean - reference.mean;
  const [a, b] = [group.sd ** 2 / group.n, reference.sd ** 2 / reference.n];
  const standardError = Math.sqrt(a + b);
  if (standardError === 0) return { value, low: value, high: value, p: null, standardError, degrees: null };
  const degrees = (a + b) ** 2 / (a ** 2 / (group.n - 1) + b ** 2 / (reference.n - 1));
  const half = studentTQuantile(0.5 + level / 2, degrees)! * standardError;
  return {
    value,
    low: value - half,
    high: value + half,
    p: studentTTails(value / standardError, degrees),
    standardError,
    degrees,
  };
}
