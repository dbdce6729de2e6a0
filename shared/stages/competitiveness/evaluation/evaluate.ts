import type { ComparisonResult, Evaluation } from '../results.ts';
import { type BootstrapOptions, bootstrapScores, DEFAULT_RESAMPLES, pairedBootstrap } from './bootstrap.ts';
import { expectedCalibrationError } from './calibration.ts';
import { rowChanges } from './changes.ts';
import { classMetrics, confusionCounts, mostConfused } from './confusion.ts';
import { mcNemar } from './mcnemar.ts';

const CONFUSED_PAIRS = 20;

export interface EvaluationInput extends BootstrapOptions {
  readonly labels: readonly string[];
  /** Class indices [rows]. */
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  /** [rows, classes]; null where a model gives none. */
  readonly probabilities: Float32Array | null;
  readonly demandWeighted: Evaluation['demandWeighted'];
}

/** Everything that is reported of one model on the locked test rows. @throws AppError 'stats.empty', 'stats.shape' */
export function evaluatePredictions(input: EvaluationInput): Evaluation {
  const { labels, actual, predicted } = input;
  const k = labels.length;
  const counts = confusionCounts(actual, predicted, k);
  const intervals = bootstrapScores(actual, predicted, k, input);
  return {
    rows: actual.length,
    ...intervals,
    perClass: classMetrics(counts, labels),
    confusion: { labels: [...labels], counts: labels.map((_, i) => [...counts.subarray(i * k, (i + 1) * k)]) },
    mostConfused: mostConfused(actual, predicted, CONFUSED_PAIRS).map((pair) => ({
      actual: labels[pair.actual]!,
      predicted: labels[pair.predicted]!,
      rows: pair.rows.length,
    })),
    calibration: input.probabilities === null ? null : expectedCalibrationError(actual, input.probabilities, k),
    resamples: input.resamples ?? DEFAULT_RESAMPLES,
    demandWeighted: input.demandWeighted,
  };
}

export interface ComparisonInput extends BootstrapOptions {
  readonly runId: string;
  readonly referenceId: string;
  readonly testLock: string;
  readonly classes: number;
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  readonly reference: Int32Array;
}

/** A run against a reference on the same locked test rows. @throws AppError 'stats.empty', 'stats.shape' */
export function comparePredictions(input: ComparisonInput): ComparisonResult {
  const { actual, predicted, reference } = input;
  const difference = pairedBootstrap(actual, predicted, reference, input.classes, input);
  const changes = rowChanges(actual, predicted, reference);
  return {
    runId: input.runId,
    referenceId: input.referenceId,
    testLock: input.testLock,
    rows: actual.length,
    accuracyDifference: difference.accuracy,
    macroF1Difference: difference.macroF1,
    mcNemar: mcNemar(changes.broken.length, changes.fixed.length),
    fixed: changes.fixed.length,
    broken: changes.broken.length,
    bothRight: changes.bothRight.length,
    bothWrong: changes.bothWrong.length,
    resamples: input.resamples ?? DEFAULT_RESAMPLES,
  };
}
