import { type Rows, selectRows } from '../../../linear-algebra/sparse.ts';
import { type Rng, shuffle } from '../../../rng.ts';
import { fitLogistic, type LogisticModel, predictLogistic } from '../../../statistics/logistic-regression.ts';
import { predictedClasses } from '../../../train/evaluation.ts';

/** Inverse strengths of the penalty that are tried, weakest last. */
export const C_GRID = [1, 10, 100] as const;
const FOLDS = 5;
/** With fewer dev rows the choice would be chance: training rows are cross-validated instead. */
const ENOUGH_DEV_ROWS = 100;

/** Largest gradient component at which a fit ends. At 1e-4 the TF-IDF floor of BANKING77 is 0.7 points lower, at 1e-5 the same. */
const TOLERANCE = 3e-5;

export interface ChosenLogistic {
  readonly model: LogisticModel;
  readonly c: number;
  readonly chosenBy: 'dev' | 'cross-validation';
  /** Accuracy of each C of the grid on the rows that chose. */
  readonly tried: readonly { readonly c: number; readonly accuracy: number }[];
}

export interface ChooseLogisticInput {
  readonly x: Rows;
  /** Class index per row [rows of x]. */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly rng: Rng;
  /** Called before each iteration of a fit with the share of fits done; may throw to stop. */
  readonly onProgress?: (share: number) => void;
}

/** Logistic regression on the training rows with the C that is most accurate on dev (with fewer than 100 dev rows: in stratified five-fold
 *  cross-validation of the training rows); of equal ones the smallest. @throws AppError 'stats.too-few' with fewer than two classes */
export function chooseLogistic(input: ChooseLogisticInput): ChosenLogistic {
  const { x, labels, classes, train, dev, rng } = input;
  const onDev = dev.length >= ENOUGH_DEV_ROWS;
  const folds = onDev ? [] : stratifiedFolds(train, labels, rng);
  const fits = onDev ? C_GRID.length : C_GRID.length * folds.length + 1;
  let done = 0;
  const fitOn = (rows: Int32Array, c: number) => {
    const onIteration = () => input.onProgress?.(done / fits);
    const model = fitLogistic(selectRows(x, rows), pick(labels, rows), {
      classes,
      c,
      tolerance: TOLERANCE,
      onIteration,
    });
    done++;
    return model;
  };
  const hits = (model: LogisticModel, rows: Int32Array) => {
    const predicted = predictedClasses(predictLogistic(model, selectRows(x, rows)), classes);
    return predicted.reduce((sum, label, i) => sum + (label === labels[rows[i]!] ? 1 : 0), 0);
  };
  let best: { model: LogisticModel | null; c: number; accuracy: number } = { model: null, c: C_GRID[0], accuracy: -1 };
  const tried = C_GRID.map((c) => {
    let model: LogisticModel | null = null;
    let accuracy = 0;
    if (onDev) {
      model = fitOn(train, c);
      accuracy = hits(model, dev) / dev.length;
    } else {
      for (const fold of folds) accuracy += hits(fitOn(fold.rest, c), fold.held) / train.length;
    }
    if (accuracy > best.accuracy) best = { model, c, accuracy };
    return { c, accuracy };
  });
  const model = best.model ?? fitOn(train, best.c);
  return { model, c: best.c, chosenBy: onDev ? 'dev' : 'cross-validation', tried };
}

/** Five parts of equal class shares; parts without rows, and those whose rest would have a single class, are left out. */
function stratifiedFolds(train: Int32Array, labels: Int32Array, rng: Rng) {
  const byClass = new Map<number, number[]>();
  for (const row of shuffle(train.slice(), rng)) {
    const rows = byClass.get(labels[row]!);
    if (rows === undefined) byClass.set(labels[row]!, [row]);
    else rows.push(row);
  }
  const inOrder = [...byClass.values()].flat();
  return Array.from({ length: FOLDS }, (_, fold) => ({
    held: Int32Array.from(inOrder.filter((_row, i) => i % FOLDS === fold)),
    rest: Int32Array.from(inOrder.filter((_row, i) => i % FOLDS !== fold)),
  })).filter(({ held, rest }) => held.length > 0 && new Set(pick(labels, rest)).size > 1);
}

function pick(labels: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => labels[row]!);
}
