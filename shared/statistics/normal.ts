/** Φ(z), standard normal.   @source series and continued fraction of the error function, Abramowitz and Stegun 7.1.5, 7.1.14 */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x > 26) return z > 0 ? 1 : 0;
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  let upper: number;
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let i = 1; term > 1e-17 * sum; i++) {
      term *= (2 * x * x) / (2 * i + 1);
      sum += term;
    }
    upper = 0.5 - scale * sum;
  } else {
    let fraction = x;
    for (let i = 60; i >= 1; i--) fraction = x + i / 2 / fraction;
    upper = scale / fraction / 2;
  }
  return z > 0 ? 1 - upper : upper;
}

/** z with Φ(z) = p; ±Infinity at p = 1 and 0, null outside [0, 1]. */
export function normalQuantile(p: number): number | null {
  if (!(p >= 0 && p <= 1)) return null;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return bisect(normalCdf, p, -38, 38);
}

/** x in [low, high] with increasing f(x) = p, to the precision of the numbers. */
export function bisect(f: (x: number) => number, p: number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) < p) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
