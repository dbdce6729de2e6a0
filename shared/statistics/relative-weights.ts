import { AppError } from '../errors/app-error.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { addToMoments, correlationsOf, momentSlots } from './moments.ts';

/** Importance of predictors in a linear regression. One entry per predictor, null for a constant one. */
export interface RelativeWeights {
  readonly n: number;
  readonly rSquared: number;
  /** Null for n ≤ p + 1. */
  readonly adjustedRSquared: number | null;
  /** Johnson's relative weights in units of R²; they sum to it. */
  readonly weights: readonly (number | null)[];
  /** Standardised coefficients; null for a predictor that is an exact combination of others. */
  readonly coefficients: readonly (number | null)[];
  /** Variance inflation factors, null as above. */
  readonly vif: readonly (number | null)[];
  /** With the outcome. */
  readonly correlations: readonly (number | null)[];
  readonly collinear: boolean;
}

/** Eigenvalues of a correlation matrix below this share of p count as zero: an exact linear dependence. */
const SINGULAR = 1e-10;

/** Johnson's relative weights of a p×p correlation matrix of predictors (row-major) and their p correlations with the
 *  outcome: X is replaced by its nearest orthogonal variables Z = X R^(−1/2), the outcome regressed on Z, and each squared
 *  coefficient shared out by the squared loadings R^(1/2). Exactly dependent predictors share what they carry together
 *  (pseudo-inverse).   @source Johnson 2000, Multivariate Behavioral Research 35, 1–19 */
function johnsonWeights(matrix: Float64Array, withOutcome: ArrayLike<number>) {
  const p = withOutcome.length;
  const { values, vectors } = symmetricEigen(matrix, p);
  const projected = new Float64Array(p);
  for (let k = 0; k < p; k++) for (let j = 0; j < p; j++) projected[k]! += vectors[j * p + k]! * withOutcome[j]!;
  const isZero = (k: number) => !(values[k]! > SINGULAR * p);
  const root = new Float64Array(p * p);
  const coefficientOfZ = new Float64Array(p);
  const coefficients = new Float64Array(p);
  const vif = new Float64Array(p);
  const inNullSpace = new Float64Array(p);
  let rSquared = 0;
  for (let k = 0; k < p; k++) {
    if (!isZero(k)) rSquared += projected[k]! ** 2 / values[k]!;
    for (let j = 0; j < p; j++) {
      const q = vectors[j * p + k]!;
      if (isZero(k)) {
        inNullSpace[j]! += q * q;
        continue;
      }
      const s = Math.sqrt(values[k]!);
      coefficientOfZ[j]! += (q * projected[k]!) / s;
      coefficients[j]! += (q * projected[k]!) / values[k]!;
      vif[j]! += (q * q) / values[k]!;
      for (let i = 0; i < p; i++) root[j * p + i]! += q * s * vectors[i * p + k]!;
    }
  }
  const weights = new Float64Array(p);
  for (let j = 0; j < p; j++)
    for (let i = 0; i < p; i++) weights[j]! += root[j * p + i]! ** 2 * coefficientOfZ[i]! ** 2;
  const dependent = Array.from(inNullSpace, (share) => share > 1e-8);
  return { rSquared: Math.min(1, rSquared), weights, coefficients, vif, dependent };
}

/** The same from packed moments of p predictors and, last, the outcome (`addToMoments`), at slot `offset`.
 *  Null when the outcome is constant, no predictor varies, or n ≤ p. */
export function relativeWeightsOfMoments(sums: Float64Array, predictors: number, offset = 0): RelativeWeights | null {
  const { n, varying, matrix } = correlationsOf(sums, predictors + 1, offset);
  const m = varying.length;
  const p = m - 1;
  if (varying.at(-1) !== predictors || p < 1 || n <= p) return null;
  const among = new Float64Array(p * p);
  const withOutcome = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    withOutcome[i] = matrix[i * m + p]!;
    for (let j = 0; j < p; j++) among[i * p + j] = matrix[i * m + j]!;
  }
  const found = johnsonWeights(among, withOutcome);
  const spread = (entry: (i: number) => number | null) => {
    const all: (number | null)[] = new Array(predictors).fill(null);
    for (let i = 0; i < p; i++) all[varying[i]!] = entry(i);
    return all;
  };
  return {
    n,
    rSquared: found.rSquared,
    adjustedRSquared: n > p + 1 ? 1 - ((1 - found.rSquared) * (n - 1)) / (n - p - 1) : null,
    weights: spread((i) => found.weights[i]!),
    coefficients: spread((i) => (found.dependent[i] ? null : found.coefficients[i]!)),
    vif: spread((i) => (found.dependent[i] ? null : found.vif[i]!)),
    correlations: spread((i) => withOutcome[i]!),
    collinear: found.dependent.includes(true),
  };
}

/** The same from columns, one array per predictor; rows with a missing (not finite) value are left out, and a row counts
 *  `rowWeights` times. Columns are centred first, so that large values lose no digits.
 *  @throws AppError 'stats.too-few' for n ≤ p + 1, 'stats.shape' for a constant outcome or no varying predictor */
export function relativeWeights(
  columns: readonly ArrayLike<number>[],
  outcome: ArrayLike<number>,
  rowWeights?: ArrayLike<number>,
): RelativeWeights {
  const all = [...columns, outcome];
  const complete = Array.from({ length: outcome.length }, (_, row) => row).filter(
    (row) => all.every((column) => Number.isFinite(column[row]!)) && (rowWeights?.[row] ?? 1) > 0,
  );
  const n = complete.reduce((sum, row) => sum + (rowWeights?.[row] ?? 1), 0);
  if (n <= columns.length + 1)
    throw new AppError('stats.too-few', { what: 'complete rows', n, needed: columns.length + 2 });
  const means = all.map((column) => complete.reduce((sum, row) => sum + column[row]!, 0) / complete.length);
  const sums = new Float64Array(momentSlots(all.length));
  const values = new Float64Array(all.length);
  for (const row of complete) {
    for (let i = 0; i < all.length; i++) values[i] = all[i]![row]! - means[i]!;
    const count = rowWeights?.[row] ?? 1;
    addToMoments(values, (slot, value) => (sums[slot]! += count * value), 0);
  }
  const result = relativeWeightsOfMoments(sums, columns.length);
  if (result === null) throw new AppError('stats.shape', { what: 'regression', problem: 'nothing varies' });
  return result;
}
