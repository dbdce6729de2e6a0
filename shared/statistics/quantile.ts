/** Quantile of ascending values by linear interpolation (type 7 of Hyndman and Fan, as numpy); null for none. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null;
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return below + 1 < sorted.length ? low + (at - below) * (sorted[below + 1]! - low) : low;
}

/** Percentile interval of draws that holds `level` of them; null for none. */
export function percentileInterval(draws: Float64Array, level: number): readonly [number, number] | null {
  const sorted = draws.slice().sort();
  const low = quantileOfSorted(sorted, (1 - level) / 2);
  const high = quantileOfSorted(sorted, (1 + level) / 2);
  return low === null || high === null ? null : [low, high];
}
