import { AppError } from '../../../errors/app-error.ts';
import { predictedClasses } from '../../../train/evaluation.ts';
import type { Sensitivity } from '../results.ts';

export interface SensitivityInput {
  /** Class index per row [rows]. */
  readonly actual: Int32Array;
  readonly classes: number;
  /** Logits [rows, classes] of the model as it is. */
  readonly reference: Float32Array;
  /** Logits with one part of the model changed. */
  readonly groups: readonly { readonly group: string; readonly logits: Float32Array }[];
}

/** How much each part moves the answers when it alone is compressed, most first. The change of logits is relative to their spread within rows,
 *  because adding one number to a row changes no answer. @throws AppError 'stats.empty' without rows, 'stats.shape' */
export function sensitivity({ actual, classes, reference, groups }: SensitivityInput): Sensitivity {
  const rows = actual.length;
  if (rows === 0) throw new AppError('stats.empty', { what: 'dev rows' });
  for (const { length } of [reference, ...groups.map(({ logits }) => logits)]) {
    if (length !== rows * classes)
      throw new AppError('stats.shape', { what: 'logits', problem: `${length} for ${rows} rows of ${classes}` });
  }
  const spread = Math.sqrt(centredSquares(reference, classes));
  const before = predictedClasses(reference, classes);
  const measured = groups.map(({ group, logits }) => {
    const after = predictedClasses(logits, classes);
    const change = logits.map((value, at) => value - reference[at]!);
    return {
      group,
      logitChange: spread === 0 ? 0 : Math.sqrt(centredSquares(change, classes)) / spread,
      changedRows: after.reduce((sum, label, row) => sum + Number(label !== before[row]), 0),
      accuracyChange: (right(after, actual) - right(before, actual)) / rows,
    };
  });
  return { rows, groups: measured.sort((a, b) => b.logitChange - a.logitChange) };
}

/** Σ (value − mean of its row)². */
function centredSquares(values: Float32Array, width: number): number {
  let sum = 0;
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const mean = row.reduce((total, value) => total + value, 0) / width;
    for (const value of row) sum += (value - mean) ** 2;
  }
  return sum;
}

const right = (predicted: Int32Array, actual: Int32Array) =>
  predicted.reduce((sum, label, row) => sum + Number(label === actual[row]), 0);
