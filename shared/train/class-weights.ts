import { DEFAULT_EFFECTIVE_BETA } from './robustness-config.ts';
import type { RunConfig } from './run-config.ts';

/** Rows of each class. */
export function classCounts(labels: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  return counts;
}

/** Weight of each class so that all count alike: rows / (classes × rows of the class); 0 for a class without rows.
 *  @source scikit-learn, compute_class_weight('balanced') */
function balancedWeights(labels: Int32Array, classes: number): Float64Array {
  return classCounts(labels, classes).map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
}

/** Weight of each class by its effective number of rows, (1 − β)/(1 − βⁿ), scaled to a sum of the number of classes that have rows;
 *  0 for a class without rows. β = 0 weighs all alike, β towards 1 as `balancedWeights` does.
 *  @param beta in [0, 1)   @source Cui et al. 2019, "Class-balanced loss based on effective number of samples", eq. 2 and 4.2 */
function effectiveNumberWeights(labels: Int32Array, classes: number, beta: number): Float64Array {
  const weights = classCounts(labels, classes).map((count) => (count === 0 ? 0 : (1 - beta) / (1 - beta ** count)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const present = weights.reduce((total, weight) => total + (weight > 0 ? 1 : 0), 0);
  return weights.map((weight) => (weight * present) / sum);
}

/** The class weights that a run's loss takes; null where all classes count as their rows do. */
export function classWeightsOf(config: RunConfig, labels: Int32Array, classes: number): Float64Array | null {
  switch (config.classWeights) {
    case 'none':
      return null;
    case 'balanced':
      return balancedWeights(labels, classes);
    case 'effective-number':
      return effectiveNumberWeights(labels, classes, config.effectiveNumberBeta ?? DEFAULT_EFFECTIVE_BETA);
  }
}
