import { AppError } from '../errors/app-error.ts';
import { addTransposed, rowsTimes } from '../linear-algebra/row-products.ts';
import type { Rows } from '../linear-algebra/sparse.ts';
import { lbfgs } from './lbfgs.ts';
import { sigmoid, softplus } from './sigmoid.ts';

export interface OrdinalModel {
  /** One weight per feature, shared by all questions. */
  readonly weights: Float64Array;
  /** [levels − 1]: of the questions "above level k?", which answer yes where weights·x + intercept > 0. */
  readonly intercepts: Float64Array;
  readonly converged: boolean;
}

export interface OrdinalOptions {
  readonly levels: number;
  /** Inverse strength of the L2 penalty, as in C · Σ loss + ½‖w‖²; the intercepts are free. */
  readonly c: number;
  readonly maxIterations?: number;
  readonly tolerance?: number;
  readonly onIteration?: () => void;
}

const BLOCK = 64;

/** Ordinal logistic regression with the all-threshold loss: Σ over rows and questions k of the binary cross-entropy of [level > k], one weight for
 *  all questions. `level` counts from 0. CORAL is the same on a network's vector.
 *  @throws AppError 'stats.shape', 'stats.too-few' (fewer than two levels with rows)
 *  @source Rennie and Srebro 2005, "Loss functions for preference levels"; objective of mord.LogisticAT */
export function fitOrdinal(x: Rows, level: ArrayLike<number>, options: OrdinalOptions): OrdinalModel {
  const n = x.rows;
  if (level.length !== n)
    throw new AppError('stats.shape', { what: 'levels', problem: `${level.length} for ${n} rows` });
  const present = new Set(Array.from(level)).size;
  if (present < 2) throw new AppError('stats.too-few', { what: 'levels', n: present, needed: 2 });
  const questions = options.levels - 1;
  const d = x.columns;
  const penalty = 1 / (options.c * n);
  const parameters = new Float64Array(d + questions);
  for (let k = 0; k < questions; k++) parameters[d + k] = logitOfShare(level, k);
  const scores = new Float64Array(BLOCK);
  const none = new Float64Array(1);
  const evaluate = (at: Float64Array, gradient: Float64Array): number => {
    const w = at.subarray(0, d);
    let loss = 0;
    gradient.fill(0);
    for (let i = 0; i < d; i++) {
      gradient[i] = penalty * w[i]!;
      loss += 0.5 * penalty * w[i]! * w[i]!;
    }
    for (let from = 0; from < n; from += BLOCK) {
      const to = Math.min(from + BLOCK, n);
      rowsTimes(x, from, to, w, none, scores);
      for (let row = from; row < to; row++) {
        let slope = 0;
        for (let k = 0; k < questions; k++) {
          const z = scores[row - from]! + at[d + k]!;
          const above = level[row]! > k ? 1 : 0;
          loss += (softplus(z) - z * above) / n;
          const residual = (sigmoid(z) - above) / n;
          gradient[d + k]! += residual;
          slope += residual;
        }
        scores[row - from] = slope;
      }
      addTransposed(x, from, to, scores, 1, gradient);
    }
    return loss;
  };
  const solved = lbfgs(evaluate, parameters, {
    gradientTolerance: options.tolerance ?? 1e-5,
    maxIterations: options.maxIterations ?? 500,
    ...(options.onIteration && { onIteration: options.onIteration }),
  });
  return { weights: parameters.slice(0, d), intercepts: parameters.slice(d), converged: solved.converged };
}

/** Log odds of a level above k among the rows, each side counted half a row more so that it is finite. */
export function logitOfShare(level: ArrayLike<number>, k: number): number {
  const above = Array.from(level).reduce((sum, value) => sum + Number(value > k), 0);
  return Math.log((above + 0.5) / (level.length - above + 0.5));
}
