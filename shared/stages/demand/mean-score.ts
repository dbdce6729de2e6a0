import { studentTQuantile } from '../../statistics/student-t.ts';
import { INTERVAL_LEVEL, type ScoreValue, scoreValue } from './score-value.ts';

/** Mean answer with Student's t interval; value null for no answers, interval null for fewer than two. */
export function meanScore(answers: readonly number[]): ScoreValue {
  const n = answers.length;
  if (n === 0) return scoreValue(0, null, null);
  const mean = answers.reduce((sum, answer) => sum + answer, 0) / n;
  if (n < 2) return scoreValue(n, mean, null);
  const variance = answers.reduce((sum, answer) => sum + (answer - mean) ** 2, 0) / (n - 1);
  const half = studentTQuantile(0.5 + INTERVAL_LEVEL / 2, n - 1)! * Math.sqrt(variance / n);
  return scoreValue(n, mean, [mean - half, mean + half]);
}
