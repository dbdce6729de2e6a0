import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { createRng } from '../../../shared/rng.ts';
import { evaluatePredictions } from '../../../shared/stages/competitiveness/evaluation/evaluate.ts';
import { floorTerms } from '../../../shared/stages/competitiveness/floors/floor-terms.ts';
import {
  type FloorData,
  type FloorPrediction,
  frozenFloor,
  majorityFloor,
  tfidfFloor,
} from '../../../shared/stages/competitiveness/floors/floors.ts';
import type { Floor } from '../../../shared/stages/competitiveness/results.ts';
import { wordSegmenter } from '../segmenter.ts';
import type { ComputeTask, TaskContext } from '../task.ts';

const LATENCY_REPEATS = 100;

export interface FloorsTaskInput {
  readonly classes: readonly string[];
  readonly texts: StringTable;
  readonly labels: Int32Array;
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
  /** [rows × dimensions] */
  readonly vectors: Float32Array;
  readonly modelId: string;
  readonly encoderMb: number;
  /** p95 of the encoder on one text. */
  readonly encoderP95Ms: number;
  readonly seed: number;
}

export interface FloorsTaskOutput {
  readonly floors: readonly Floor[];
  /** Predicted class of each test row, by type of floor. */
  readonly predictions: Readonly<Record<Floor['type'], Int32Array>>;
}

export const floorsTask: ComputeTask<FloorsTaskInput, FloorsTaskOutput> = {
  run(input, context) {
    const texts = unpackStrings(input.texts);
    const segment = wordSegmenter();
    const rows = texts.length;
    const columns = input.vectors.length / Math.max(1, rows);
    const measure = (
      type: Floor['type'],
      from: number,
      to: number,
      predict: (data: FloorData) => FloorPrediction,
      prepare: (row: number) => void = () => undefined,
    ): { floor: Floor; predicted: Int32Array } => {
      const prediction = predict(floorData(input, context, type, from, to));
      const encoder = type === 'frozen' ? input.encoderMb : 0;
      const floor: Floor = {
        id: type,
        type,
        modelId: type === 'frozen' ? input.modelId : null,
        c: prediction.c,
        features: prediction.features,
        evaluation: evaluatePredictions({
          labels: input.classes,
          actual: input.test.map((row) => input.labels[row]!),
          predicted: prediction.predicted,
          probabilities: prediction.probabilities,
          demandWeighted: null,
          rng: createRng(input.seed),
        }),
        latencyP95Ms: p95Of(input.test, prediction, prepare) + (type === 'frozen' ? input.encoderP95Ms : 0),
        sizeMb: prediction.sizeMb + encoder,
      };
      context.progress(progressAt(to, type));
      return { floor, predicted: prediction.predicted };
    };
    const majority = measure('majority', 0, 0.02, majorityFloor);
    const tfidf = measure(
      'tfidf',
      0.02,
      0.5,
      (data) =>
        tfidfFloor(
          data,
          texts.map((text) => floorTerms(text, segment)),
        ),
      (row) => floorTerms(texts[row]!, segment),
    );
    const frozen = measure('frozen', 0.5, 1, (data) =>
      frozenFloor(data, { type: 'dense', rows, columns, value: input.vectors }),
    );
    return {
      floors: [majority.floor, tfidf.floor, frozen.floor],
      predictions: { majority: majority.predicted, tfidf: tfidf.predicted, frozen: frozen.predicted },
    };
  },
};

/** Nearest-rank 95th percentile of answering one test row at a time, in milliseconds. */
function p95Of(test: Int32Array, { answerAgain }: FloorPrediction, prepare: (row: number) => void): number {
  const durations = Array.from({ length: LATENCY_REPEATS }, (_, at) => {
    const row = test[at % test.length]!;
    const start = performance.now();
    prepare(row);
    answerAgain(row);
    return performance.now() - start;
  });
  durations.sort((a, b) => a - b);
  return durations[Math.ceil(0.95 * LATENCY_REPEATS) - 1]!;
}

function progressAt(fraction: number, phase: string) {
  return { fraction, phase, done: Math.round(fraction * 100), total: 100, unit: 'percent', rate: null, etaMs: null };
}

function floorData(input: FloorsTaskInput, context: TaskContext, phase: string, from: number, to: number): FloorData {
  return {
    classes: input.classes.length,
    labels: input.labels,
    train: input.train,
    dev: input.dev,
    test: input.test,
    rng: createRng(input.seed),
    onProgress: (share) => context.progress(progressAt(from + (to - from) * share, phase)),
  };
}
