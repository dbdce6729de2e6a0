import { ascending } from '../../../statistics/kolmogorov-smirnov.ts';

export interface ErrorCosts {
  /** Of an event that was not flagged, and of a row flagged without the event. */
  readonly missed: number;
  readonly falseAlarm: number;
}

export function costOf(event: number, flagged: boolean, { missed, falseAlarm }: ErrorCosts): number {
  if (event === 1) return flagged ? 0 : missed;
  return flagged ? falseAlarm : 0;
}

/** The probability from which flagging costs least on these rows; of equally cheap ones the lowest. Between two scores it stands half-way, 1 flags
 *  nobody. `order` are the rows by ascending score, `weights` how often each counts.   @source expected cost, Elkan 2001 */
export function cheapestThreshold(
  event: Uint8Array,
  score: Float64Array,
  costs: ErrorCosts,
  order: Int32Array = ascending(score),
  weights?: ArrayLike<number>,
): number {
  // From flagging everybody upwards: each row passed is no longer flagged. Only differences matter.
  let [cost, least, threshold] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    for (; to < order.length && score[order[to]!] === score[order[from]!]; to++) {
      const weight = weights?.[order[to]!] ?? 1;
      cost += weight * (event[order[to]!] === 1 ? costs.missed : -costs.falseAlarm);
    }
    if (cost < least - 1e-12) {
      least = cost;
      threshold = to === order.length ? 1 : (score[order[from]!]! + score[order[to]!]!) / 2;
    }
    from = to;
  }
  return threshold;
}

const CURVE_STEPS = 50;

/** Mean cost of a row by threshold, the mean over the repeats. */
export function costCurve(event: Uint8Array, scores: readonly Float64Array[], costs: ErrorCosts) {
  return Array.from({ length: CURVE_STEPS + 1 }, (_, step) => {
    const threshold = step / CURVE_STEPS;
    let sum = 0;
    for (const score of scores) {
      score.forEach((probability, row) => {
        sum += costOf(event[row]!, probability >= threshold, costs);
      });
    }
    return { threshold, cost: sum / (event.length * scores.length) };
  });
}
