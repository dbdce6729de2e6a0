import { meanAndDeviation, meanDifference } from '../../../statistics/mean-difference.ts';
import { normalCdf, normalQuantile } from '../../../statistics/normal.ts';
import { proportionDifference } from '../../../statistics/proportion-difference.ts';
import { customerSatisfactionScore, isTopAnswer } from '../../demand/csat.ts';
import { meanScore } from '../../demand/mean-score.ts';
import { netPromoterScore, npsCounts } from '../../demand/nps.ts';
import type { RatingScale } from '../../demand/rating-scale.ts';
import type { RoundDifference, RoundScoreType, ServiceEstimate } from '../results.ts';

/** A score of answers, with its interval. */
export function scoreOf(type: RoundScoreType, answers: readonly number[], scale: RatingScale): ServiceEstimate {
  if (type === 'nps') return netPromoterScore(answers);
  return type === 'csat' ? customerSatisfactionScore(answers, scale) : meanScore(answers);
}

type Difference = Pick<RoundDifference, 'difference' | 'low' | 'high' | 'p' | 'method'>;

/** How a score changed between two sets of answers, later minus earlier; null where one has too few. CSAT: Newcombe's interval and z test;
 *  NPS: normal interval and test of the difference of two multinomial scores; means: Welch. */
export function scoreDifference(
  type: RoundScoreType,
  earlier: readonly number[],
  later: readonly number[],
  scale: RatingScale,
  level: number,
): Difference | null {
  if (type === 'nps') return npsDifference(earlier, later, level);
  if (type === 'csat') {
    const group = (answers: readonly number[]) => ({
      successes: answers.filter((answer) => isTopAnswer(answer, scale)).length,
      n: answers.length,
    });
    const found = proportionDifference(group(later), group(earlier), level);
    if (found === null) return null;
    return { difference: found.value, low: found.low, high: found.high, p: found.p, method: 'newcombe' };
  }
  const [from, to] = [meanAndDeviation(earlier), meanAndDeviation(later)];
  if (from.mean === null || to.mean === null || from.sd === null || to.sd === null) return null;
  const found = meanDifference(
    { n: to.n, mean: to.mean, sd: to.sd },
    { n: from.n, mean: from.mean, sd: from.sd },
    level,
  );
  if (found === null) return null;
  return { difference: found.value, low: found.low, high: found.high, p: found.p, method: 'welch' };
}

/** Points of NPS (−200 … 200).   @source variance of a difference of multinomial shares, (p + d − (p − d)²)/n */
function npsDifference(earlier: readonly number[], later: readonly number[], level: number): Difference | null {
  if (earlier.length < 2 || later.length < 2) return null;
  const moments = (answers: readonly number[]) => {
    const { promoters, detractors } = npsCounts(answers);
    const n = answers.length;
    const net = (promoters - detractors) / n;
    return { net, variance: ((promoters + detractors) / n - net * net) / n };
  };
  const [from, to] = [moments(earlier), moments(later)];
  const difference = to.net - from.net;
  const error = Math.sqrt(from.variance + to.variance);
  const half = normalQuantile(0.5 + level / 2)! * error;
  return {
    difference: 100 * difference,
    low: 100 * (difference - half),
    high: 100 * (difference + half),
    p: error === 0 ? null : 2 * normalCdf(-Math.abs(difference) / error),
    method: 'multinomial',
  };
}
