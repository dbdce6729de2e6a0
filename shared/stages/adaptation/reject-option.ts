import { wilsonInterval } from '../../statistics/wilson.ts';
import type { Estimate } from '../competitiveness/results.ts';
import { type CostRule, errorCost, expectedCost } from './expected-cost.ts';
import type { RejectOption } from './results.ts';

export interface Answers {
  /** Class indices [rows] and the probability of the answer. */
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  readonly confidence: Float32Array;
}

const CURVE_POINTS = 50;

/** Coverage and cost at each confidence that occurs, from answering all to answering none. */
interface CurvePoint {
  readonly confidence: number;
  readonly coverage: number;
  readonly acceptedAccuracy: number | null;
  readonly cost: number;
}

/** The curve of a rule on given answers. Confidences are compared in float32, as they are kept.
 *  @throws AppError 'stats.empty' */
export function rejectCurve(rule: CostRule, { actual, predicted, confidence }: Answers): CurvePoint[] {
  const n = actual.length;
  const order = Array.from({ length: n }, (_, row) => row).sort((a, b) => confidence[a]! - confidence[b]! || a - b);
  let cost = expectedCost(rule, actual, predicted, null) * n;
  let right = 0;
  actual.forEach((label, row) => {
    if (label === predicted[row]) right += 1;
  });
  const points: CurvePoint[] = [];
  for (let rejected = 0; rejected <= n; rejected++) {
    const next = order[rejected];
    const previous = order[rejected - 1];
    // A threshold can only lie between two different confidences.
    if (next === undefined || previous === undefined || confidence[next] !== confidence[previous]) {
      points.push({
        confidence: rejected === 0 ? 0 : next === undefined ? 1 : confidence[next]!,
        coverage: (n - rejected) / n,
        acceptedAccuracy: rejected === n ? null : right / (n - rejected),
        cost: cost / n,
      });
    }
    if (next === undefined) break;
    cost += (rule.humanLook ?? 0) - errorCost(rule, actual[next]!, predicted[next]!);
    if (actual[next] === predicted[next]) right -= 1;
  }
  // Sums of costs keep rounding errors of the last digits.
  return points.map((point) => ({ ...point, cost: Math.max(0, point.cost) }));
}

const TINY = 1e-12;

/** The confidence below which texts go to a person: least expected cost on dev, the widest coverage among equals; and what it comes to on test.
 *  Rejecting everything is not offered: then no model is needed.
 *  @throws AppError 'stats.empty' without dev rows   @source Chow 1970 */
export function chooseRejectOption(rule: CostRule, dev: Answers, test: Answers): RejectOption {
  const curve = rejectCurve(rule, dev);
  const offered = curve.filter(({ coverage }) => coverage > 0);
  const best = offered.reduce((least, point) => (point.cost < least.cost - TINY ? point : least));
  const accepted = Array.from(test.actual.keys()).filter((row) => test.confidence[row]! >= best.confidence);
  const right = accepted.filter((row) => test.actual[row] === test.predicted[row]).length;
  const every = Math.max(1, Math.ceil(curve.length / CURVE_POINTS));
  return {
    confidence: best.confidence,
    dev: {
      rows: dev.actual.length,
      coverage: best.coverage,
      acceptedAccuracy: best.acceptedAccuracy,
      cost: best.cost,
      costWithout: curve[0]!.cost,
    },
    test: {
      rows: test.actual.length,
      coverage: shareEstimate(accepted.length, test.actual.length) ?? { value: 0, low: 0, high: 0 },
      acceptedAccuracy: shareEstimate(right, accepted.length),
      cost: expectedCost(rule, test.actual, test.predicted, test.confidence, best.confidence),
      costWithout: expectedCost(rule, test.actual, test.predicted, null),
    },
    curve: curve.filter((_, i) => i % every === 0 || i === curve.length - 1),
  };
}

/** A share with its Wilson interval; null of nothing. */
export function shareEstimate(successes: number, n: number): Estimate | null {
  const interval = wilsonInterval(successes, n);
  return interval === null ? null : { value: successes / n, low: interval[0], high: interval[1] };
}
