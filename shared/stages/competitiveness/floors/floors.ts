import { AppError } from '../../../errors/app-error.ts';
import { type DenseRows, type Rows, selectRows } from '../../../linear-algebra/sparse.ts';
import type { Rng } from '../../../rng.ts';
import { predictLogistic } from '../../../statistics/logistic-regression.ts';
import { predictedClasses } from '../../../train/evaluation.ts';
import { fitTfidf, type TfidfModel, transformTfidf } from '../../demand/text/tfidf.ts';
import { chooseLogistic } from './choose-logistic.ts';

const FLOAT_BYTES = 4;
/** The most frequent terms are kept, so that weights of many classes stay in memory. */
const MAX_TERMS = 20_000;
/** From this many training texts on, terms that occur in one text only are left out. */
const MANY_TEXTS = 1000;

export interface FloorData {
  readonly classes: number;
  /** Class index per row, read for train, dev and test rows only [rows]. */
  readonly labels: Int32Array;
  /** Row indices. */
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
  readonly rng: Rng;
  /** May throw to stop. */
  readonly onProgress?: (share: number) => void;
}

export interface FloorPrediction {
  /** Class per test row, in the order of `test`. */
  readonly predicted: Int32Array;
  /** [test rows, classes]. */
  readonly probabilities: Float32Array;
  /** Chosen inverse strength of the penalty; null for the majority class. */
  readonly c: number | null;
  readonly features: number | null;
  /** Of the classifier in float32, without vocabulary or encoder. */
  readonly sizeMb: number;
  /** Answers one row anew, without making its terms or its embedding: for timing. */
  readonly answerAgain: (row: number) => void;
}

/** The most frequent class of the training rows (of equal ones the lowest index) for every test row; its probabilities are the class shares.
 *  @throws AppError 'stats.empty' without training rows */
export function majorityFloor(data: FloorData): FloorPrediction {
  if (data.train.length === 0) throw new AppError('stats.empty', { what: 'training rows' });
  const counts = new Array<number>(data.classes).fill(0);
  for (const row of data.train) counts[data.labels[row]!]! += 1;
  const shares = counts.map((count) => count / data.train.length);
  const probabilities = new Float32Array(data.test.length * data.classes);
  for (let i = 0; i < data.test.length; i++) probabilities.set(shares, i * data.classes);
  const most = counts.indexOf(Math.max(...counts));
  return {
    predicted: new Int32Array(data.test.length).fill(most),
    probabilities,
    c: null,
    features: null,
    sizeMb: (data.classes * FLOAT_BYTES) / 1e6,
    answerAgain: () => most,
  };
}

/** TF-IDF with logistic regression. `terms` per row (see `floorTerms`); vocabulary and frequencies come from the training rows alone.
 *  @throws AppError 'stats.empty' without terms, 'stats.too-few' with fewer than two classes */
export function tfidfFloor(data: FloorData, terms: readonly (readonly string[])[]): FloorPrediction {
  const model = floorTfidf(terms, data.train);
  return logisticFloor(data, transformTfidf(model, terms), (row) => transformTfidf(model, [terms[row]!]));
}

/** TF-IDF of the training rows' terms, as floors weigh them. */
export function floorTfidf(terms: readonly (readonly string[])[], train: Int32Array): TfidfModel {
  const training = Array.from(train, (row) => terms[row]!);
  return fitTfidf(training, {
    minDocuments: training.length >= MANY_TEXTS ? 2 : 1,
    maxDocumentShare: 1,
    maxTerms: MAX_TERMS,
    sublinear: true,
    maxGram: 1,
  });
}

/** Frozen encoder with logistic regression. `embeddings` [rows, hidden], L2-normalised, aligned with `labels`.
 *  @throws AppError 'stats.shape', 'stats.too-few' */
export function frozenFloor(data: FloorData, embeddings: DenseRows): FloorPrediction {
  if (embeddings.rows !== data.labels.length)
    throw new AppError('stats.shape', {
      what: 'embeddings',
      problem: `${embeddings.rows} of ${data.labels.length} rows`,
    });
  return logisticFloor(data, embeddings, (row) => selectRows(embeddings, Int32Array.of(row)));
}

function logisticFloor(data: FloorData, x: Rows, featuresOf: (row: number) => Rows): FloorPrediction {
  const { model, c } = chooseLogistic({ ...data, x });
  const probabilities = predictLogistic(model, selectRows(x, data.test));
  return {
    predicted: predictedClasses(probabilities, data.classes),
    probabilities,
    c,
    features: x.columns,
    sizeMb: ((model.weights.length + model.intercepts.length) * FLOAT_BYTES) / 1e6,
    answerAgain: (row) => predictLogistic(model, featuresOf(row)),
  };
}
