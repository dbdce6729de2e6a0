import { AppError } from '../../../errors/app-error.ts';
import type { Rng } from '../../../rng.ts';
import { quantileOfSorted } from '../../../statistics/quantile.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import { percentileEstimate } from '../evaluation/percentile.ts';
import { resampleCounts } from '../evaluation/resample-counts.ts';
import type { Estimate } from '../results.ts';
import { type Answers, weightedFigures, widthOf } from './measures.ts';
import { type LabelMetrics, TASK_MEASURES, type TaskEvaluation, type TaskFigure, type TaskMeasure } from './results.ts';

/** Fewer than for the accuracy of classes: every resample walks through the rows. */
export const TASK_RESAMPLES = 2000;

type Figures = Readonly<Partial<Record<TaskMeasure, number | null>>>;

/** Everything that is reported of one model on the locked test rows, with 95 % percentile intervals of a bootstrap over rows. `names` are the labels
 *  or levels. @throws AppError 'stats.empty' without rows, 'stats.shape'   @source Efron and Tibshirani 1993, chapter 13 */
export function evaluateTask(answers: Answers, names: readonly string[], rng: Rng): TaskEvaluation {
  const rows = requireRows(answers);
  const figuresOf = weightedFigures(answers);
  const figures = bootstrapFigures(answers, rows, (weights) => figuresOf(weights), rng);
  const common = { rows, resamples: TASK_RESAMPLES, figures };
  if (answers.task === 'multi-label') {
    return {
      task: 'multi-label',
      ...common,
      perLabel: names.map((label, at) => labelMetrics(answers, at, label, rng)),
    };
  }
  if (answers.task === 'ordinal') {
    const confusion = names.map(() => new Array<number>(names.length).fill(0));
    answers.actual.forEach((level, row) => {
      confusion[level]![answers.predicted[row]!]!++;
    });
    return { task: 'ordinal', ...common, levels: [...names], confusion };
  }
  const errors = Float64Array.from(answers.actual, (value, row) => Math.abs(value - answers.predicted[row]!)).sort();
  return {
    task: 'regression',
    ...common,
    errors: { p50: quantileOfSorted(errors, 0.5)!, p90: quantileOfSorted(errors, 0.9)! },
  };
}

/** Differences (`answers` minus `reference`, on the same rows) of every figure: each resample takes the same rows for both.
 *  @throws AppError 'stats.empty', 'stats.shape' */
export function compareTask(answers: Answers, reference: Float32Array, rng: Rng): readonly TaskFigure[] {
  const rows = requireRows(answers);
  requireRows({ ...answers, predicted: reference });
  const ours = weightedFigures(answers);
  const theirs = weightedFigures({ ...answers, predicted: reference });
  const difference = (weights: ArrayLike<number>): Figures => {
    const [a, b] = [ours(weights), theirs(weights)];
    const pairs = TASK_MEASURES[answers.task].map((measure) => [measure, less(a[measure], b[measure])] as const);
    return Object.fromEntries(pairs);
  };
  return bootstrapFigures(answers, rows, difference, rng);
}

const less = (a: number | null | undefined, b: number | null | undefined) => (a == null || b == null ? null : a - b);

function requireRows({ actual, predicted, ...rest }: Answers): number {
  if (actual.length === 0) throw new AppError('stats.empty', { what: 'test rows' });
  if (actual.length !== predicted.length) {
    throw new AppError('stats.shape', { what: 'answers', problem: `${predicted.length} for ${actual.length}` });
  }
  return actual.length / widthOf(rest);
}

/** Resamples in which a figure is not defined are left out of its interval. */
function bootstrapFigures(
  { task }: Answers,
  rows: number,
  figuresOf: (weights: ArrayLike<number>) => Figures,
  rng: Rng,
): TaskFigure[] {
  const measures = TASK_MEASURES[task];
  const found = figuresOf(new Float64Array(rows).fill(1));
  const draws = measures.map((): number[] => []);
  const weights = new Float64Array(rows);
  for (let draw = 0; draw < TASK_RESAMPLES; draw++) {
    weights.fill(0);
    for (let i = 0; i < rows; i++) weights[rng.int(rows)]!++;
    const drawn = figuresOf(weights);
    measures.forEach((measure, at) => {
      const value = drawn[measure];
      if (value != null) draws[at]!.push(value);
    });
  }
  return measures.map((measure, at) => {
    const value = found[measure];
    const estimate = value == null ? null : percentileEstimate(value, Float64Array.from(draws[at]!));
    return { measure, estimate };
  });
}

/** Precision, recall and F1 of one label. */
function labelMetrics({ actual, predicted, labels }: Answers, at: number, label: string, rng: Rng): LabelMetrics {
  const cells = { hit: 0, missed: 0, wrong: 0, neither: 0 };
  for (let i = at; i < actual.length; i += labels) {
    const has = actual[i] === 1;
    if (predicted[i] === 1) cells[has ? 'hit' : 'wrong']++;
    else cells[has ? 'missed' : 'neither']++;
  }
  const { hit, missed, wrong } = cells;
  const [support, named] = [hit + missed, hit + wrong];
  return {
    label,
    support,
    predicted: named,
    precision: proportion(hit, named),
    recall: proportion(hit, support),
    f1: support + named === 0 ? null : f1Interval([hit, missed, wrong, cells.neither], rng),
  };
}

function proportion(successes: number, n: number): Estimate | null {
  const interval = wilsonInterval(successes, n);
  return interval === null ? null : { value: successes / n, low: interval[0], high: interval[1] };
}

/** 2·tp / (2·tp + fn + fp) of counts that are redrawn: rows of one cell are alike. */
function f1Interval(counts: readonly [number, number, number, number], rng: Rng): Estimate {
  const f1Of = ([hit, missed, wrong]: ArrayLike<number> & Iterable<number>) =>
    (2 * hit!) / (2 * hit! + missed! + wrong!);
  const drawn = new Float64Array(counts.length);
  const draws: number[] = [];
  for (let draw = 0; draw < TASK_RESAMPLES; draw++) {
    resampleCounts(counts, drawn, rng);
    const value = f1Of(drawn);
    if (Number.isFinite(value)) draws.push(value);
  }
  return percentileEstimate(f1Of(counts), Float64Array.from(draws));
}
