import { individualLimits, shareLimits } from '../../../statistics/control-chart.ts';
import type { RatingScale } from '../../demand/rating-scale.ts';
import type { ServiceNotice } from '../notices.ts';
import {
  type ControlChart,
  ROUND_SCORE_TYPES,
  type Round,
  type RoundDifference,
  type RoundScoreType,
  type RoundSeries,
  type RoundsComputed,
} from '../results.ts';
import { scoreDifference, scoreOf } from './compare-scores.ts';

export interface RoundColumn {
  readonly columnId: string;
  readonly name: string;
  readonly types: readonly RoundScoreType[];
  readonly scale: RatingScale;
  /** Answer of each row that cleaning kept; NaN where missing. */
  readonly answers: ArrayLike<number>;
}

export interface RoundSource {
  readonly datasetId: string;
  /** Rows that cleaning kept. */
  readonly rows: number;
  /** Month of each row; null without dates. */
  readonly months: readonly (string | null)[] | null;
  readonly columns: readonly RoundColumn[];
}

export interface RoundInput extends Round {
  readonly sources: readonly RoundSource[];
}

interface Answer {
  readonly value: number;
  readonly month: string | null;
}

interface Asked {
  readonly round: RoundInput;
  readonly columns: { readonly datasetId: string; readonly columnId: string }[];
  base: number;
  readonly answers: Answer[];
}

interface Question {
  readonly id: string;
  readonly type: RoundScoreType;
  readonly name: string;
  readonly scale: RatingScale;
  readonly asked: Asked[];
}

const LEVEL = 0.95;
const FEWEST_POINTS = 3;
const FEWEST_ANSWERS = 5;
const LOW_BASE = 30;

/** Scores of feedback rounds in order of their dates, each against the one before, with control limits. Answers to one question are put
 *  together across a round's datasets; the same question is found in another round by its name, or, where every round asks one of that kind
 *  only, by the kind. */
export function computeRounds(rounds: readonly RoundInput[]): RoundsComputed {
  const ordered = [...rounds].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id < b.id ? -1 : 1));
  const notices: ServiceNotice[] = [];
  const questions = questionsOf(ordered);
  for (const round of ordered) {
    const isAsked = questions.some(({ asked }) =>
      asked.some((of) => of.round.id === round.id && of.answers.length > 0),
    );
    if (!isAsked) notices.push({ code: 'round-without-scores', severity: 'warning', params: { round: round.name } });
  }
  const series = questions.map((question): RoundSeries => {
    const { id, type, name, scale, asked } = question;
    const scored = asked.map(({ round, columns, base, answers }) => {
      const values = answers.map(({ value }) => value);
      const score = scoreOf(type, values, scale);
      if (type !== 'item' && score.n > 0 && score.n < LOW_BASE)
        notices.push({ code: 'low-base', severity: 'info', params: { round: round.name, score: name, n: score.n } });
      const counts = new Map<number, number>();
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      return {
        roundId: round.id,
        columns,
        base,
        responseShare: base === 0 ? null : score.n / base,
        score,
        distribution: [...counts].sort((a, b) => a[0] - b[0]).map(([answer, count]) => ({ answer, count })),
      };
    });
    return { id, type, name, scale, rounds: scored, differences: differencesOf(question), chart: chartOf(question) };
  });
  for (const { type, name, chart } of series) {
    if (chart !== null || type === 'item') continue;
    const points = pointsOf(questions.find((question) => question.name === name && question.type === type)!).length;
    notices.push({ code: 'too-few-points', severity: 'info', params: { score: name, points, needed: FEWEST_POINTS } });
  }
  return {
    level: LEVEL,
    rounds: ordered.map(({ sources, ...round }) => ({
      ...round,
      rows: sources.reduce((sum, source) => sum + source.rows, 0),
    })),
    series,
    notices,
  };
}

