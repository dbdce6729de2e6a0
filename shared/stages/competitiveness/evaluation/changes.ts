/** Test rows by what a run does against a reference, each list ascending. */
export interface RowChanges {
  /** Right now, wrong under the reference. */
  readonly fixed: readonly number[];
  /** Wrong now, right under the reference. */
  readonly broken: readonly number[];
  readonly bothRight: readonly number[];
  readonly bothWrong: readonly number[];
}

/** 1 where a prediction is the actual class, else 0. */
export function correctness(actual: Int32Array, predicted: Int32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(actual, (label, row) => (label === predicted[row] ? 1 : 0));
}

export function rowChanges(actual: Int32Array, predicted: Int32Array, reference: Int32Array): RowChanges {
  const changes = {
    fixed: [] as number[],
    broken: [] as number[],
    bothRight: [] as number[],
    bothWrong: [] as number[],
  };
  for (let row = 0; row < actual.length; row++) {
    const now = predicted[row] === actual[row];
    const before = reference[row] === actual[row];
    if (now) (before ? changes.bothRight : changes.fixed).push(row);
    else (before ? changes.broken : changes.bothWrong).push(row);
  }
  return changes;
}
