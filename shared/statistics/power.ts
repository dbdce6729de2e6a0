import { logGamma } from './log-gamma.ts';
import { bisect, normalCdf, normalQuantile } from './normal.ts';
import { studentTQuantile } from './student-t.ts';

/** A two-sided comparison of two arms at confidence `level`. */
export interface PowerDesign {
  readonly level?: number;
  /** Units of the second arm per unit of the first; 1 where absent. */
  readonly ratio?: number;
}

const MOST_UNITS = 1e9;

/** Cohen's h of two proportions: the difference of arcsine-transformed shares.   @source Cohen 1988 */
function proportionEffectSize(share: number, reference: number): number {
  return 2 * Math.asin(Math.sqrt(share)) - 2 * Math.asin(Math.sqrt(reference));
}

function normalPower(effectSize: number, n: number, { level = 0.95, ratio = 1 }: PowerDesign): number {
  const z = normalQuantile(0.5 + level / 2)!;
  const shift = Math.abs(effectSize) * Math.sqrt(n / (1 + 1 / ratio));
  return normalCdf(shift - z) + normalCdf(-shift - z);
}

/** Chance that a two-sided z test of two shares finds a true difference, with `n` units in the first arm.
 *  @source as statsmodels NormalIndPower with proportion_effectsize */
export function proportionPower(baseline: number, effect: number, n: number, design: PowerDesign = {}): number {
  return normalPower(proportionEffectSize(baseline + effect, baseline), n, design);
}

/** Smallest whole number of units in the first arm with which that chance reaches `power`; null for no effect, or where the
 *  share would leave 0 … 1. */
export function proportionSampleSize(
  baseline: number,
  effect: number,
  power: number,
  design: PowerDesign = {},
): number | null {
  const other = baseline + effect;
  if (effect === 0 || !(baseline >= 0 && baseline <= 1) || !(other >= 0 && other <= 1)) return null;
  return wholeUnits((n) => proportionPower(baseline, effect, n, design), power, 0);
}

/** Smallest true difference of shares, upwards or downwards from the baseline, found with chance `power` by `n` units in the first
 *  arm; null where even 0 or 1 would not be found. */
export function detectableProportion(
  baseline: number,
  n: number,
  power: number,
  direction: 'up' | 'down',
  design: PowerDesign = {},
): number | null {
  if (!(n > 0) || !(baseline >= 0 && baseline <= 1)) return null;
  const furthest = direction === 'up' ? 1 - baseline : baseline;
  const found = (size: number) => proportionPower(baseline, direction === 'up' ? size : -size, n, design);
  if (furthest === 0 || found(furthest) < power) return null;
  return bisect(found, power, 0, furthest);
}

/** Chance that a two-sided t test finds a true difference of `effect` standard deviations, with `n` units in the first arm.
 *  @source as statsmodels TTestIndPower */
export function meanPower(effect: number, n: number, { level = 0.95, ratio = 1 }: PowerDesign = {}): number {
  const degrees = n * (1 + ratio) - 2;
  const critical = studentTQuantile(0.5 + level / 2, degrees);
  if (critical === null) return 0;
  return 1 - noncentralTWithin(critical, degrees, Math.abs(effect) * Math.sqrt(n / (1 + 1 / ratio)));
}

/** Smallest whole number of units in the first arm with which that chance reaches `power`; null for no effect. */
export function meanSampleSize(effect: number, power: number, design: PowerDesign = {}): number | null {
  if (effect === 0) return null;
  const fewest = 2 / (1 + (design.ratio ?? 1));
  return wholeUnits((n) => meanPower(effect, n, design), power, fewest);
}

/** Smallest true difference, in standard deviations, found with chance `power` by `n` units in the first arm. */
export function detectableMean(n: number, power: number, design: PowerDesign = {}): number | null {
  if (!(n * (1 + (design.ratio ?? 1)) > 2)) return null;
  let high = 1;
  while (meanPower(high, n, design) < power) {
    high *= 2;
    if (high > 1e6) return null;
  }
  return bisect((size) => meanPower(size, n, design), power, 0, high);
}

function wholeUnits(powerOf: (n: number) => number, power: number, above: number): number | null {
  let high = Math.max(2, above + 1);
  while (powerOf(high) < power) {
    high *= 2;
    if (high > MOST_UNITS) return null;
  }
  // Less a hair, so that an exact whole number does not become the next one by rounding.
  return Math.max(1, Math.ceil(bisect(powerOf, power, above, high) - 1e-9));
}

/** P(|T'| ≤ critical) for the noncentral t: Φ averaged over the density of s = √(χ²/ν), by Simpson's rule. */
function noncentralTWithin(critical: number, degrees: number, shift: number): number {
  const half = degrees / 2;
  const logScale = Math.log(2) + half * Math.log(half) - logGamma(half);
  const reach = 9 / Math.sqrt(2 * degrees);
  const from = Math.max(0, 1 - reach);
  const to = 1 + reach + 4 / degrees;
  const intervals = 600;
  const width = (to - from) / intervals;
  let sum = 0;
  for (let i = 0; i <= intervals; i++) {
    const s = from + i * width;
    if (s === 0) continue;
    const density = Math.exp(logScale + (degrees - 1) * Math.log(s) - half * s * s);
    const inside = normalCdf(critical * s - shift) - normalCdf(-critical * s - shift);
    sum += (i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2) * density * inside;
  }
  return (sum * width) / 3;
}
