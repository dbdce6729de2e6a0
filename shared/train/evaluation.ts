/** What a model does on rows whose labels are known. */
export interface DevMetrics {
  readonly accuracy: number;
  /** Mean F1 over the classes that occur among labels or predictions. */
  readonly macroF1: number;
  /** Mean cross-entropy. */
  readonly loss: number;
}

/** Index of the largest of each row's `classes` logits; the first where several are equal. */
export function predictedClasses(logits: Float32Array, classes: number): Int32Array {
  const predicted = new Int32Array(logits.length / classes);
  for (let row = 0; row < predicted.length; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (logits[row * classes + k]! > logits[row * classes + best]!) best = k;
    predicted[row] = best;
  }
  return predicted;
}

/** Metrics of `logits` [rows, classes] against `labels` [rows]; rows must not be empty. */
export function devMetrics(logits: Float32Array, labels: Int32Array, classes: number): DevMetrics {
  const predicted = predictedClasses(logits, classes);
  const right = new Float64Array(classes);
  const named = new Float64Array(classes);
  let loss = 0;
  for (const [row, label] of labels.entries()) {
    const guess = predicted[row]!;
    named[guess]!++;
    named[label]!++;
    if (guess === label) right[label]!++;
    loss += logSumExp(logits.subarray(row * classes, (row + 1) * classes)) - logits[row * classes + label]!;
  }
  // F1 = 2·tp / (support + predicted).
  const f1 = [...named.keys()].filter((k) => named[k]! > 0).map((k) => (2 * right[k]!) / named[k]!);
  return {
    accuracy: right.reduce((sum, count) => sum + count, 0) / labels.length,
    macroF1: f1.reduce((sum, value) => sum + value, 0) / f1.length,
    loss: loss / labels.length,
  };
}

function logSumExp(values: Float32Array): number {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
