/** One point in time: a share's successes and n, or any value. */
export interface ControlValue {
  readonly value: number;
  readonly n: number;
  /** Whether it enters centre and spread. */
  readonly baseline: boolean;
}

export interface ControlLimits {
  readonly centre: number;
  readonly points: readonly {
    readonly lower: number;
    readonly upper: number;
    /** Western Electric rules that the point breaks, the last of its pattern. */
    readonly rules: readonly number[];
  }[];
}

/** Mean moving range of two over the standard deviation, for normal values. */
const D2 = 1.128;
const SIGMAS = 3;

/** Limits of shares at three standard errors of their own n around the baseline's common share, cut at 0 and 1. Null without a baseline.
 *  @source Shewhart's p chart, NIST/SEMATECH e-Handbook 6.3.3.2 */
export function shareLimits(points: readonly ControlValue[]): ControlLimits | null {
  const base = points.filter(({ baseline, n }) => baseline && n > 0);
  const n = base.reduce((sum, point) => sum + point.n, 0);
  if (n === 0) return null;
  const centre = base.reduce((sum, point) => sum + point.value * point.n, 0) / n;
  const sigma = points.map((point) => (point.n === 0 ? 0 : Math.sqrt((centre * (1 - centre)) / point.n)));
  return limits(points, centre, sigma, 0, 1);
}

/** Limits of single values at three standard deviations, estimated by the baseline's mean moving range, around its mean. Null with fewer than
 *  two points in the baseline.   @source NIST/SEMATECH e-Handbook 6.3.2.2 */
export function individualLimits(points: readonly ControlValue[]): ControlLimits | null {
  const base = points.filter(({ baseline }) => baseline).map(({ value }) => value);
  if (base.length < 2) return null;
  const centre = base.reduce((sum, value) => sum + value, 0) / base.length;
  const ranges = base.slice(1).map((value, at) => Math.abs(value - base[at]!));
  const sigma = ranges.reduce((sum, range) => sum + range, 0) / ranges.length / D2;
  return limits(
    points,
    centre,
    points.map(() => sigma),
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  );
}

function limits(
  points: readonly ControlValue[],
  centre: number,
  sigma: readonly number[],
  least: number,
  most: number,
): ControlLimits {
  const z = points.map(({ value }, at) => {
    const off = value - centre;
    if (sigma[at]! > 0) return off / sigma[at]!;
    return off === 0 ? 0 : Math.sign(off) * Number.POSITIVE_INFINITY;
  });
  return {
    centre,
    points: points.map((_, at) => ({
      lower: Math.max(least, centre - SIGMAS * sigma[at]!),
      upper: Math.min(most, centre + SIGMAS * sigma[at]!),
      rules: brokenRules(z, at),
    })),
  };
}

/** @source Western Electric, Statistical Quality Control Handbook, 1956: zone tests 1 to 4 */
const RULES = [
  { rule: 1, beyond: 3, of: 1, needed: 1 },
  { rule: 2, beyond: 2, of: 3, needed: 2 },
  { rule: 3, beyond: 1, of: 5, needed: 4 },
  { rule: 4, beyond: 0, of: 8, needed: 8 },
] as const;

function brokenRules(z: readonly number[], at: number): number[] {
  return RULES.filter(({ beyond, of, needed }) => {
    const side = Math.sign(z[at]!);
    const isBeyond = (value: number) => value * side > beyond;
    if (side === 0 || !isBeyond(z[at]!)) return false;
    return z.slice(Math.max(0, at - of + 1), at + 1).filter(isBeyond).length >= needed;
  }).map(({ rule }) => rule);
}
