import { normalQuantile } from './normal.ts';

export interface SurvivalPoint {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  /** Share that has not yet had the event just after this time. */
  readonly surviving: number;
  /** Log-log interval; null at 0, where the variance is not defined. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Kaplan and Meier's estimate over times, some of them censored (`observed` false: no event up to then). One point for each time with an
 *  event; empty without events. Censored at the same time as an event counts as still at risk.
 *  @source Kaplan and Meier 1958; Greenwood's variance; log-log interval as R survfit(conf.type = "log-log") and lifelines */
export function kaplanMeier(
  times: ArrayLike<number>,
  observed: ArrayLike<boolean>,
  level = 0.95,
): readonly SurvivalPoint[] {
  const z = normalQuantile(0.5 + level / 2)!;
  const order = Array.from({ length: times.length }, (_, i) => i).sort((a, b) => times[a]! - times[b]!);
  const points: SurvivalPoint[] = [];
  let surviving = 1;
  let greenwood = 0;
  for (let from = 0; from < order.length; ) {
    const time = times[order[from]!]!;
    let to = from;
    let events = 0;
    for (; to < order.length && times[order[to]!] === time; to++) if (observed[order[to]!]) events += 1;
    const atRisk = order.length - from;
    if (events > 0) {
      surviving *= 1 - events / atRisk;
      greenwood += atRisk === events ? Number.POSITIVE_INFINITY : events / (atRisk * (atRisk - events));
      const defined = surviving > 0;
      const half = (z * Math.sqrt(greenwood)) / Math.log(surviving);
      points.push({
        time,
        atRisk,
        events,
        surviving,
        low: defined ? surviving ** Math.exp(-half) : null,
        high: defined ? surviving ** Math.exp(half) : null,
      });
    }
    from = to;
  }
  return points;
}

/** First time at which no more than half are left, with the interval of Brookmeyer and Crowley (where the curve's own interval crosses
 *  one half); null where the curve, or its bound, never comes down so far.   @source Brookmeyer and Crowley 1982 */
export function medianSurvival(curve: readonly SurvivalPoint[]): {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
} {
  // Where nobody is left the interval is not defined: its lower end has passed one half by then, its upper end is not known to have.
  return {
    value: curve.find(({ surviving }) => surviving <= 0.5)?.time ?? null,
    low: curve.find(({ low }) => (low ?? 0) <= 0.5)?.time ?? null,
    high: curve.find(({ high }) => (high ?? 1) <= 0.5)?.time ?? null,
  };
}
