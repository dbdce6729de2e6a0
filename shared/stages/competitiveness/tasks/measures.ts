import { selectRows } from '../../../linear-algebra/sparse.ts';
import { quadraticKappa } from '../../../statistics/weighted-kappa.ts';
import type { TextTask } from '../../../train/text-task.ts';
import type { TaskMeasure } from './results.ts';

/** The figures of a task as functions of how often each row counts: 1 everywhere, or as a resample draws them. Null where one is not defined. */
export type WeightedFigures = (weights: ArrayLike<number>) => Readonly<Partial<Record<TaskMeasure, number | null>>>;

/** Both [rows, width]: 0/1 for each label; a level from 0, or a number, with a width of 1. */
export interface Answers {
  readonly task: TextTask;
  readonly actual: Float32Array;
  readonly predicted: Float32Array;
  /** Labels, or levels; 1 for a number. */
  readonly labels: number;
}

/** Values of a row: one for each label, else one. */
export const widthOf = ({ task, labels }: Pick<Answers, 'task' | 'labels'>) => (task === 'multi-label' ? labels : 1);

/** Values [picked, width] of some rows of `values` [rows, width]. */
export const valuesOf = (
  { values, ...of }: Pick<Answers, 'task' | 'labels'> & { readonly values: Float32Array },
  picked: Int32Array,
): Float32Array => selectRows({ type: 'dense', rows: 0, columns: widthOf(of), value: values }, picked).value;

export function weightedFigures(answers: Answers): WeightedFigures {
  switch (answers.task) {
    case 'multi-label':
      return multiLabelFigures(answers);
    case 'ordinal':
      return ordinalFigures(answers);
    case 'regression':
      return regressionFigures(answers);
  }
}

/** Micro-F1 2·Σtp / Σ(2·tp + fp + fn) over all labels; macro-F1, the mean of the labels' F1 over labels that occur or are named; share of rows with
 *  every label right; share of row–label pairs that are wrong. @source scikit-learn f1_score, accuracy_score, hamming_loss */
function multiLabelFigures({ actual, predicted, labels }: Answers): WeightedFigures {
  const rows = actual.length / labels;
  // Most cells are "neither"; only the others are walked through in a resample.
  const starts = new Int32Array(rows + 1);
  const cells: number[] = [];
  const wrong = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let label = 0; label < labels; label++) {
      const at = row * labels + label;
      if (actual[at] === 0 && predicted[at] === 0) continue;
      const hit = actual[at] === predicted[at];
      if (!hit) wrong[row]!++;
      cells.push(2 * label + Number(hit));
    }
    starts[row + 1] = cells.length;
  }
  const hits = new Float64Array(labels);
  const misses = new Float64Array(labels);
  return (weights) => {
    hits.fill(0);
    misses.fill(0);
    let n = 0;
    let exact = 0;
    let wrongCells = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      n += weight;
      wrongCells += weight * wrong[row]!;
      if (wrong[row] === 0) exact += weight;
      for (let i = starts[row]!; i < starts[row + 1]!; i++) {
        const cell = cells[i]!;
        (cell % 2 === 1 ? hits : misses)[cell >> 1]! += weight;
      }
    }
    let tp = 0;
    let off = 0;
    let sum = 0;
    let seen = 0;
    for (let label = 0; label < labels; label++) {
      tp += hits[label]!;
      off += misses[label]!;
      if (hits[label]! + misses[label]! === 0) continue;
      seen++;
      sum += (2 * hits[label]!) / (2 * hits[label]! + misses[label]!);
    }
    return {
      microF1: tp + off === 0 ? null : (2 * tp) / (2 * tp + off),
      macroF1: seen === 0 ? null : sum / seen,
      exactMatch: exact / n,
      hammingLoss: wrongCells / (n * labels),
    };
  };
}

/** Quadratic kappa, mean absolute difference of levels, share right, share at most one level off. */
function ordinalFigures({ actual, predicted, labels: levels }: Answers): WeightedFigures {
  const counts = new Float64Array(levels * levels);
  return (weights) => {
    counts.fill(0);
    let n = 0;
    let off = 0;
    let right = 0;
    let near = 0;
    actual.forEach((level, row) => {
      const weight = weights[row]!;
      const distance = Math.abs(level - predicted[row]!);
      counts[level * levels + predicted[row]!]! += weight;
      n += weight;
      off += weight * distance;
      if (distance === 0) right += weight;
      if (distance <= 1) near += weight;
    });
    return { quadraticKappa: quadraticKappa(counts, levels), mae: off / n, accuracy: right / n, withinOne: near / n };
  };
}

/** R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)² (null where y does not vary), mean absolute and root mean square error, and Spearman's ρ, the correlation of
 *  mid-ranks (null where either does not vary). @source scikit-learn r2_score; Spearman 1904, ties as scipy.stats.spearmanr */
function regressionFigures({ actual, predicted }: Answers): WeightedFigures {
  const orders = [ascending(actual), ascending(predicted)] as const;
  const ranks = [new Float64Array(actual.length), new Float64Array(actual.length)] as const;
  return (weights) => {
    let n = 0;
    let sum = 0;
    actual.forEach((value, row) => {
      n += weights[row]!;
      sum += weights[row]! * value;
    });
    const mean = sum / n;
    let spread = 0;
    let square = 0;
    let absolute = 0;
    actual.forEach((value, row) => {
      const error = value - predicted[row]!;
      spread += weights[row]! * (value - mean) ** 2;
      square += weights[row]! * error ** 2;
      absolute += weights[row]! * Math.abs(error);
    });
    midRanks(actual, orders[0], weights, ranks[0]);
    midRanks(predicted, orders[1], weights, ranks[1]);
    return {
      r2: spread === 0 ? null : 1 - square / spread,
      mae: absolute / n,
      rmse: Math.sqrt(square / n),
      spearman: correlation(ranks[0], ranks[1], weights, n),
    };
  };
}

const ascending = (values: Float32Array) =>
  Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);

/** The mean place of each row among rows that count `weights` times each. */
function midRanks(values: Float32Array, order: Int32Array, weights: ArrayLike<number>, ranks: Float64Array): void {
  let before = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    while (to < order.length && values[order[to]!] === values[order[from]!]) tied += weights[order[to++]!]!;
    for (let i = from; i < to; i++) ranks[order[i]!] = before + (tied + 1) / 2;
    before += tied;
    from = to;
  }
}

function correlation(x: Float64Array, y: Float64Array, weights: ArrayLike<number>, n: number): number | null {
  // Mid-ranks have the same mean, (n + 1)/2, whatever is tied.
  const mean = (n + 1) / 2;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let row = 0; row < x.length; row++) {
    const [a, b] = [x[row]! - mean, y[row]! - mean];
    xx += weights[row]! * a * a;
    yy += weights[row]! * b * b;
    xy += weights[row]! * a * b;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
