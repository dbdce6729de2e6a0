import { AppError } from '../../../errors/app-error.ts';

/** @throws AppError 'stats.empty' without rows; 'stats.shape' for unequal lengths */
export function requireRows(actual: Int32Array, predicted: Int32Array): void {
  if (actual.length === 0) throw new AppError('stats.empty', { what: 'predictions' });
  if (actual.length !== predicted.length)
    throw new AppError('stats.shape', {
      what: 'predictions',
      problem: `${predicted.length} for ${actual.length} rows`,
    });
}

/** K×K counts, row = actual class, column = predicted class, row-major.
 *  @throws AppError 'stats.empty' without rows; 'stats.shape' for unequal lengths or an index outside 0 … K − 1 */
export function confusionCounts(actual: Int32Array, predicted: Int32Array, classes: number): Float64Array {
  requireRows(actual, predicted);
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < actual.length; row++) {
    const a = actual[row]!;
    const p = predicted[row]!;
    if (!(a >= 0 && a < classes && p >= 0 && p < classes))
      throw new AppError('stats.shape', { what: 'classes', problem: `${a} → ${p} outside 0 … ${classes - 1}` });
    counts[a * classes + p]! += 1;
  }
  return counts;
}

export interface ClassMetrics {
  readonly label: string;
  /** Null where nothing was predicted as this class. */
  readonly precision: number | null;
  /** Null where no row has this class. */
  readonly recall: number | null;
  /** 2·tp / (support + predicted); null where both are 0. */
  readonly f1: number | null;
  readonly support: number;
  readonly predicted: number;
}

/** Precision, recall and F1 of each class of a K×K confusion matrix (row = actual). */
export function classMetrics(counts: Float64Array, labels: readonly string[]): ClassMetrics[] {
  const k = labels.length;
  return labels.map((label, i) => {
    let support = 0;
    let predicted = 0;
    for (let j = 0; j < k; j++) {
      support += counts[i * k + j]!;
      predicted += counts[j * k + i]!;
    }
    const hits = counts[i * k + i]!;
    return {
      label,
      precision: predicted === 0 ? null : hits / predicted,
      recall: support === 0 ? null : hits / support,
      f1: support + predicted === 0 ? null : (2 * hits) / (support + predicted),
      support,
      predicted,
    };
  });
}

/** Share of rows on the diagonal of a K×K confusion matrix. */
export function accuracyOf(counts: Float64Array, classes: number): number {
  let hits = 0;
  let rows = 0;
  for (let i = 0; i < counts.length; i++) {
    rows += counts[i]!;
    if (i % (classes + 1) === 0) hits += counts[i]!;
  }
  return hits / rows;
}

/** Unweighted mean of F1 over the classes that occur as actual or predicted. */
export function macroF1Of(counts: Float64Array, classes: number): number {
  let sum = 0;
  let occurring = 0;
  for (let i = 0; i < classes; i++) {
    let marginal = 0;
    for (let j = 0; j < classes; j++) marginal += counts[i * classes + j]! + counts[j * classes + i]!;
    if (marginal === 0) continue;
    sum += (2 * counts[i * classes + i]!) / marginal;
    occurring++;
  }
  return sum / occurring;
}

export interface ConfusedPair {
  readonly actual: number;
  readonly predicted: number;
  /** Indices of the rows that it counts, ascending. */
  readonly rows: readonly number[];
}

/** Off-diagonal cells with their rows, most rows first (ties: by actual, then predicted class), at most `limit`. */
export function mostConfused(actual: Int32Array, predicted: Int32Array, limit: number): ConfusedPair[] {
  const cells = new Map<string, { actual: number; predicted: number; rows: number[] }>();
  for (let row = 0; row < actual.length; row++) {
    const a = actual[row]!;
    const p = predicted[row]!;
    if (a === p) continue;
    const cell = cells.get(`${a}:${p}`);
    if (cell === undefined) cells.set(`${a}:${p}`, { actual: a, predicted: p, rows: [row] });
    else cell.rows.push(row);
  }
  return [...cells.values()]
    .sort((x, y) => y.rows.length - x.rows.length || x.actual - y.actual || x.predicted - y.predicted)
    .slice(0, limit);
}
