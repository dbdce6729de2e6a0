import { type Rng, shuffle } from '../../../rng.ts';

export interface TableSplit {
  readonly repeat: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Repeated stratified cross-validation: in each repeat every row is tested once, and every part has the same share of events. Rows that are
 *  alike (`sameAs`: the first such row) stay in one part, so that no model is tested on a copy of what it learnt.
 *  @source stratification as in scikit-learn's RepeatedStratifiedKFold */
export function repeatedStratifiedFolds(
  event: Uint8Array,
  sameAs: Int32Array,
  folds: number,
  repeats: number,
  rng: Rng,
): readonly TableSplit[] {
  const splits: TableSplit[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const part = foldOfRows(event, sameAs, folds, rng);
    for (let fold = 0; fold < folds; fold++) {
      splits.push({
        repeat,
        train: Int32Array.from(part.keys()).filter((row) => part[row] !== fold),
        test: Int32Array.from(part.keys()).filter((row) => part[row] === fold),
      });
    }
  }
  return splits;
}

/** Part of each row, 0 … folds − 1. */
export function foldOfRows(event: Uint8Array, sameAs: Int32Array, folds: number, rng: Rng): Uint8Array {
  const part = new Uint8Array(event.length);
  const leaders = Int32Array.from(event.keys()).filter((row) => sameAs[row] === row);
  for (const kind of [0, 1]) {
    const order = shuffle(
      leaders.filter((row) => event[row] === kind),
      rng,
    );
    // Each class begins where the one before ended, so that parts differ by one row at most.
    const from = kind === 0 ? 0 : leaders.length - order.length;
    order.forEach((row, at) => {
      part[row] = (from + at) % folds;
    });
  }
  return part.map((_, row) => part[sameAs[row]!]!);
}

export const eachItself = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);
