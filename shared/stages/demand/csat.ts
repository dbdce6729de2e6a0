import { wilsonInterval } from '../../statistics/wilson.ts';
import type { RatingScale } from './rating-scale.ts';
import { INTERVAL_LEVEL, type ScoreValue, scoreValue } from './score-value.ts';

/** Whether an answer is among the best two of its scale (of up to four points: the best one). */
export function isTopAnswer(answer: number, scale: RatingScale): boolean {
  const boxes = scale.high - scale.low + 1 <= 4 ? 1 : 2;
  return scale.direction === 'higher-is-better' ? answer > scale.high - boxes : answer < scale.low + boxes;
}

/** Customer satisfaction score: share of top answers, 0–1, with Wilson's interval; null for no answers. */
export function customerSatisfactionScore(answers: readonly number[], scale: RatingScale): ScoreValue {
  const n = answers.length;
  const top = answers.filter((answer) => isTopAnswer(answer, scale)).length;
  return scoreValue(n, n === 0 ? null : top / n, wilsonInterval(top, n, INTERVAL_LEVEL));
}
