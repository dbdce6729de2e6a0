import { logGamma } from './log-gamma.ts';
import { bisect } from './normal.ts';

/** P(T ≤ t) for Student's t with `degrees` > 0 of freedom. */
function studentTCdf(t: number, degrees: number): number {
  const tail = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** P(|T| ≥ |t|), both tails, without loss of digits far out; null without degrees of freedom. */
export function studentTTails(t: number, degrees: number): number | null {
  return degrees > 0 ? incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) : null;
}

/** t with P(T ≤ t) = p, 0 < p < 1; null otherwise or without degrees of freedom. */
export function studentTQuantile(p: number, degrees: number): number | null {
  if (!(p > 0 && p < 1) || !(degrees > 0)) return null;
  if (p < 0.5) return -studentTQuantile(1 - p, degrees)!;
  let high = 2;
  while (studentTCdf(high, degrees) < p) high *= 2;
  return bisect((t) => studentTCdf(t, degrees), p, 0, high);
}

/** Regularised incomplete beta function I_x(a, b).   @source Abramowitz and Stegun 26.5.8, by Lentz's method */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(tiny, 1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(front) * fraction) / a;
}
