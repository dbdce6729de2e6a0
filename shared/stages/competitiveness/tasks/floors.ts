import { type Rows, selectRows } from '../../../linear-algebra/sparse.ts';
import { chooseLinearHead, linearOutputs } from '../../../train/linear-head.ts';
import { outputsOf, taskScore } from '../../../train/text-task.ts';
import { type Answers, valuesOf, widthOf } from './measures.ts';
import { answersOf, type Reading, trainingTargets, tunedThresholds } from './outputs.ts';

export interface FloorRows {
  readonly task: Answers['task'];
  /** Labels or levels; 1 for a number. */
  readonly labels: number;
  /** Of all rows [rows, width]. */
  readonly values: Float32Array;
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
}

/** One answer for every test row: the labels that more than half of the training rows have, else the most frequent one; the median level; the mean. */
export function constantFloor(rows: FloorRows): Float32Array {
  const width = widthOf(rows);
  const known = valuesOf(rows, rows.train);
  const n = rows.train.length;
  let answer: Float32Array;
  if (rows.task === 'multi-label') {
    const counts = new Float64Array(width);
    known.forEach((value, i) => {
      counts[i % width]! += value;
    });
    answer = Float32Array.from(counts, (count) => Number(2 * count > n));
    if (answer.every((value) => value === 0)) answer[counts.indexOf(Math.max(...counts))] = 1;
  } else if (rows.task === 'ordinal') answer = Float32Array.of(known.slice().sort()[Math.floor((n - 1) / 2)]!);
  else answer = Float32Array.of(known.reduce((sum, value) => sum + value, 0) / n);
  return Float32Array.from({ length: rows.test.length * width }, (_, i) => answer[i % width]!);
}

/** A linear head (`fitLinearHead`) on what the texts are as they stand, its penalty and thresholds chosen on the dev rows. `vectors`: of the frozen
 *  encoder, of unit length, or TF-IDF of the terms. */
export function linearFloor(
  rows: FloorRows,
  vectors: Rows,
  scale: Reading['scale'],
  onProgress: (share: number) => void,
): { readonly predicted: Float32Array; readonly c: number } {
  const { task, labels, dev, test } = rows;
  const outputs = outputsOf(task, labels);
  const targets = trainingTargets({ task, labels, scale }, rows.values);
  const score = (found: Float32Array, wanted: Float32Array) => taskScore(task, found, wanted, outputs).score;
  const { head, c } = chooseLinearHead(task, vectors, targets, outputs, rows, score, onProgress);
  const outputsAt = (picked: Int32Array) => linearOutputs(head, selectRows(vectors, picked));
  const thresholds =
    task === 'multi-label'
      ? tunedThresholds(dev.length === 0 ? null : outputsAt(dev), valuesOf(rows, dev), labels)
      : null;
  return { predicted: answersOf({ task, labels, thresholds, scale }, outputsAt(test)), c };
}
