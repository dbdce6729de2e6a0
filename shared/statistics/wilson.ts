import { normalQuantile } from './normal.ts';

/** Wilson's score interval of a proportion of `successes` in `n`; null for n = 0.
 *  @source Wilson 1927; as statsmodels proportion_confint(method='wilson') */
export function wilsonInterval(successes: number, n: number, level = 0.95): readonly [number, number] | null {
  if (n <= 0) return null;
  const z = normalQuantile(0.5 + level / 2)!;
  const p = successes / n;
  const denominator = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / denominator;
  const half = (z / denominator) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
