import { logGamma } from './log-gamma.ts';

/** P(X ≥ x) for chi-squared with `degrees` > 0 of freedom; null without degrees or for x < 0. */
export function chiSquaredTail(x: number, degrees: number): number | null {
  if (!(degrees > 0) || !(x >= 0)) return null;
  return upperGamma(degrees / 2, x / 2);
}

/** Regularised upper incomplete gamma function Q(a, x).
 *  @source series and continued fraction, Abramowitz and Stegun 6.5.29, 6.5.31 (Lentz's method) */
function upperGamma(a: number, x: number): number {
  if (x === 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < 10_000 && term > 1e-17 * sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - scale * sum;
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b || tiny);
    c = b + step / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return scale * fraction;
}
