import { meanAndDeviation } from '../../../statistics/mean-difference.ts';
import { studentTQuantile } from '../../../statistics/student-t.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import type { BacklogFactor } from './rank-backlog.ts';

const LEVEL = 0.95;

/** A share of rows, with Wilson's interval. */
export function shareFactor(successes: number, n: number): BacklogFactor {
  const value = n === 0 ? 0 : successes / n;
  const interval = wilsonInterval(successes, n, LEVEL);
  const standardError = n === 0 ? 0 : Math.sqrt((value * (1 - value)) / n);
  return { value, low: interval?.[0] ?? null, high: interval?.[1] ?? null, standardError, n };
}

/** Mean of values on 0–1 with Student's interval; null for none. */
export function meanFactor(values: ArrayLike<number>): BacklogFactor | null {
  const { n, mean, sd } = meanAndDeviation(values);
  if (mean === null) return null;
  if (sd === null) return { value: mean, low: null, high: null, standardError: 0, n };
  const standardError = sd / Math.sqrt(n);
  const half = studentTQuantile(0.5 + LEVEL / 2, n - 1)! * standardError;
  return { value: mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half), standardError, n };
}

/** A figure taken as it stands. */
export function givenFactor(value: number): BacklogFactor {
  return { value: unit(value), low: null, high: null, standardError: 0, n: null };
}

/** A figure on 0–1 with an interval of the 95 % level that is known already. */
export function estimatedFactor(
  value: number,
  low: number | null,
  high: number | null,
  n: number | null,
): BacklogFactor {
  const z = 1.959964;
  const standardError = low === null || high === null ? 0 : (high - low) / (2 * z);
  return {
    value: unit(value),
    low: low === null ? null : unit(low),
    high: high === null ? null : unit(high),
    standardError,
    n,
  };
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
