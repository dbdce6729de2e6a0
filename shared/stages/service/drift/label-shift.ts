import type { Rng } from '../../../rng.ts';
import { chiSquaredTail } from '../../../statistics/chi-squared.ts';
import { quantileOfSorted } from '../../../statistics/quantile.ts';

export interface LabelShift {
  readonly chiSquared: number;
  readonly degrees: number;
  readonly p: number;
  readonly psi: number;
  /** 95th percentile of the index where nothing changed. */
  readonly psiBand: number;
}

/** Shares below this count as this, so that an empty label has a logarithm. */
const FLOOR = 1e-4;
const DRAWS = 1000;
const BAND = 0.95;

/** Whether two sets of counts over the same labels come from one distribution: Pearson's test, and the population stability index with the band
 *  that it has by chance at these sizes, resampled from both together. Labels without rows on either side are left out. Null with fewer than two
 *  labels or without rows on a side.
 *  @source Pearson 1900, as scipy chi2_contingency(correction=False); index Σ (a − e) ln (a / e) of Siddiqi 2006, floored at 0.0001 */
export function labelShift(reference: readonly number[], current: readonly number[], rng: Rng): LabelShift | null {
  const used = reference.map((_, at) => at).filter((at) => reference[at]! + current[at]! > 0);
  const from = used.map((at) => reference[at]!);
  const to = used.map((at) => current[at]!);
  const [n, m] = [sum(from), sum(to)];
  if (used.length < 2 || n === 0 || m === 0) return null;
  const pooled = from.map((count, at) => (count + to[at]!) / (n + m));
  let chiSquared = 0;
  pooled.forEach((share, at) => {
    chiSquared += (from[at]! - n * share) ** 2 / (n * share) + (to[at]! - m * share) ** 2 / (m * share);
  });
  const drawn = Float64Array.from({ length: DRAWS }, () =>
    stabilityIndex(drawCounts(pooled, n, rng), drawCounts(pooled, m, rng)),
  ).sort();
  return {
    chiSquared,
    degrees: used.length - 1,
    p: chiSquaredTail(chiSquared, used.length - 1) ?? 1,
    psi: stabilityIndex(from, to),
    psiBand: quantileOfSorted(drawn, BAND) ?? 0,
  };
}

function stabilityIndex(reference: readonly number[], current: readonly number[]): number {
  const [n, m] = [sum(reference), sum(current)];
  return reference.reduce((index, count, at) => {
    const expected = Math.max(FLOOR, count / n);
    const actual = Math.max(FLOOR, current[at]! / m);
    return index + (actual - expected) * Math.log(actual / expected);
  }, 0);
}

function drawCounts(shares: readonly number[], n: number, rng: Rng): number[] {
  const upTo: number[] = [];
  let total = 0;
  for (const share of shares) {
    total += share;
    upTo.push(total);
  }
  const counts = shares.map(() => 0);
  for (let i = 0; i < n; i++) {
    const at = rng.float() * total;
    const found = upTo.findIndex((bound) => at < bound);
    counts[found < 0 ? counts.length - 1 : found]! += 1;
  }
  return counts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
