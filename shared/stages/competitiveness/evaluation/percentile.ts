import type { Estimate } from '../results.ts';

/** Quantile by linear interpolation between order statistics of ascending values (type 7).
 *  @source Hyndman and Fan 1996 */
export function sortedQuantile(ascending: ArrayLike<number>, q: number): number {
  const at = (ascending.length - 1) * q;
  const below = Math.floor(at);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (high - low) * (at - below);
}

/** A value with the middle 95 % of its draws. */
export function percentileInterval(value: number, draws: Float64Array): Estimate {
  const ascending = draws.slice().sort();
  return { value, low: sortedQuantile(ascending, 0.025), high: sortedQuantile(ascending, 0.975) };
}
