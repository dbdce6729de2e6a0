import { studentTQuantile } from './student-t.ts';

/** A total that was estimated from a sample, with its interval. */
export interface TotalEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard error; 0 where a sample of one says nothing about spread. */
  readonly standardError: number;
  /** Sampled units. */
  readonly n: number;
}

/** Estimates the total of `values` over all units from a sample, where the size of each unit is known and the total of the sizes as well:
 *  R = Σ values / Σ sizes, times that total. The interval is Student's on n − 1 degrees of freedom, by linearisation, without a correction for a
 *  finite population; with one unit it is a point. Bias is of order 1/n. Null without units or where all sizes are 0.
 *  @source Cochran 1977, Sampling Techniques, 6.3 and 6.4 */
export function ratioTotal(
  values: readonly number[],
  sizes: readonly number[],
  totalSize: number,
  level = 0.95,
): TotalEstimate | null {
  const n = values.length;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const size = sum(sizes);
  if (n === 0 || size === 0) return null;
  const ratio = sum(values) / size;
  const value = ratio * totalSize;
  if (n === 1) return { value, low: value, high: value, standardError: 0, n };
  const squares = sum(values.map((found, i) => (found - ratio * sizes[i]!) ** 2));
  const standardError = (Math.sqrt(squares / (n - 1) / n) / (size / n)) * totalSize;
  const half = studentTQuantile(0.5 + level / 2, n - 1)! * standardError;
  return { value, low: value - half, high: value + half, standardError, n };
}