function questionsOf(rounds: readonly RoundInput[]): Question[] {
  const namesOf = (type: RoundScoreType) =>
    rounds.map((round) => {
      const columns = round.sources.flatMap((source) => source.columns).filter(({ types }) => types.includes(type));
      return new Set(columns.map(({ name }) => nameForm(name))).size;
    });
  const oneOfAKind = new Map(
    ROUND_SCORE_TYPES.map((type) => [type, type !== 'item' && namesOf(type).every((names) => names <= 1)]),
  );
  const questions = new Map<string, Question>();
  for (const round of rounds) {
    for (const source of round.sources) {
      for (const column of source.columns) {
        for (const type of column.types) {
          const { scale } = column;
          const what = oneOfAKind.get(type) === true ? type : `${type}:${nameForm(column.name)}`;
          const id = `${what}@${scale.low}-${scale.high}`;
          const known = questions.get(id) ?? { id, type, name: column.name, scale, asked: [] };
          questions.set(id, known);
          let asked = known.asked.find((of) => of.round.id === round.id);
          if (asked === undefined) {
            asked = { round, columns: [], base: 0, answers: [] };
            known.asked.push(asked);
          }
          asked.columns.push({ datasetId: source.datasetId, columnId: column.columnId });
          asked.base += source.rows;
          for (let row = 0; row < column.answers.length; row++) {
            const value = column.answers[row]!;
            if (value >= scale.low && value <= scale.high)
              asked.answers.push({ value, month: source.months?.[row] ?? null });
          }
        }
      }
    }
  }
  return [...questions.values()].sort((a, b) => ROUND_SCORE_TYPES.indexOf(a.type) - ROUND_SCORE_TYPES.indexOf(b.type));
}

function nameForm(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function differencesOf({ type, scale, asked }: Question): RoundDifference[] {
  const answered = asked.filter(({ answers }) => answers.length > 0);
  return answered.slice(1).flatMap((to, at) => {
    const from = answered[at]!;
    const [earlier, later] = [from, to].map(({ answers }) => answers.map(({ value }) => value)) as [number[], number[]];
    const found = scoreDifference(type, earlier, later, scale, LEVEL);
    if (found === null) return [];
    const isUp = type === 'csat' || type === 'nps' || scale.direction === 'higher-is-better';
    const clear = found.low !== null && found.high !== null && (found.low > 0 || found.high < 0);
    const verdict = clear ? (found.difference > 0 === isUp ? 'better' : 'worse') : 'unclear';
    return [
      {
        fromRoundId: from.round.id,
        toRoundId: to.round.id,
        fromN: earlier.length,
        toN: later.length,
        ...found,
        verdict,
      },
    ];
  });
}

interface Point {
  readonly at: string;
  readonly roundId: string;
  readonly values: readonly number[];
}

/** Rounds, or, with fewer than three, their months. A month with hardly any answer is no point. */
function pointsOf({ asked }: Question): readonly Point[] {
  const answered = asked.filter(({ answers }) => answers.length > 0);
  if (answered.length >= FEWEST_POINTS) {
    return answered.map(({ round, answers }) => ({
      at: round.id,
      roundId: round.id,
      values: answers.map(({ value }) => value),
    }));
  }
  const months = new Map<string, { roundId: string; values: number[] }>();
  for (const { round, answers } of answered) {
    for (const { month, value } of answers) {
      if (month === null) continue;
      const known = months.get(month) ?? { roundId: round.id, values: [] };
      known.values.push(value);
      months.set(month, known);
    }
  }
  return [...months]
    .filter(([, { values }]) => values.length >= FEWEST_ANSWERS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, point]) => ({ at, ...point }));
}

function chartOf(question: Question): ControlChart | null {
  const { type, scale, asked } = question;
  const points = pointsOf(question);
  if (points.length < FEWEST_POINTS) return null;
  const by = asked.filter(({ answers }) => answers.length > 0).length >= FEWEST_POINTS ? 'round' : 'month';
  const firstRound = points[0]!.roundId;
  const ofFirst = points.filter(({ roundId }) => roundId === firstRound).length;
  const baseline = by === 'month' && ofFirst >= FEWEST_POINTS ? 'first-round' : 'all';
  const values = points.map(({ roundId, values: answers }) => ({
    value: scoreOf(type, answers, scale).value ?? 0,
    n: answers.length,
    baseline: baseline === 'all' || roundId === firstRound,
  }));
  const limits = type === 'csat' ? shareLimits(values) : individualLimits(values);
  if (limits === null) return null;
  return {
    type: type === 'csat' ? 'p' : 'individuals',
    by,
    centre: limits.centre,
    baseline,
    points: points.map(({ at, roundId }, index) => ({
      at,
      roundId,
      ...values[index]!,
      lowerLimit: limits.points[index]!.lower,
      upperLimit: limits.points[index]!.upper,
      rules: [...limits.points[index]!.rules],
    })),
  };
}
