import type { Rng } from '../../../rng.ts';
import { areaUnderRoc } from '../../../statistics/area-under-roc.ts';
import { correctedResampledMean } from '../../../statistics/corrected-resampled-mean.ts';
import { areaInterval, delongArea } from '../../../statistics/delong.ts';
import { ascending, kolmogorovSmirnov } from '../../../statistics/kolmogorov-smirnov.ts';
import { pairedDifference } from '../../../statistics/paired-difference.ts';
import { quantileOfSorted } from '../../../statistics/quantile.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import type { Estimate } from '../../competitiveness/results.ts';
import type { TableSplit } from './folds.ts';
import type { TableEvaluation } from './results.ts';
import { cheapestThreshold, costCurve, costOf, type ErrorCosts } from './threshold-cost.ts';

export interface ScoredTable {
  /** 1 where the event happened [rows]. */
  readonly event: Uint8Array;
  /** Of each repeat: probability of the event by a model that had not seen the row [rows]. */
  readonly scores: readonly Float64Array[];
  readonly splits: readonly TableSplit[];
  readonly costs: ErrorCosts;
  readonly resamples: number;
  readonly rng: Rng;
}

const RELIABILITY_BINS = 10;

/** How good out-of-fold probabilities are. Every figure is the mean over the repeats. Intervals (95 %): DeLong for the area, corrected for overlap
 *  for the area per part, Student's over rows for what is a mean over rows, Wilson's for shares; for KS, calibration error and the cheapest
 *  threshold the middle of a bootstrap stratified by outcome, moved onto the value because both statistics come out too high in a resample. */
export function evaluateScores(input: ScoredTable): TableEvaluation {
  const { event, scores, splits, costs } = input;
  const isEvent = Array.from(event, (each) => each === 1);
  const areas = scores.map((score) => delongArea(score, isEvent)!);
  const area = mean(areas.map(({ value }) => value));
  const [low, high] = areaInterval(area, Math.sqrt(mean(areas.map(({ standardError }) => (standardError ?? 0) ** 2))));
  const atRule = costs.falseAlarm / (costs.missed + costs.falseAlarm);
  const draws = bootstrap(input, isEvent);
  const overRepeats = (of: (score: number, row: number, repeat: number) => number) =>
    event.length === 0 ? [] : Array.from(event, (_, row) => mean(scores.map((score, r) => of(score[row]!, row, r))));
  const flagged = overRepeats((score) => (score >= atRule ? 1 : 0));
  const share = (of: number, n: number): Estimate | null => {
    const interval = wilsonInterval(of, n);
    return interval === null ? null : { value: of / n, low: interval[0], high: interval[1] };
  };
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const caught = sum(flagged.filter((_, row) => isEvent[row]));
  const chosen = crossChosen(input);
  return {
    auc: { value: area, low, high },
    foldAuc: asEstimate(correctedResampledMean(foldAreas(input), testToTrain(splits)))!,
    brier: asEstimate(pairedDifference(overRepeats((score, row) => (score - event[row]!) ** 2)))!,
    ks: moved(mean(scores.map((score) => kolmogorovSmirnov(score, isEvent)!)), draws.ks, [0, 1]),
    calibrationError: moved(mean(scores.map((score) => calibrationError(event, score))), draws.calibration, [0, 1]),
    reliability: reliability(event, scores),
    cost: {
      threshold: atRule,
      perCase: asEstimate(pairedDifference(overRepeats((score, row) => costOf(event[row]!, score >= atRule, costs))))!,
      flagged: share(sum(flagged), event.length)!,
      caught: share(caught, sum(isEvent.map(Number)))!,
      precision: sum(flagged) === 0 ? null : share(caught, sum(flagged)),
      chosen: {
        threshold: moved(
          median(scores.map((score) => cheapestThreshold(event, score, costs))),
          draws.threshold,
          [0, 1],
        ),
        perCase: asEstimate(pairedDifference(overRepeats((_, row, repeat) => chosen[repeat]![row]!)))!,
      },
      curve: costCurve(event, scores, costs),
    },
  };
}

