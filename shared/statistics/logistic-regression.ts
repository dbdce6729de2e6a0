import { AppError } from '../errors/app-error.ts';
import { cholesky, choleskySolve } from '../linear-algebra/cholesky.ts';
import { addTransposed, rowsTimes } from '../linear-algebra/row-products.ts';
import type { Rows } from '../linear-algebra/sparse.ts';
import { lbfgs } from './lbfgs.ts';
import { sigmoid } from './sigmoid.ts';

export interface LogisticOptions {
  /** Number of classes K; labels are 0 … K − 1. */
  readonly classes: number;
  /** Inverse strength of the L2 penalty, as in C · Σ loss + ½‖w‖²; the intercepts are free. */
  readonly c: number;
  readonly maxIterations?: number;
  /** Largest gradient component of the mean loss at which the fit counts as converged. */
  readonly tolerance?: number;
  /** One weight ≥ 0 per row (counts, or class weights); all 1 where absent. */
  readonly rowWeights?: ArrayLike<number>;
  /** Called before each iteration; may throw to stop. */
  readonly onIteration?: (iteration: number) => void;
}

export interface LogisticModel {
  readonly classes: number;
  readonly features: number;
  /** Classes that have rows, ascending; the others get probability 0. */
  readonly present: readonly number[];
  /** features × outputs, row-major; one output (the logit of the second class) for two present classes, else one each. */
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const BLOCK = 64;
/** Above this many features the full preconditioner costs more than it saves. */
const FULL_PRECONDITIONER = 1100;

/** Multinomial (two classes: binomial) logistic regression with an L2 penalty.
 *  @throws AppError 'stats.shape', 'stats.too-few' (fewer than two classes with rows)
 *  @source objective of scikit-learn LogisticRegression(C); preconditioner after Böhning 1992 */
export function fitLogistic(x: Rows, labels: ArrayLike<number>, options: LogisticOptions): LogisticModel {
  if (labels.length !== x.rows)
    throw new AppError('stats.shape', { what: 'labels', problem: `${labels.length} for ${x.rows} rows` });
  const weightOf = (row: number) => options.rowWeights?.[row] ?? 1;
  const seen = new Set<number>();
  let totalWeight = 0;
  for (let i = 0; i < x.rows; i++) {
    if (weightOf(i) > 0) seen.add(labels[i]!);
    totalWeight += weightOf(i);
  }
  const present = [...seen].sort((a, b) => a - b);
  if (present.length < 2) throw new AppError('stats.too-few', { what: 'classes', n: present.length, needed: 2 });
  if (!present.every((label) => Number.isInteger(label) && label >= 0 && label < options.classes))
    throw new AppError('stats.shape', { what: 'labels', problem: `not all in 0 … ${options.classes - 1}` });

  const outputs = present.length === 2 ? 1 : present.length;
  const d = x.columns;
  const outputOf = new Map(present.map((label, i) => [label, i]));
  const target = Int32Array.from({ length: x.rows }, (_, i) => outputOf.get(labels[i]!) ?? 0);
  const rowWeight = Float64Array.from({ length: x.rows }, (_, i) => weightOf(i) / totalWeight);
  const penalty = 1 / (options.c * totalWeight);
  const parameters = new Float64Array((d + 1) * outputs);
  const block = new Float64Array(BLOCK * outputs);

  const evaluate = (at: Float64Array, gradient: Float64Array): number => {
    const w = at.subarray(0, d * outputs);
    const gradientOfIntercepts = gradient.subarray(d * outputs);
    let loss = 0;
    gradient.fill(0);
    for (let i = 0; i < w.length; i++) {
      gradient[i] = penalty * w[i]!;
      loss += 0.5 * penalty * w[i]! * w[i]!;
    }
    for (let from = 0; from < x.rows; from += BLOCK) {
      const to = Math.min(from + BLOCK, x.rows);
      rowsTimes(x, from, to, w, at.subarray(d * outputs), block);
      for (let row = from; row < to; row++) {
        const logits = block.subarray((row - from) * outputs, (row - from + 1) * outputs);
        loss += lossAndResidual(logits, target[row]!, rowWeight[row]!);
        for (let k = 0; k < outputs; k++) gradientOfIntercepts[k]! += logits[k]!;
      }
      addTransposed(x, from, to, block, outputs, gradient);
    }
    return loss;
  };

  // Exact at the start, where every class is equally likely: p(1 − p), or 1/K on the space where outputs sum to zero.
  const curvature = outputs === 1 ? 0.25 : 1 / outputs;
  const solved = lbfgs(evaluate, parameters, {
    gradientTolerance: options.tolerance ?? 1e-5,
    maxIterations: options.maxIterations ?? 200,
    precondition: preconditioner(x, rowWeight, penalty / curvature, outputs, curvature),
    ...(options.onIteration && { onIteration: options.onIteration }),
  });
  return {
    classes: options.classes,
    features: d,
    present,
    weights: parameters.slice(0, d * outputs),
    intercepts: parameters.slice(d * outputs),
    iterations: solved.iterations,
    converged: solved.converged,
  };
}

/** Probabilities of all classes, rows × classes. @throws AppError 'stats.shape' when the rows have other features */
export function predictLogistic(model: LogisticModel, x: Rows): Float32Array {
  if (x.columns !== model.features)
    throw new AppError('stats.shape', { what: 'features', problem: `${x.columns}, not ${model.features}` });
  const outputs = model.intercepts.length;
  const block = new Float64Array(BLOCK * outputs);
  const probabilities = new Float32Array(x.rows * model.classes);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    rowsTimes(x, from, to, model.weights, model.intercepts, block);
    for (let row = from; row < to; row++) {
      const logits = block.subarray((row - from) * outputs, (row - from + 1) * outputs);
      const at = row * model.classes;
      if (outputs === 1) {
        const p = sigmoid(logits[0]!);
        probabilities[at + model.present[0]!] = 1 - p;
        probabilities[at + model.present[1]!] = p;
      } else {
        softmaxInPlace(logits);
        for (let k = 0; k < outputs; k++) probabilities[at + model.present[k]!] = logits[k]!;
      }
    }
  }
  return probabilities;
}

