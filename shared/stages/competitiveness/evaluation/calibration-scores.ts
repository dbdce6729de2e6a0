import { createRng } from '../../../rng.ts';
import { quantileOfSorted } from '../../../statistics/quantile.ts';
import { softmaxAt } from '../../../statistics/softmax.ts';
import type { CalibratedScores, Estimate, TemperatureResult } from '../results.ts';
import { expectedCalibrationError } from './calibration.ts';
import { percentileEstimate } from './percentile.ts';
import { fitTemperature } from './temperature.ts';

const BINS = 15;
const RESAMPLES = 1_000;

/** Logits [rows, classes] with the class of each row. */
export interface LabelledLogits {
  readonly labels: Int32Array;
  readonly logits: Float32Array;
}

/** A temperature fitted on dev rows, and what it does on test rows that had no part in it. Both sides of the comparison see the same resamples.
 *  @throws AppError 'stats.empty', 'stats.shape' */
export function calibrate(classes: number, dev: LabelledLogits, test: LabelledLogits, seed: number): TemperatureResult {
  const { temperature, limited } = fitTemperature(dev.labels, dev.logits, classes);
  return {
    temperature,
    limited,
    devRows: dev.labels.length,
    rows: test.labels.length,
    resamples: RESAMPLES,
    before: calibrationScores(classes, test, 1, seed),
    after: calibrationScores(classes, test, temperature, seed),
  };
}

/** How well probabilities softmax(logits / T) agree with what comes true, each with a 95 % percentile interval over resampled rows.
 *  Calibration error over 15 bins of equal width and of equal count (edges at quantiles); the edges stay in the resamples. Brier score: Σ over classes of
 *  (p − 1[class])², mean over rows. A calibration error is a mean of absolute values, so its resamples lie a little above it in small samples.
 *  @throws AppError 'stats.empty', 'stats.shape'
 *  @source Guo et al. 2017; equal counts: Nixon et al. 2019, "Measuring calibration in deep learning"; Brier 1950 */
export function calibrationScores(
  classes: number,
  { labels, logits }: LabelledLogits,
  temperature: number,
  seed: number,
): CalibratedScores {
  const probabilities = softmaxAt(logits, classes, temperature);
  const n = labels.length;
  const { bins, ece } = expectedCalibrationError(labels, probabilities, classes, BINS);
  const confidence = new Float64Array(n);
  const error = new Float64Array(n);
  const brier = new Float64Array(n);
  const nll = new Float64Array(n);
  for (const [row, label] of labels.entries()) {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    const best = own.reduce((top, p, k) => (p > own[top]! ? k : top), 0);
    confidence[row] = Math.min(1, own[best]!);
    error[row] = Number(best === label) - confidence[row]!;
    brier[row] = own.reduce((sum, p, k) => sum + (p - Number(k === label)) ** 2, 0);
    nll[row] = -Math.log(Math.max(own[label]!, Number.MIN_VALUE));
  }
  const width = confidence.map((p) => Math.min(BINS - 1, Math.max(0, Math.ceil(p * BINS) - 1)));
  const mass = equalCountBins(confidence);
  const all = Int32Array.from({ length: n }, (_, row) => row);
  const mean = (values: Float64Array, rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / n;
  const gap = (bin: Float64Array, rows: Int32Array) => {
    const sums = new Float64Array(BINS);
    for (const row of rows) sums[bin[row]!]! += error[row]!;
    return sums.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  };
  const measures = {
    adaptiveEce: (rows: Int32Array) => gap(mass, rows),
    brier: (rows: Int32Array) => mean(brier, rows),
    nll: (rows: Int32Array) => mean(nll, rows),
  };
  const rng = createRng(seed);
  const drawn = new Int32Array(n);
  const draws = {
    ece: new Float64Array(RESAMPLES),
    adaptiveEce: new Float64Array(RESAMPLES),
    brier: new Float64Array(RESAMPLES),
    nll: new Float64Array(RESAMPLES),
  };
  for (let draw = 0; draw < RESAMPLES; draw++) {
    for (let i = 0; i < n; i++) drawn[i] = rng.int(n);
    draws.ece[draw] = gap(width, drawn);
    for (const id of ['adaptiveEce', 'brier', 'nll'] as const) draws[id][draw] = measures[id](drawn);
  }
  const estimate = (id: keyof typeof measures): Estimate => percentileEstimate(measures[id](all), draws[id]);
  return {
    ece: percentileEstimate(ece, draws.ece),
    adaptiveEce: estimate('adaptiveEce'),
    brier: estimate('brier'),
    nll: estimate('nll'),
    bins,
  };
}

/** The bin of each confidence, edges at the quantiles 1/15 … 14/15; one on an edge belongs to the bin above. */
function equalCountBins(confidence: Float64Array): Float64Array {
  const ascending = confidence.slice().sort();
  const edges = Array.from({ length: BINS - 1 }, (_, i) => quantileOfSorted(ascending, (i + 1) / BINS)!);
  return confidence.map((p) => edges.filter((edge) => p >= edge).length);
}
