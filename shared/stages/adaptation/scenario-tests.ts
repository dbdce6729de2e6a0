import { createRng } from '../../rng.ts';
import { proportionDifference } from '../../statistics/proportion-difference.ts';
import type { PerturbationId } from '../../text-changes/perturbations.ts';
import { bootstrapScores, pairedBootstrap } from '../competitiveness/evaluation/bootstrap.ts';
import { calibrationInterval } from './calibration-interval.ts';
import { type CostRule, expectedCost } from './expected-cost.ts';
import type { LimitTest, ScenarioLimit } from './limits.ts';
import { shareEstimate } from './reject-option.ts';
import type { ScenarioTest, TEST_METHODS } from './results.ts';
import { judged } from './tests-verdict.ts';

/** A model's answers on the test rows of a scenario; K classes. */
export interface TestedAnswers {
  readonly labels: readonly string[];
  /** Class indices [rows]. */
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  /** [rows × K] */
  readonly probabilities: Float32Array;
  readonly confidence: Float32Array;
  /** Below it texts go to a person; null where all are answered. */
  readonly rejectBelow: number | null;
}

export interface TestSlice {
  readonly columnId: string;
  readonly columnName: string;
  readonly value: string;
  /** Indices of test rows. */
  readonly rows: Int32Array;
}

export interface PerturbedAnswers {
  readonly id: PerturbationId;
  /** Indices of the test rows that the change could work on, and the class answered after it. */
  readonly rows: Int32Array;
  readonly predicted: Int32Array;
}

export interface ScenarioTestsInput {
  readonly answers: TestedAnswers;
  readonly costs: CostRule;
  readonly limits: readonly ScenarioLimit[];
  readonly slices: readonly TestSlice[];
  readonly needs: readonly { readonly needId: string; readonly rows: Int32Array }[];
  readonly perturbed: readonly PerturbedAnswers[];
  readonly seed: number;
}

/** Rows behind a test: indices of test rows, which of them failed, and what a change made of the answer (−1 where nothing was changed). */
export interface TestEvidence {
  readonly testId: string;
  readonly rows: Int32Array;
  readonly failed: Uint8Array;
  readonly after: Int32Array | null;
}

export interface ScenarioTestsResult {
  readonly tests: ScenarioTest[];
  readonly evidence: TestEvidence[];
  readonly costPerThousand: number;
}

const DROP_RESAMPLES = 2000;
const CALIBRATION_RESAMPLES = 1000;
const COSTLY_CLASSES = 3;
const CLEAR = 0.5;
const NO_SUBJECT: ScenarioTest['subject'] = { label: null, slice: null, needId: null, perturbation: null };

interface Figure {
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly method: (typeof TEST_METHODS)[number];
}

/** All tests of a suite but those of the machine. Shares carry Wilson intervals; overall accuracy and macro-F1 stratified bootstraps; a slice is
 *  measured by overall accuracy minus its own, interval after Newcombe: the gap to the whole is the gap to the other rows times their share.
 *  @throws AppError 'stats.empty' without test rows   @source Ribeiro et al. 2020 (invariance tests); Newcombe 1998 */
