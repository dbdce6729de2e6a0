import { normalQuantile } from './normal.ts';

/** Area under the ROC curve with DeLong's standard error and normal interval, kept within [0, 1]. Null without both classes; the standard error
 *  is null (and the interval missing) where one class has a single row.
 *  @source DeLong, DeLong and Clarke-Pearson 1988; by mid-ranks, Sun and Xu 2014 */
export function delongArea(
  scores: ArrayLike<number>,
  isPositive: ArrayLike<boolean>,
): { readonly value: number; readonly standardError: number | null } | null {
  const positive: number[] = [];
  const negative: number[] = [];
  for (let i = 0; i < scores.length; i++) (isPositive[i] === true ? positive : negative).push(scores[i]!);
  const [m, n] = [positive.length, negative.length];
  if (m === 0 || n === 0) return null;
  const all = midRanks([...positive, ...negative]);
  const ofPositive = midRanks(positive);
  const ofNegative = midRanks(negative);
  // Share of the other class that each row is rightly above (or below), ties counting half.
  const above = ofPositive.map((rank, i) => (all[i]! - rank) / n);
  const below = ofNegative.map((rank, i) => 1 - (all[m + i]! - rank) / m);
  const value = above.reduce((sum, share) => sum + share, 0) / m;
  if (m < 2 || n < 2) return { value, standardError: null };
  return { value, standardError: Math.sqrt(variance(above) / m + variance(below) / n) };
}

/** The normal interval of an area, kept within [0, 1]. */
export function areaInterval(value: number, standardError: number, level = 0.95): readonly [number, number] {
  const half = normalQuantile(0.5 + level / 2)! * standardError;
  return [Math.max(0, value - half), Math.min(1, value + half)];
}

/** Ranks from 1, equal values sharing their mean. */
function midRanks(values: readonly number[]): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
