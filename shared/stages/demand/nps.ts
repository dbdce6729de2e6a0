import { normalQuantile } from '../../statistics/normal.ts';
import { INTERVAL_LEVEL, type ScoreValue, scoreValue } from './score-value.ts';

export interface NpsCounts {
  /** Answers 0–6. */
  readonly detractors: number;
  /** Answers 7–8. */
  readonly passives: number;
  /** Answers 9–10. */
  readonly promoters: number;
}

export function npsCounts(answers: readonly number[]): NpsCounts {
  const promoters = answers.filter((answer) => answer >= 9).length;
  const passives = answers.filter((answer) => answer >= 7 && answer < 9).length;
  return { detractors: answers.length - promoters - passives, passives, promoters };
}

/** Net promoter score, 100 × (share of promoters − share of detractors), in −100 … 100, with the normal interval of the
 *  multinomial variance (p + d − (p − d)²)/n; value null for no answers, interval null for fewer than two.
 *  @source Reichheld 2003; variance of a difference of multinomial shares */
export function netPromoterScore(answers: readonly number[]): ScoreValue {
  const n = answers.length;
  if (n === 0) return scoreValue(0, null, null);
  const counts = npsCounts(answers);
  const [promoters, detractors] = [counts.promoters / n, counts.detractors / n];
  const difference = promoters - detractors;
  const half =
    normalQuantile(0.5 + INTERVAL_LEVEL / 2)! * Math.sqrt((promoters + detractors - difference * difference) / n);
  const low = Math.max(-1, difference - half);
  const high = Math.min(1, difference + half);
  return scoreValue(n, 100 * difference, n < 2 ? null : [100 * low, 100 * high]);
}
