import { AppError } from '../errors/app-error.ts';
import { projectToLeading } from '../linear-algebra/randomized-svd.ts';
import { type DenseRows, denseRows } from '../linear-algebra/sparse.ts';
import { type Rng, shuffle } from '../rng.ts';
import { areaUnderRoc } from './area-under-roc.ts';
import { fitLogistic } from './logistic-regression.ts';
import { quantileOfSorted } from './quantile.ts';

export interface DomainClassifierInput {
  /** Vectors [n × dimensions] of the rows that are the reference (training texts), and of those held against it. */
  readonly reference: Float32Array;
  readonly current: Float32Array;
  readonly dimensions: number;
  /** A key per row, reference first: rows of equal key (the same text on both sides) stay in one fold. Null where all rows differ. */
  readonly groups: readonly string[] | null;
  readonly permutations: number;
  readonly rng: Rng;
  /** Called after each permutation with the share done; may throw to stop. */
  readonly onProgress?: (share: number) => void;
}

export interface DomainClassifierResult {
  /** Mean over the folds of the area under the ROC curve on held-out rows: 0.5 where the two cannot be told apart. */
  readonly auc: number;
  /** 5th and 95th percentile of the same figure with the memberships permuted. */
  readonly bandLow: number;
  readonly bandHigh: number;
  /** Share of permutations, the observed order included, with at least this area. */
  readonly pValue: number;
  /** The area lies above the band. */
  readonly differs: boolean;
  readonly referenceRows: number;
  readonly currentRows: number;
  readonly folds: number;
  readonly permutations: number;
  /** Directions of the vectors that the classifier saw. */
  readonly components: number;
}

const DOMAIN_FOLDS = 5;
/** Fewest rows of a side between which a difference could be learnt. */
export const DOMAIN_FEWEST_ROWS = 20;
const COMPONENTS = 32;
const C = 1;
const BAND = [0.05, 0.95] as const;
/** The area needs the order of the scores, not their last digits. */
const TOLERANCE = 1e-4;

/** Whether two sets of texts come from one source: how well a classifier trained to tell them apart does on rows that it has not seen. Vectors are
 *  reduced to their 32 leading directions without regard to membership and scaled to unit variance, so that permutations stay exchangeable.
 *  @throws AppError 'stats.too-few' with fewer than 20 rows on a side
 *  @source Lopez-Paz and Oquab 2017 (classifier two-sample test); band by permutation after Ojala and Garriga 2010 */
export function domainClassifier(input: DomainClassifierInput): DomainClassifierResult {
  const { dimensions, permutations, rng } = input;
  const referenceRows = input.reference.length / dimensions;
  const currentRows = input.current.length / dimensions;
  const fewest = Math.min(referenceRows, currentRows);
  if (fewest < DOMAIN_FEWEST_ROWS) {
    throw new AppError('stats.too-few', { what: 'texts', n: fewest, needed: DOMAIN_FEWEST_ROWS });
  }
  const all = new Float32Array(input.reference.length + input.current.length);
  all.set(input.reference);
  all.set(input.current, input.reference.length);
  const x = standardised(projectToLeading(denseRows(all, dimensions), COMPONENTS, rng));
  const isCurrent = Array.from({ length: x.rows }, (_, row) => row >= referenceRows);
  const fold = groupedFolds(input.groups ?? isCurrent.map((_, row) => String(row)), isCurrent, DOMAIN_FOLDS, rng);
  const auc = crossValidatedAuc(x, isCurrent, fold, C);
  const permuted = Float64Array.from({ length: permutations }, (_, k) => {
    const drawn = crossValidatedAuc(x, permutedWithinFolds(isCurrent, fold, rng), fold, C);
    input.onProgress?.((k + 1) / permutations);
    return drawn;
  }).sort();
  const bandHigh = quantileOfSorted(permuted, BAND[1]) ?? 1;
  return {
    auc,
    bandLow: quantileOfSorted(permuted, BAND[0]) ?? 0,
    bandHigh,
    pValue: (1 + permuted.filter((value) => value >= auc).length) / (1 + permutations),
    differs: auc > bandHigh,
    referenceRows,
    currentRows,
    folds: DOMAIN_FOLDS,
    permutations,
    components: x.columns,
  };
}

