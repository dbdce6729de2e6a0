import type { DifferenceEstimate } from './proportion-difference.ts';
import { studentTQuantile, studentTTails } from './student-t.ts';

/** A mean with Student's interval and t test against 0, on `degrees` of freedom; p null (and the interval a point) where the standard error is 0. */
export function studentEstimate(
  mean: number,
  standardError: number,
  degrees: number,
  level: number,
): DifferenceEstimate {
  if (standardError === 0) return { value: mean, low: mean, high: mean, p: null, standardError };
  const half = studentTQuantile(0.5 + level / 2, degrees)! * standardError;
  return {
    value: mean,
    low: mean - half,
    high: mean + half,
    p: studentTTails(mean / standardError, degrees),
    standardError,
  };
}
