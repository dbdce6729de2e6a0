import type { Rng } from '../../../rng.ts';

/** Above this many rows a binomial count is drawn by inversion outwards from its mode instead of row by row. */
const ROW_BY_ROW = 24;

/** One resample with replacement of rows that fall into cells: how often each cell is drawn in Σ counts draws (multinomial with
 *  probabilities counts / Σ counts), written to `out`. Equal in distribution to drawing the rows one by one. */
export function resampleCounts(counts: readonly number[], out: Float64Array, rng: Rng): void {
  let left = 0;
  for (const n of counts) left += n;
  let mass = left;
  for (let cell = 0; cell < counts.length; cell++) {
    const drawn = mass === 0 ? 0 : binomial(left, counts[cell]! / mass, rng);
    out[cell] = drawn;
    left -= drawn;
    mass -= counts[cell]!;
  }
}

/** Number of successes in n trials of probability p. */
function binomial(n: number, p: number, rng: Rng): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (n <= ROW_BY_ROW) {
    let successes = 0;
    for (let i = 0; i < n; i++) if (rng.float() < p) successes++;
    return successes;
  }
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  let u = rng.float();
  const atMode = Math.exp(
    logFactorial(n) - logFactorial(mode) - logFactorial(n - mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p),
  );
  let low = mode;
  let high = mode;
  let pLow = atMode;
  let pHigh = atMode;
  u -= atMode;
  while (u > 0 && (low > 0 || high < n)) {
    if (high < n) {
      pHigh *= (odds * (n - high)) / (high + 1);
      high++;
      u -= pHigh;
      if (u <= 0) return high;
    }
    if (low > 0) {
      pLow *= low / (odds * (n - low + 1));
      low--;
      u -= pLow;
      if (u <= 0) return low;
    }
    if (pLow < 1e-300 && pHigh < 1e-300) break;
  }
  return mode;
}

const logFactorials: number[] = [0];
function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  return logFactorials[n]!;
}
