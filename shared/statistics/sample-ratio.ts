import { chiSquaredTail } from './chi-squared.ts';

/** Below this p the split of an experiment is not what was planned: something other than chance chose who is in which arm, and
 *  no difference between the arms can be read as an effect. */
export const SAMPLE_RATIO_LEVEL = 0.001;

export interface SampleRatioTest {
  /** Units expected per arm. */
  readonly expected: readonly number[];
  readonly chiSquared: number;
  readonly degrees: number;
  readonly p: number;
  readonly mismatch: boolean;
}

/** Chi-squared goodness of fit of the units per arm to planned shares (any positive numbers; equal where null). Null with fewer
 *  than two arms, without units, or where a share is not positive.
 *  @source Fabijan et al. 2019, sample ratio mismatch; as scipy chisquare */
export function sampleRatioTest(
  units: readonly number[],
  shares: readonly number[] | null = null,
): SampleRatioTest | null {
  const planned = shares ?? units.map(() => 1);
  const total = units.reduce((sum, n) => sum + n, 0);
  const all = planned.reduce((sum, share) => sum + share, 0);
  if (units.length < 2 || total === 0 || planned.length !== units.length) return null;
  if (!planned.every((share) => share > 0)) return null;
  const expected = planned.map((share) => (total * share) / all);
  const chiSquared = expected.reduce((sum, wanted, arm) => sum + (units[arm]! - wanted) ** 2 / wanted, 0);
  const degrees = units.length - 1;
  const p = chiSquaredTail(chiSquared, degrees)!;
  return { expected, chiSquared, degrees, p, mismatch: p < SAMPLE_RATIO_LEVEL };
}
