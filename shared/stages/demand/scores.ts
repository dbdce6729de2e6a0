import { customerSatisfactionScore, isTopAnswer } from './csat.ts';
import { meanScore } from './mean-score.ts';
import { netPromoterScore, npsCounts } from './nps.ts';
import type { RatingScale } from './rating-scale.ts';
import type { Score } from './results.ts';
import { INTERVAL_LEVEL, type ScoreValue } from './score-value.ts';

export interface ScoreColumn {
  readonly datasetId: string;
  readonly columnId: string;
  readonly name: string;
  readonly type: Score['type'];
  readonly scale: RatingScale;
  /** Answer of each row; NaN where missing. */
  readonly answers: ArrayLike<number>;
  /** Period and segment of each row; null where unknown, absent where the dataset has none. */
  readonly periods?: readonly (string | null)[];
  readonly segments?: readonly (string | null)[];
}

/** A score with its interval, overall and by period and segment (in code unit order). The customer effort score (`ces`)
 *  is the mean answer. Answers off the scale count as missing. */
export function summariseScore(column: ScoreColumn): Score {
  const { type, scale } = column;
  const valid = Array.from({ length: column.answers.length }, (_, row) => row).filter((row) => {
    const answer = column.answers[row]!;
    return answer >= scale.low && answer <= scale.high;
  });
  const answersOf = (rows: readonly number[]) => rows.map((row) => column.answers[row]!);
  const scoreOf = (answers: readonly number[]): ScoreValue => {
    if (type === 'nps') return netPromoterScore(answers);
    return type === 'csat' ? customerSatisfactionScore(answers, scale) : meanScore(answers);
  };
  const answers = answersOf(valid);
  const counts = new Map<number, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return {
    datasetId: column.datasetId,
    columnId: column.columnId,
    name: column.name,
    type,
    level: INTERVAL_LEVEL,
    overall: scoreOf(answers),
    mean: meanScore(answers),
    missing: column.answers.length - valid.length,
    distribution: [...counts].sort((a, b) => a[0] - b[0]).map(([answer, count]) => ({ answer, count })),
    groups: groupsOf(type, answers, scale),
    periods: groupRows(valid, column.periods).map(([period, rows]) => ({ period, ...scoreOf(answersOf(rows)) })),
    segments: groupRows(valid, column.segments).map(([segment, rows]) => ({ segment, ...scoreOf(answersOf(rows)) })),
  };
}

function groupsOf(type: Score['type'], answers: readonly number[], scale: RatingScale): Score['groups'] {
  const n = answers.length;
  if (n === 0) return [];
  const group = (id: Score['groups'][number]['id'], count: number) => ({ id, count, share: count / n });
  if (type === 'nps') {
    const { detractors, passives, promoters } = npsCounts(answers);
    return [group('detractors', detractors), group('passives', passives), group('promoters', promoters)];
  }
  if (type !== 'csat') return [];
  const top = answers.filter((answer) => isTopAnswer(answer, scale)).length;
  return [group('top', top), group('other', n - top)];
}

function groupRows(rows: readonly number[], keys: readonly (string | null)[] | undefined): [string, number[]][] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = keys?.[row] ?? null;
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
