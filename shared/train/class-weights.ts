/** Weight of each class so that all count alike: rows / (classes × rows of the class); 0 for a class without rows.
 *  @source scikit-learn, compute_class_weight('balanced') */
export function balancedWeights(labels: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
}

/** Targets [rows, classes] of a batch under class weights: each row's one is its weight over the mean weight of the batch,
 *  so that the mean loss is PyTorch's weighted mean, Σ w·loss / Σ w. */
export function weightedTargets(labels: Int32Array, weights: Float64Array): Float32Array {
  const sum = labels.reduce((total, label) => total + weights[label]!, 0);
  const targets = new Float32Array(labels.length * weights.length);
  for (const [row, label] of labels.entries()) {
    targets[row * weights.length + label] = (weights[label]! * labels.length) / sum;
  }
  return targets;
}
