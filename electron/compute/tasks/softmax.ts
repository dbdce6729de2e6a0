/** Probabilities out of logits [rows × classes]. */
export function softmaxRows(logits: Float32Array, classes: number): Float32Array {
  const out = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) {
    const cells = logits.subarray(at, at + classes);
    const top = Math.max(...cells);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(cells[k]! - top);
    for (let k = 0; k < classes; k++) out[at + k] = Math.exp(cells[k]! - top) / sum;
  }
  return out;
}