/** Mean over folds of the area under the ROC curve of L2-penalised logistic regression, fitted on the other folds; folds whose held-out rows are
 *  all of one side are left out, 0.5 where that leaves none.   @source as scikit-learn cross_val_score(LogisticRegression(C), scoring='roc_auc') */
export function crossValidatedAuc(
  x: DenseRows,
  isCurrent: readonly boolean[],
  fold: ArrayLike<number>,
  c: number,
): number {
  const folds = Math.max(...Array.from(fold)) + 1;
  const areas: number[] = [];
  for (let held = 0; held < folds; held++) {
    const fitted: number[] = [];
    const heldOut: number[] = [];
    for (let row = 0; row < x.rows; row++) (fold[row] === held ? heldOut : fitted).push(row);
    const sides = new Set(fitted.map((row) => isCurrent[row]!));
    if (sides.size < 2) continue;
    const model = fitLogistic(
      rowsOf(x, fitted),
      fitted.map((row) => (isCurrent[row] ? 1 : 0)),
      { classes: 2, c, tolerance: TOLERANCE },
    );
    const scores = heldOut.map((row) => {
      let score = 0;
      for (let j = 0; j < x.columns; j++) score += model.weights[j]! * x.value[row * x.columns + j]!;
      return score;
    });
    const area = areaUnderRoc(
      scores,
      heldOut.map((row) => isCurrent[row]!),
    );
    if (area !== null) areas.push(area);
  }
  return areas.length === 0 ? 0.5 : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

/** Fold of each row: groups in random order, each to the fold that lacks most of its side; a group is of the side of most of its rows. */
function groupedFolds(groups: readonly string[], isCurrent: readonly boolean[], folds: number, rng: Rng): Int32Array {
  const rowsOfGroup = new Map<string, number[]>();
  groups.forEach((key, row) => {
    const rows = rowsOfGroup.get(key);
    if (rows === undefined) rowsOfGroup.set(key, [row]);
    else rows.push(row);
  });
  const filled = [new Float64Array(folds), new Float64Array(folds)];
  const fold = new Int32Array(groups.length);
  const ordered = shuffle([...rowsOfGroup.values()], rng).sort((a, b) => b.length - a.length);
  for (const rows of ordered) {
    const current = rows.filter((row) => isCurrent[row]).length;
    const ofSide = filled[2 * current > rows.length ? 1 : 0]!;
    const emptiest = ofSide.indexOf(Math.min(...ofSide));
    filled[0]![emptiest]! += rows.length - current;
    filled[1]![emptiest]! += current;
    for (const row of rows) fold[row] = emptiest;
  }
  return fold;
}

/** Memberships shuffled inside each fold, so that every fold keeps its balance. */
function permutedWithinFolds(isCurrent: readonly boolean[], fold: Int32Array, rng: Rng): boolean[] {
  const permuted = [...isCurrent];
  const rowsOfFold = new Map<number, number[]>();
  fold.forEach((k, row) => {
    const rows = rowsOfFold.get(k);
    if (rows === undefined) rowsOfFold.set(k, [row]);
    else rows.push(row);
  });
  for (const rows of rowsOfFold.values()) {
    const drawn = shuffle(
      rows.map((row) => isCurrent[row]!),
      rng,
    );
    rows.forEach((row, i) => {
      permuted[row] = drawn[i]!;
    });
  }
  return permuted;
}

function rowsOf(x: DenseRows, rows: readonly number[]): DenseRows {
  const value = new Float32Array(rows.length * x.columns);
  rows.forEach((row, i) => {
    value.set(x.value.subarray(row * x.columns, (row + 1) * x.columns), i * x.columns);
  });
  return denseRows(value, x.columns);
}

/** Columns with mean 0 and variance 1; constant ones are 0. */
function standardised(x: DenseRows): DenseRows {
  const value = new Float32Array(x.value.length);
  for (let j = 0; j < x.columns; j++) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < x.rows; row++) sum += x.value[row * x.columns + j]!;
    const mean = sum / x.rows;
    for (let row = 0; row < x.rows; row++) squares += (x.value[row * x.columns + j]! - mean) ** 2;
    const deviation = Math.sqrt(squares / x.rows);
    for (let row = 0; row < x.rows; row++) {
      value[row * x.columns + j] = deviation === 0 ? 0 : (x.value[row * x.columns + j]! - mean) / deviation;
    }
  }
  return denseRows(value, x.columns);
}
