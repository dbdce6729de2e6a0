import { type DenseRows, selectRows } from '../../../linear-algebra/sparse.ts';
import { createRng } from '../../../rng.ts';
import { fitLogistic, type LogisticModel } from '../../../statistics/logistic-regression.ts';
import { softplus } from '../../../statistics/sigmoid.ts';
import { eachItself, foldOfRows } from './folds.ts';

/** Log-odds of the event as a weighted sum of the columns of a matrix. */
export interface LinearModel {
  readonly weights: Float64Array;
  readonly intercept: number;
  /** Inverse strength of the L2 penalty, as scikit-learn's C. */
  readonly c: number;
}

/** Inverse strengths that are tried, strongest penalty first. */
export const TABLE_C_GRID = [0.001, 0.01, 0.1, 1, 10] as const;
const INNER_FOLDS = 5;
/** From this many rows on one fold in five judges the penalty, instead of all in turn. */
const MANY_ROWS = 5000;
const TOLERANCE = 1e-6;

/** Logistic regression on standardised features with the L2 penalty of least log loss in stratified five-fold cross-validation of the same
 *  rows; of equal ones the strongest.   @source scikit-learn LogisticRegressionCV(scoring='neg_log_loss') */
export function fitLinearModel(x: DenseRows, event: Uint8Array, seed: number): LinearModel {
  const part = foldOfRows(event, eachItself(event.length), INNER_FOLDS, createRng(seed));
  const judged = event.length >= MANY_ROWS ? [0] : Array.from({ length: INNER_FOLDS }, (_, fold) => fold);
  const folds = judged.map((fold) => {
    const train = Int32Array.from(part.keys()).filter((row) => part[row] !== fold);
    const held = Int32Array.from(part.keys()).filter((row) => part[row] === fold);
    return {
      train: { x: selectRows(x, train), event: pick(event, train) },
      held: { x: selectRows(x, held), event: pick(event, held) },
    };
  });
  let best: { c: number; loss: number } = { c: TABLE_C_GRID[0], loss: Number.POSITIVE_INFINITY };
  for (const c of TABLE_C_GRID) {
    const loss = folds.reduce(
      (sum, { train, held }) => sum + logLoss(fitAt(train.x, train.event, c), held.x, held.event),
      0,
    );
    if (loss < best.loss * (1 - 1e-9)) best = { c, loss };
  }
  return fitAt(x, event, best.c);
}

export function fitAt(x: DenseRows, event: Uint8Array, c: number): LinearModel {
  const model: LogisticModel = fitLogistic(x, event, { classes: 2, c, tolerance: TOLERANCE });
  return { weights: model.weights, intercept: model.intercepts[0]!, c };
}

/** Log-odds of each row. */
export function logOddsOf({ weights, intercept }: LinearModel, { rows, columns, value }: DenseRows): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = intercept;
    for (let j = 0; j < columns; j++) sum += weights[j]! * value[row * columns + j]!;
    return sum;
  });
}

/** Contribution of each feature of a row to its log-odds, against the mean of a background: w·(x − mean). Their sum is the log-odds of the row
 *  less those of the mean, exactly.   @source Lundberg and Lee 2017, linear SHAP with independent features */
export function linearContributions(
  weights: Float64Array,
  row: ArrayLike<number>,
  mean: ArrayLike<number>,
): Float64Array {
  return weights.map((weight, j) => weight * (row[j]! - mean[j]!));
}

function logLoss(model: LinearModel, x: DenseRows, event: Uint8Array): number {
  return logOddsOf(model, x).reduce((sum, z, row) => sum + softplus(event[row] === 1 ? -z : z), 0);
}

function pick(event: Uint8Array, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => event[row]!);
}
