import type { TrainBatch } from './spec.ts';

/** Rows `from` to `to` of a batch, padded as the whole of it. */
export function batchPart(batch: TrainBatch, from: number, to: number): TrainBatch {
  if (to - from === batch.rows) return batch;
  const { length, inputIds, attentionMask, tokenTypes, labels, targets, earlier, teacher } = batch;
  const rowsOf = (values: Float32Array) => {
    const width = values.length / batch.rows;
    return values.subarray(from * width, to * width);
  };
  return {
    rows: to - from,
    length,
    inputIds: inputIds.subarray(from * length, to * length),
    attentionMask: attentionMask.subarray(from * length, to * length),
    labels: labels.subarray(from, to),
    ...(tokenTypes === undefined ? {} : { tokenTypes: tokenTypes.subarray(from * length, to * length) }),
    ...(targets === undefined ? {} : { targets: rowsOf(targets) }),
    ...(earlier === undefined ? {} : { earlier: rowsOf(earlier) }),
    ...(teacher === undefined ? {} : { teacher: rowsOf(teacher) }),
  };
}

/** Borders of `parts` parts of `rows` rows, as even as can be and none of them empty. Runs of `together` rows are not divided. */
export function partBorders(
  rows: number,
  parts: number,
  together = 1,
): readonly (readonly [from: number, to: number])[] {
  const runs = rows / together;
  const count = Math.min(runs, parts);
  const border = (k: number) => together * Math.floor((k * runs) / count);
  return Array.from({ length: count }, (_, k) => [border(k), border(k + 1)]);
}
