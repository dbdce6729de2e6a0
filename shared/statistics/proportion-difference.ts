import { normalCdf } from './normal.ts';
import { wilsonInterval } from './wilson.ts';

/** People of one arm and how many of them succeeded. */
export interface ProportionGroup {
  readonly successes: number;
  readonly n: number;
}

/** An effect with its interval, the two-sided p of "no difference" and the standard error of its sampling distribution. */
export interface DifferenceEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Null where neither group varies. */
  readonly p: number | null;
  readonly standardError: number;
}

/** Share of `group` minus share of `reference`, on −1 … 1. Interval: Newcombe's hybrid score; p: z test with pooled
 *  variance; standard error unpooled. Null where a group is empty.
 *  @source Newcombe 1998 (method 10), as statsmodels confint_proportions_2indep('newcomb') and proportions_ztest */
export function proportionDifference(
  group: ProportionGroup,
  reference: ProportionGroup,
  level = 0.95,
): DifferenceEstimate | null {
  const interval = wilsonInterval(group.successes, group.n, level);
  const referenceInterval = wilsonInterval(reference.successes, reference.n, level);
  if (interval === null || referenceInterval === null) return null;
  const p1 = group.successes / group.n;
  const p2 = reference.successes / reference.n;
  const value = p1 - p2;
  const pooled = (group.successes + reference.successes) / (group.n + reference.n);
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / group.n + 1 / reference.n));
  return {
    value,
    low: value - Math.hypot(p1 - interval[0], referenceInterval[1] - p2),
    high: value + Math.hypot(interval[1] - p1, p2 - referenceInterval[0]),
    p: pooledError > 0 ? 2 * normalCdf(-Math.abs(value) / pooledError) : null,
    standardError: Math.sqrt((p1 * (1 - p1)) / group.n + (p2 * (1 - p2)) / reference.n),
  };
}
