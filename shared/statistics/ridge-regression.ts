import { BugError } from '../errors/app-error.ts';
import { cholesky, choleskySolve } from '../linear-algebra/cholesky.ts';
import { addTransposed, rowsTimes } from '../linear-algebra/row-products.ts';
import type { DenseRows, Rows } from '../linear-algebra/sparse.ts';

/** Cross products of [features, 1, outcome] over rows; those of disjoint rows add up. Row-major, size features + 2. */
export interface RidgeSums {
  readonly features: number;
  readonly cross: Float64Array;
}

export interface RidgeModel {
  readonly weights: Float64Array;
  readonly intercept: number;
}

const BLOCK = 64;

export function ridgeSums(x: DenseRows, outcome: ArrayLike<number>): RidgeSums {
  const d = x.columns;
  const size = d + 2;
  const cross = new Float64Array(size * size);
  const wide = new Float64Array(BLOCK * size);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    for (let row = from; row < to; row++) {
      const at = (row - from) * size;
      for (let j = 0; j < d; j++) wide[at + j] = x.value[row * d + j]!;
      wide[at + d] = 1;
      wide[at + d + 1] = outcome[row]!;
      for (let j = 0; j < size; j++) {
        cross[d * size + j]! += wide[at + j]!;
        cross[(d + 1) * size + j]! += outcome[row]! * wide[at + j]!;
      }
    }
    addTransposed(x, from, to, wide, size, cross);
  }
  return { features: d, cross };
}

/** Sums of some rows less those of a part of them. */
export function ridgeSumsWithout(whole: RidgeSums, part: RidgeSums): RidgeSums {
  return { features: whole.features, cross: whole.cross.map((value, i) => value - part.cross[i]!) };
}

/** Minimises Σ (y − xᵀw − b)² + penalty · ‖w‖², penalty > 0; the intercept is free.
 *  @source objective of scikit-learn Ridge(alpha) */
export function fitRidge({ features: d, cross }: RidgeSums, penalty: number): RidgeModel {
  const size = d + 2;
  const n = cross[d * size + d]!;
  const mean = (j: number) => cross[d * size + j]! / n;
  const centred = new Float64Array(d * d);
  const weights = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) centred[i * d + j] = cross[i * size + j]! - n * mean(i) * mean(j);
    centred[i * d + i]! += penalty;
    weights[i] = cross[(d + 1) * size + i]! - n * mean(i) * mean(d + 1);
  }
  const factor = cholesky(centred, d, 1e-15);
  if (factor === null) throw new BugError('ridge: a penalised Gram matrix is not positive definite');
  choleskySolve(factor, d, weights, 1);
  let intercept = mean(d + 1);
  for (let j = 0; j < d; j++) intercept -= weights[j]! * mean(j);
  return { weights, intercept };
}

/** Predictions, one per row. */
export function predictRidge(model: RidgeModel, x: DenseRows): Float64Array {
  const predictions = new Float64Array(x.rows).fill(model.intercept);
  for (let row = 0; row < x.rows; row++)
    for (let j = 0; j < x.columns; j++) predictions[row]! += x.value[row * x.columns + j]! * model.weights[j]!;
  return predictions;
}

export interface SparseRidgeOptions {
  /** Of the residual's norm, by that of the right side. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** May throw to stop. */
  readonly onIteration?: () => void;
}

/** The minimum of `fitRidge` for rows of so many features that their cross products would not fit: conjugate gradients on the centred normal equations, which
 *  need products with the rows alone.
 *  @source Hestenes and Stiefel 1952 */
export function fitSparseRidge(
  x: Rows,
  outcome: ArrayLike<number>,
  penalty: number,
  { tolerance = 1e-6, maxIterations = 1000, onIteration }: SparseRidgeOptions = {},
): RidgeModel {
  const [n, d] = [x.rows, x.columns];
  const mean = Array.from(outcome).reduce((sum, value) => sum + value, 0) / n;
  const none = new Float64Array(1);
  const products = new Float64Array(n);
  /** Xcᵀ·v of centred columns, for v whose mean has been taken off. */
  const transposed = (v: Float64Array) => {
    const sum = new Float64Array(d);
    addTransposed(x, 0, n, v, 1, sum);
    return sum;
  };
  const applied = (w: Float64Array) => {
    rowsTimes(x, 0, n, w, none, products);
    const average = products.reduce((sum, value) => sum + value, 0) / n;
    const found = transposed(products.map((value) => value - average));
    return found.map((value, j) => value + penalty * w[j]!);
  };
  const weights = new Float64Array(d);
  const residual = transposed(Float64Array.from({ length: n }, (_, row) => outcome[row]! - mean));
  let direction = residual.slice();
  let squared = dot(residual, residual);
  const enough = tolerance * tolerance * squared;
  for (let step = 0; step < maxIterations && squared > enough; step++) {
    onIteration?.();
    const along = applied(direction);
    const length = squared / dot(direction, along);
    for (let j = 0; j < d; j++) {
      weights[j]! += length * direction[j]!;
      residual[j]! -= length * along[j]!;
    }
    const next = dot(residual, residual);
    const turn = next / squared;
    squared = next;
    direction = direction.map((value, j) => residual[j]! + turn * value);
  }
  rowsTimes(x, 0, n, weights, none, products);
  return { weights, intercept: mean - products.reduce((sum, value) => sum + value, 0) / n };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
