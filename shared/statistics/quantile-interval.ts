import { logGamma } from './log-gamma.ts';
import { quantileOfSorted } from './quantile.ts';

/** Quantile of ascending values (type 7) with the interval between two of the values that holds the population's quantile with at least the
 *  level, whatever the distribution. Value null for none, a bound null where too few values reach so far.
 *  @source order-statistic interval, Conover 1999, 3.2; as scipy quantile_test(...).confidence_interval() */
export function quantileWithInterval(
  sorted: ArrayLike<number>,
  p: number,
  level = 0.95,
): { readonly value: number | null; readonly low: number | null; readonly high: number | null } {
  const n = sorted.length;
  const value = quantileOfSorted(sorted, p);
  if (value === null) return { value, low: null, high: null };
  const tail = (1 - level) / 2;
  // Largest r with P(B ≤ r − 1) ≤ tail and smallest s with P(B ≤ s − 1) ≥ 1 − tail, B the count of values below the quantile.
  let below = 0;
  let lower = 0;
  let upper = n + 1;
  for (let k = 0; k <= n; k++) {
    below += binomialProbability(k, n, p);
    if (below <= tail) lower = k + 1;
    if (below >= 1 - tail) {
      upper = k + 1;
      break;
    }
  }
  return {
    value,
    low: lower >= 1 ? sorted[lower - 1]! : null,
    high: upper <= n ? sorted[upper - 1]! : null,
  };
}

function binomialProbability(k: number, n: number, p: number): number {
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(choose + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
