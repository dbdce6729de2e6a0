/** Targets [rows, classes] of a batch under class weights (null for none) and label smoothing: row i has (1 − ε)·w of its class at its class
 *  and ε/K·w of each class everywhere, over the mean weight of the batch's classes, so that the mean loss is PyTorch's, Σ w·loss / Σ w.
 *  @source torch.nn.CrossEntropyLoss(weight, label_smoothing); Szegedy et al. 2016 */
export function classTargets(
  labels: Int32Array,
  classes: number,
  weights: Float64Array | null,
  smoothing: number,
): Float32Array {
  const weightOf = (label: number) => weights?.[label] ?? 1;
  const mean = labels.reduce((total, label) => total + weightOf(label), 0) / labels.length;
  const targets = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) {
    const place = row * classes;
    if (smoothing > 0) {
      for (let k = 0; k < classes; k++) targets[place + k] = ((smoothing / classes) * weightOf(k)) / mean;
    }
    targets[place + label]! += ((1 - smoothing) * weightOf(label)) / mean;
  }
  return targets;
}