export function scenarioTests(input: ScenarioTestsInput): ScenarioTestsResult {
  const { answers, limits } = input;
  const { actual, predicted, labels } = answers;
  const tests: ScenarioTest[] = [];
  const evidence: TestEvidence[] = [];
  const all = Int32Array.from(actual.keys());
  const wrong = (row: number) => predicted[row] !== actual[row];

  const add = (
    id: string,
    type: ScenarioTest['type'],
    limitOf: LimitTest,
    figure: Figure,
    rows: Int32Array,
    failed: (row: number, at: number) => boolean,
    more: Partial<Pick<ScenarioTest, 'subject' | 'companion'>> & { after?: Int32Array } = {},
  ) => {
    const { after, ...shown } = more;
    const needId = shown.subject?.needId ?? null;
    const limit = limits.find((candidate) => candidate.test === limitOf && candidate.needId === needId);
    const marks = Uint8Array.from(rows, (row, at) => (failed(row, at) ? 1 : 0));
    const failures = marks.reduce((sum, mark) => sum + mark, 0);
    tests.push({
      id,
      type,
      subject: NO_SUBJECT,
      unit: 'share',
      companion: null,
      ...shown,
      ...figure,
      ...judged(figure, limitOf, limit),
      rows: { all: rows.length, passed: rows.length - failures, failed: failures },
    });
    evidence.push({ testId: id, rows, failed: marks, after: after ?? null });
  };
  const shareOf = (rows: Int32Array, good: (row: number, at: number) => boolean): Figure => {
    const estimate = shareEstimate(
      rows.reduce((sum, row, at) => sum + (good(row, at) ? 1 : 0), 0),
      rows.length,
    );
    return {
      n: rows.length,
      value: estimate?.value ?? null,
      low: estimate?.low ?? null,
      high: estimate?.high ?? null,
      method: 'wilson',
    };
  };
  const right = (row: number) => !wrong(row);

  const overall = bootstrapScores(actual, predicted, labels.length, { rng: createRng(input.seed) });
  const n = actual.length;
  add('accuracy', 'accuracy', 'accuracy', { n, ...overall.accuracy, method: 'bootstrap' }, all, wrong);
  add('macroF1', 'macroF1', 'macroF1', { n, ...overall.macroF1, method: 'bootstrap' }, all, wrong);

  for (const label of costliest(labels, input.costs)) {
    const rows = all.filter((row) => actual[row] === label);
    const subject = { ...NO_SUBJECT, label: labels[label]! };
    add(`recall:${labels[label]}`, 'classRecall', 'classRecall', shareOf(rows, right), rows, wrong, { subject });
  }
  if (answers.rejectBelow !== null) {
    const { rejectBelow, confidence } = answers;
    const rejected = (row: number) => confidence[row]! < rejectBelow;
    const accepted = all.filter((row) => !rejected(row));
    const share = shareEstimate(accepted.length, n);
    const companion = share === null ? null : { id: 'coverage' as const, ...share };
    add('acceptedAccuracy', 'acceptedAccuracy', 'accuracy', shareOf(accepted, right), accepted, wrong, { companion });
    add(
      'coverage',
      'coverage',
      'coverage',
      shareOf(all, (row) => !rejected(row)),
      all,
      rejected,
    );
  }
  for (const { rows, ...slice } of input.slices) {
    const own = shareOf(rows, right);
    const companion =
      own.value === null ? null : { id: 'sliceAccuracy' as const, value: own.value, low: own.low, high: own.high };
    add(`slice:${slice.columnId}:${slice.value}`, 'slice', 'sliceGap', sliceGap(rows, all, right), rows, wrong, {
      subject: { ...NO_SUBJECT, slice },
      companion,
    });
  }
  for (const { needId, rows } of input.needs) {
    const subject = { ...NO_SUBJECT, needId };
    add(`need:${needId}`, 'need', 'needAccuracy', shareOf(rows, right), rows, wrong, { subject });
  }
  for (const { id, rows, predicted: after } of input.perturbed) {
    const moved = (row: number, at: number) => after[at] !== predicted[row];
    const companion = accuracyDrop(answers, rows, after, input.seed);
    const type = id === 'personalData' ? 'personalData' : 'perturbation';
    const limitOf = id === 'personalData' ? 'personalData' : 'invariance';
    const subject = { ...NO_SUBJECT, perturbation: id };
    const figure = shareOf(rows, (row, at) => !moved(row, at));
    add(`perturbation:${id}`, type, limitOf, figure, rows, moved, { subject, companion, after });
  }
  const clear = (row: number) => answers.confidence[row]! > CLEAR;
  add('clearAnswer', 'clearAnswer', 'clearAnswer', shareOf(all, clear), all, (row) => !clear(row));
  const calibration = calibrationInterval(
    actual,
    answers.probabilities,
    labels.length,
    CALIBRATION_RESAMPLES,
    createRng(input.seed),
  );
  add('calibration', 'calibration', 'calibration', { n, ...calibration, method: 'bootstrap' }, all, wrong);
  return {
    tests,
    evidence,
    costPerThousand: 1000 * expectedCost(input.costs, actual, predicted, answers.confidence, answers.rejectBelow ?? 0),
  };
}

/** Classes whose misses cost most, up to three; those of the least cost are left out where costs differ. */
function costliest(labels: readonly string[], { miss }: CostRule): number[] {
  const order = labels.map((_, k) => k).sort((a, b) => miss[b]! - miss[a]! || a - b);
  const least = Math.min(...miss);
  const dear = order.filter((k) => miss[k]! > least);
  return (dear.length > 0 ? dear : order).slice(0, COSTLY_CLASSES);
}

/** Overall accuracy minus that of the slice. */
function sliceGap(slice: Int32Array, all: Int32Array, right: (row: number) => boolean): Figure {
  const inside = new Set(slice);
  const others = all.filter((row) => !inside.has(row));
  const count = (rows: Int32Array) => ({ successes: rows.filter(right).length, n: rows.length });
  const difference = proportionDifference(count(others), count(slice));
  if (difference === null) return { n: slice.length, value: null, low: null, high: null, method: 'newcombe' };
  const share = others.length / all.length;
  return {
    n: slice.length,
    value: share * difference.value,
    low: share * difference.low,
    high: share * difference.high,
    method: 'newcombe',
  };
}

/** How much accuracy a change costs on the rows that it changed: before minus after, paired. */
function accuracyDrop(
  { actual, predicted, labels }: TestedAnswers,
  rows: Int32Array,
  after: Int32Array,
  seed: number,
): ScenarioTest['companion'] {
  if (rows.length === 0) return null;
  const of = (values: Int32Array) => rows.map((row) => values[row]!);
  const { accuracy } = pairedBootstrap(of(actual), of(predicted), after, labels.length, {
    rng: createRng(seed),
    resamples: DROP_RESAMPLES,
  });
  return { id: 'accuracyDrop', ...accuracy };
}