/** Area under the ROC curve of each part, by the repeat in which it was tested. */
export function foldAreas({ event, scores, splits }: Pick<ScoredTable, 'event' | 'scores' | 'splits'>): number[] {
  return splits.map(({ repeat, test }) => {
    const isEvent = Array.from(test, (row) => event[row] === 1);
    return areaUnderRoc(test.length === 0 ? [] : Array.from(test, (row) => scores[repeat]![row]!), isEvent)!;
  });
}

export function testToTrain(splits: readonly TableSplit[]): number {
  return mean(splits.map(({ test, train }) => test.length / train.length));
}

/** Mean distance of predicted from observed share over ten equal bins of the probability, weighted by rows.   @source Naeini et al. 2015 */
export function calibrationError(event: Uint8Array, score: Float64Array, weights?: ArrayLike<number>): number {
  const bins = new Float64Array(RELIABILITY_BINS);
  let total = 0;
  score.forEach((probability, row) => {
    const weight = weights?.[row] ?? 1;
    bins[binOfProbability(probability)]! += weight * (probability - event[row]!);
    total += weight;
  });
  return bins.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
}

function binOfProbability(probability: number): number {
  return Math.min(RELIABILITY_BINS - 1, Math.floor(probability * RELIABILITY_BINS));
}

function reliability(event: Uint8Array, scores: readonly Float64Array[]): TableEvaluation['reliability'] {
  const bins = Array.from({ length: RELIABILITY_BINS }, () => ({ rows: 0, predicted: 0, observed: 0 }));
  for (const score of scores) {
    score.forEach((probability, row) => {
      const bin = bins[binOfProbability(probability)]!;
      bin.rows++;
      bin.predicted += probability;
      bin.observed += event[row]!;
    });
  }
  return bins.map(({ rows, predicted, observed }, at) => ({
    low: at / RELIABILITY_BINS,
    high: (at + 1) / RELIABILITY_BINS,
    rows: rows / scores.length,
    predicted: rows === 0 ? null : predicted / rows,
    observed: rows === 0 ? null : observed / rows,
  }));
}

/** Cost of each row under the threshold that was cheapest on the other parts of its repeat [repeats][rows]. */
function crossChosen({ event, scores, splits, costs }: ScoredTable): Float64Array[] {
  const cost = scores.map(() => new Float64Array(event.length));
  for (const { repeat, train, test } of splits) {
    const score = scores[repeat]!;
    const threshold = cheapestThreshold(
      Uint8Array.from(train, (row) => event[row]!),
      Float64Array.from(train, (row) => score[row]!),
      costs,
    );
    for (const row of test) cost[repeat]![row] = costOf(event[row]!, score[row]! >= threshold, costs);
  }
  return cost;
}

/** Resamples of the rows, events and others apart; the repeats take turns. */
function bootstrap({ event, scores, costs, resamples, rng }: ScoredTable, isEvent: readonly boolean[]) {
  const orders = scores.map(ascending);
  const classes = [0, 1].map((kind) => Int32Array.from(event.keys()).filter((row) => event[row] === kind));
  const weights = new Float64Array(event.length);
  const ks = new Float64Array(resamples);
  const calibration = new Float64Array(resamples);
  const threshold = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    weights.fill(0);
    for (const rows of classes) for (let i = 0; i < rows.length; i++) weights[rows[rng.int(rows.length)]!]! += 1;
    const repeat = draw % scores.length;
    const score = scores[repeat]!;
    ks[draw] = kolmogorovSmirnov(score, isEvent, orders[repeat]!, weights)!;
    calibration[draw] = calibrationError(event, score, weights);
    threshold[draw] = cheapestThreshold(event, score, costs, orders[repeat]!, weights);
  }
  return { ks, calibration, threshold };
}

/** A value with the spread of its draws around their own middle: for statistics that resampling shifts to one side. */
export function moved(value: number, draws: Float64Array, [least, most]: readonly [number, number]): Estimate {
  const sorted = draws.slice().sort();
  const middle = quantileOfSorted(sorted, 0.5)!;
  const bound = (p: number) => Math.min(most, Math.max(least, value + quantileOfSorted(sorted, p)! - middle));
  return { value, low: bound(0.025), high: bound(0.975) };
}

export function asEstimate(
  found: { readonly value: number; readonly low: number; readonly high: number } | null,
): Estimate | null {
  return found === null ? null : { value: found.value, low: found.low, high: found.high };
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function median(values: readonly number[]): number {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    0.5,
  )!;
}