/** Weighted loss of one row; its logits are overwritten by the derivative of that loss. */
function lossAndResidual(logits: Float64Array, target: number, weight: number): number {
  if (logits.length === 1) {
    const z = logits[0]!;
    const p = sigmoid(z);
    logits[0] = weight * (p - target);
    return weight * (Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z))));
  }
  const ofTarget = logits[target]!;
  const logSum = softmaxInPlace(logits);
  for (let k = 0; k < logits.length; k++) logits[k]! *= weight;
  logits[target]! -= weight;
  return weight * (logSum - ofTarget);
}

/** Overwrites logits by their softmax; returns the logarithm of the sum of exponentials. */
function softmaxInPlace(logits: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logits.length; k++) if (logits[k]! > top) top = logits[k]!;
  let sum = 0;
  for (let k = 0; k < logits.length; k++) {
    logits[k] = Math.exp(logits[k]! - top);
    sum += logits[k]!;
  }
  for (let k = 0; k < logits.length; k++) logits[k]! /= sum;
  return top + Math.log(sum);
}

/** Inverse of curvature · (XᵀWX + ridge), intercept column included; its diagonal only, where X is sparse or wide. */
function preconditioner(
  x: Rows,
  rowWeight: Float64Array,
  ridge: number,
  outputs: number,
  curvature: number,
): (vector: Float64Array, out: Float64Array) => void {
  const size = x.columns + 1;
  if (x.type === 'dense' && x.columns <= FULL_PRECONDITIONER) {
    const gram = new Float64Array(size * size);
    const weighted = new Float64Array(BLOCK * size);
    const ofColumns = gram.subarray(0, x.columns * size);
    for (let from = 0; from < x.rows; from += BLOCK) {
      const to = Math.min(from + BLOCK, x.rows);
      for (let row = from; row < to; row++) {
        const at = (row - from) * size;
        for (let j = 0; j < x.columns; j++) weighted[at + j] = rowWeight[row]! * x.value[row * x.columns + j]!;
        weighted[at + x.columns] = rowWeight[row]!;
        for (let j = 0; j < size; j++) gram[x.columns * size + j]! += weighted[at + j]!;
      }
      addTransposed(x, from, to, weighted, size, ofColumns);
    }
    for (let j = 0; j < x.columns; j++) gram[j * size + j]! += ridge;
    gram[size * size - 1]! += 1e-9;
    const factor = cholesky(gram, size);
    if (factor !== null)
      return (vector, out) => {
        for (let i = 0; i < vector.length; i++) out[i] = vector[i]! / curvature;
        choleskySolve(factor, size, out, outputs);
      };
  }
  const inverse = new Float64Array(size).fill(ridge);
  inverse[x.columns] = 1;
  for (let row = 0; row < x.rows; row++) {
    const [from, to] = x.type === 'sparse' ? [x.start[row]!, x.start[row + 1]!] : [0, x.columns];
    for (let i = from; i < to; i++) {
      const column = x.type === 'sparse' ? x.column[i]! : i;
      const v = x.type === 'sparse' ? x.value[i]! : x.value[row * x.columns + i]!;
      inverse[column]! += rowWeight[row]! * v * v;
    }
  }
  for (let j = 0; j < size; j++) inverse[j] = 1 / (curvature * inverse[j]!);
  return (vector, out) => {
    for (let j = 0; j < size; j++)
      for (let k = 0; k < outputs; k++) out[j * outputs + k] = inverse[j]! * vector[j * outputs + k]!;
  };
}
