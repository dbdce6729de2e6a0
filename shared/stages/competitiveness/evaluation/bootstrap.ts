import type { Rng } from '../../../rng.ts';
import type { Estimate } from '../results.ts';
import { accuracyOf, confusionCounts, macroF1Of, requireRows } from './confusion.ts';
import { percentileEstimate } from './percentile.ts';
import { resampleCounts } from './resample-counts.ts';

export const DEFAULT_RESAMPLES = 10_000;

export interface BootstrapOptions {
  readonly rng: Rng;
  readonly resamples?: number;
  /** Called once per thousand resamples with the share done; may throw to stop. */
  readonly onProgress?: (share: number) => void;
}

export interface ScoreIntervals {
  readonly accuracy: Estimate;
  readonly macroF1: Estimate;
}

/** Accuracy and macro-F1 with 95 % percentile intervals of a bootstrap stratified by actual class. Rows of one cell of the confusion matrix are
 *  alike, so counts are redrawn and not rows.
 *  @throws AppError 'stats.empty', 'stats.shape'   @source Efron and Tibshirani 1993, chapter 13 */
export function bootstrapScores(
  actual: Int32Array,
  predicted: Int32Array,
  classes: number,
  options: BootstrapOptions,
): ScoreIntervals {
  const counts = confusionCounts(actual, predicted, classes);
  const strata = stratify(actual, (row) => predicted[row]!);
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  const accuracy = new Float64Array(resamples);
  const macroF1 = new Float64Array(resamples);
  const redrawn = new Float64Array(classes * classes);
  for (let draw = 0; draw < resamples; draw++) {
    report(options, draw, resamples);
    redrawn.fill(0);
    for (const stratum of strata) {
      resampleCounts(stratum.counts, stratum.drawn, options.rng);
      stratum.keys.forEach((key, i) => {
        redrawn[stratum.actual * classes + key]! += stratum.drawn[i]!;
      });
    }
    accuracy[draw] = accuracyOf(redrawn, classes);
    macroF1[draw] = macroF1Of(redrawn, classes);
  }
  return {
    accuracy: percentileEstimate(accuracyOf(counts, classes), accuracy),
    macroF1: percentileEstimate(macroF1Of(counts, classes), macroF1),
  };
}

/** Difference of accuracies (`predicted` minus `reference`, on the same rows) with its 95 % percentile interval: rows are redrawn in pairs within
 *  each actual class. Within a class only fixed, broken and unchanged rows differ, so these three are redrawn.
 *  @throws AppError 'stats.empty', 'stats.shape'   @source Efron and Tibshirani 1993, chapter 13 */
export function pairedAccuracyDifference(
  actual: Int32Array,
  predicted: Int32Array,
  reference: Int32Array,
  options: BootstrapOptions,
): Estimate {
  requireRows(actual, predicted);
  requireRows(actual, reference);
  const changeOf = (row: number) => Number(predicted[row] === actual[row]) - Number(reference[row] === actual[row]);
  const strata = stratify(actual, changeOf);
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  const differences = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    let sum = 0;
    for (const { keys, counts, drawn } of strata) {
      resampleCounts(counts, drawn, options.rng);
      keys.forEach((change, i) => {
        sum += change * drawn[i]!;
      });
    }
    differences[draw] = sum / actual.length;
  }
  const found = actual.reduce((sum, _, row) => sum + changeOf(row), 0);
  return percentileEstimate(found / actual.length, differences);
}

/** Differences (`predicted` minus `reference`) of accuracy and macro-F1 with 95 % intervals: each resample, stratified by actual class, takes the
 *  same rows for both. @throws AppError 'stats.empty', 'stats.shape' */
export function pairedBootstrap(
  actual: Int32Array,
  predicted: Int32Array,
  reference: Int32Array,
  classes: number,
  options: BootstrapOptions,
): ScoreIntervals {
  const accuracy = pairedAccuracyDifference(actual, predicted, reference, {
    rng: options.rng,
    ...(options.resamples === undefined ? {} : { resamples: options.resamples }),
  });
  const counts = confusionCounts(actual, predicted, classes);
  const referenceCounts = confusionCounts(actual, reference, classes);
  const strata = stratify(actual, (row) => predicted[row]! * classes + reference[row]!);
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  const macroF1 = new Float64Array(resamples);
  const first = new Float64Array(classes * classes);
  const second = new Float64Array(classes * classes);
  for (let draw = 0; draw < resamples; draw++) {
    report(options, draw, resamples);
    first.fill(0);
    second.fill(0);
    for (const stratum of strata) {
      resampleCounts(stratum.counts, stratum.drawn, options.rng);
      const at = stratum.actual * classes;
      stratum.keys.forEach((key, i) => {
        first[at + Math.floor(key / classes)]! += stratum.drawn[i]!;
        second[at + (key % classes)]! += stratum.drawn[i]!;
      });
    }
    macroF1[draw] = macroF1Of(first, classes) - macroF1Of(second, classes);
  }
  return {
    accuracy,
    macroF1: percentileEstimate(macroF1Of(counts, classes) - macroF1Of(referenceCounts, classes), macroF1),
  };
}

interface Stratum {
  readonly actual: number;
  readonly keys: readonly number[];
  readonly counts: readonly number[];
  readonly drawn: Float64Array;
}

/** Rows of each actual class, counted by key. */
function stratify(actual: Int32Array, keyOf: (row: number) => number): Stratum[] {
  const strata = new Map<number, Map<number, number>>();
  for (let row = 0; row < actual.length; row++) {
    const cells = strata.get(actual[row]!) ?? new Map<number, number>();
    strata.set(actual[row]!, cells);
    cells.set(keyOf(row), (cells.get(keyOf(row)) ?? 0) + 1);
  }
  return [...strata].map(([label, cells]) => ({
    actual: label,
    keys: [...cells.keys()],
    counts: [...cells.values()],
    drawn: new Float64Array(cells.size),
  }));
}

function report(options: BootstrapOptions, draw: number, resamples: number): void {
  if (draw % 1000 === 0) options.onProgress?.(draw / resamples);
}
