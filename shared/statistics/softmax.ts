/** softmax(logits / T) of every row; T = 1 leaves the logits as they are.
 *  @param logits [rows, classes] */
export function softmaxAt(logits: Float32Array, classes: number, temperature: number): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) {
    const own = logits.subarray(at, at + classes);
    const top = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const weights = Float64Array.from(own, (logit) => Math.exp((logit - top) / temperature));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    for (const [k, weight] of weights.entries()) probabilities[at + k] = weight / sum;
  }
  return probabilities;
}
