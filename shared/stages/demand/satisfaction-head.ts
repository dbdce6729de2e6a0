import { type DenseRows, selectRows } from '../../linear-algebra/sparse.ts';
import { createRng, shuffle } from '../../rng.ts';
import { areaUnderRoc } from '../../statistics/area-under-roc.ts';
import { fitLogistic, type LogisticModel, predictLogistic } from '../../statistics/logistic-regression.ts';
import {
  fitRidge,
  predictRidge,
  type RidgeModel,
  ridgeSums,
  ridgeSumsWithout,
} from '../../statistics/ridge-regression.ts';
import type { SatisfactionHead } from './results.ts';

/** A model of satisfaction from embeddings, made of the file's own rated rows. */
export interface TrainedSatisfactionHead {
  readonly quality: SatisfactionHead;
  /** Satisfaction of each row, 0–1. */
  readonly predict: (embeddings: DenseRows) => Float32Array;
}

const FOLDS = 5;
const FEWEST_RATED = 50;
/** Of each of the two values, for a logistic head. */
const FEWEST_OF_CLASS = 10;
/** More rated rows change the head little; these are drawn with the seed. */
const MOST_TRAINED = 5000;
/** Out-of-fold quality from which predictions stand in for missing ratings. */
const USABLE_AUC = 0.7;
const USABLE_R_SQUARED = 0.1;
const LOGISTIC_C = [0.1, 1, 10];
const RIDGE_PENALTIES = [0.1, 1, 10, 100];

/** Trains on rated rows: logistic where ratings have two values, else ridge; the penalty is chosen and the quality measured
 *  by five-fold cross-validation. Null with fewer than 50 rated rows, one value only, or under ten rows of one of two values.
 *  @param satisfaction 0–1, one per row of `embeddings`, none missing */
export function trainSatisfactionHead(
  embeddings: DenseRows,
  satisfaction: ArrayLike<number>,
  seed: number,
  checkCancelled: () => void = () => {},
): TrainedSatisfactionHead | null {
  const order = shuffle(
    Int32Array.from({ length: embeddings.rows }, (_, row) => row),
    createRng(seed),
  );
  const rows = order.subarray(0, MOST_TRAINED);
  const y = Float64Array.from(rows, (row) => satisfaction[row]!);
  const levels = [...new Set(y)].sort((a, b) => a - b);
  if (rows.length < FEWEST_RATED || levels.length < 2) return null;
  const x = selectRows(embeddings, rows);
  return levels.length === 2
    ? trainLogistic(x, y, [levels[0]!, levels[1]!], checkCancelled)
    : trainRidge(x, y, checkCancelled);
}

function trainLogistic(
  x: DenseRows,
  y: Float64Array,
  [low, high]: readonly [number, number],
  checkCancelled: () => void,
): TrainedSatisfactionHead | null {
  const labels = Int32Array.from(y, (value) => (value === high ? 1 : 0));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, labels.length - positives) < FEWEST_OF_CLASS) return null;
  const fitWith = (rows: DenseRows, of: Int32Array, c: number) =>
    fitLogistic(rows, of, { classes: 2, c, onIteration: checkCancelled });
  const probabilityOf = (model: LogisticModel, rows: DenseRows) =>
    predictLogistic(model, rows).filter((_, i) => i % 2 === 1);
  const tried = LOGISTIC_C.map((c) => {
    const outOfFold = new Float64Array(x.rows);
    for (const { train, test } of folds(x.rows)) {
      const model = fitWith(
        selectRows(x, train),
        Int32Array.from(train, (row) => labels[row]!),
        c,
      );
      probabilityOf(model, selectRows(x, test)).forEach((p, i) => {
        outOfFold[test[i]!] = p;
      });
    }
    return { c, outOfFold, loss: logLoss(outOfFold, labels) };
  });
  const best = tried.reduce((top, next) => (next.loss < top.loss ? next : top));
  const model = fitWith(x, labels, best.c);
  const right = best.outOfFold.filter((p, row) => p >= 0.5 === (labels[row] === 1)).length;
  const auc = areaUnderRoc(
    best.outOfFold,
    Array.from(labels, (label) => label === 1),
  );
  return {
    quality: {
      type: 'logistic',
      trainedOn: x.rows,
      folds: FOLDS,
      accuracy: right / x.rows,
      majorityShare: Math.max(positives, x.rows - positives) / x.rows,
      auc,
      rSquared: null,
      meanAbsoluteError: null,
      penalty: 1 / best.c,
      usable: auc !== null && auc >= USABLE_AUC,
    },
    predict: (rows) => probabilityOf(model, rows).map((p) => low + p * (high - low)),
  };
}

function trainRidge(x: DenseRows, y: Float64Array, checkCancelled: () => void): TrainedSatisfactionHead {
  const whole = ridgeSums(x, y);
  const parts = folds(x.rows).map(({ test }) => {
    const rows = selectRows(x, test);
    return {
      test,
      rows,
      sums: ridgeSums(
        rows,
        Float64Array.from(test, (row) => y[row]!),
      ),
    };
  });
  const tried = RIDGE_PENALTIES.map((penalty) => {
    const outOfFold = new Float64Array(x.rows);
    for (const { test, rows, sums } of parts) {
      checkCancelled();
      const predictions = predictOnScale(fitRidge(ridgeSumsWithout(whole, sums), penalty), rows);
      predictions.forEach((value, i) => {
        outOfFold[test[i]!] = value;
      });
    }
    let loss = 0;
    for (let row = 0; row < x.rows; row++) loss += (outOfFold[row]! - y[row]!) ** 2;
    return { penalty, outOfFold, loss };
  });
  const best = tried.reduce((top, next) => (next.loss < top.loss ? next : top));
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const spread = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const rSquared = 1 - best.loss / spread;
  const model = fitRidge(whole, best.penalty);
  return {
    quality: {
      type: 'ridge',
      trainedOn: x.rows,
      folds: FOLDS,
      accuracy: null,
      majorityShare: null,
      auc: null,
      rSquared,
      meanAbsoluteError: y.reduce((sum, value, row) => sum + Math.abs(value - best.outOfFold[row]!), 0) / y.length,
      penalty: best.penalty,
      usable: rSquared >= USABLE_R_SQUARED,
    },
    predict: (rows) => predictOnScale(model, rows),
  };
}

function predictOnScale(model: RidgeModel, rows: DenseRows): Float32Array {
  return Float32Array.from(predictRidge(model, rows), (value) => Math.min(1, Math.max(0, value)));
}

/** Every fifth row in turn; the rows come shuffled. */
function folds(rows: number): { readonly train: Int32Array; readonly test: Int32Array }[] {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: FOLDS }, (_, fold) => ({
    train: all.filter((row) => row % FOLDS !== fold),
    test: all.filter((row) => row % FOLDS === fold),
  }));
}

function logLoss(probabilities: Float64Array, labels: Int32Array): number {
  let loss = 0;
  probabilities.forEach((p, row) => {
    const ofLabel = labels[row] === 1 ? p : 1 - p;
    loss -= Math.log(Math.max(ofLabel, 1e-12));
  });
  return loss;
}
