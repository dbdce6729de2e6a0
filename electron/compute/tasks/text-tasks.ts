import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { createRng } from '../../../shared/rng.ts';
import { floorTerms } from '../../../shared/stages/competitiveness/floors/floor-terms.ts';
import { floorTfidf } from '../../../shared/stages/competitiveness/floors/floors.ts';
import { textsToDraw } from '../../../shared/stages/competitiveness/split.ts';
import { compareTask, evaluateTask, TASK_RESAMPLES } from '../../../shared/stages/competitiveness/tasks/evaluate.ts';
import { constantFloor, type FloorRows, linearFloor } from '../../../shared/stages/competitiveness/tasks/floors.ts';
import { type Answers, valuesOf, widthOf } from '../../../shared/stages/competitiveness/tasks/measures.ts';
import type { Scale } from '../../../shared/stages/competitiveness/tasks/outputs.ts';
import type {
  TaskComparison,
  TaskEvaluation,
  TaskFloorsResult,
} from '../../../shared/stages/competitiveness/tasks/results.ts';
import { strataOf } from '../../../shared/stages/competitiveness/tasks/strata.ts';
import { comparisonForm } from '../../../shared/stages/demand/clean/normalise-text.ts';
import { transformTfidf } from '../../../shared/stages/demand/text/tfidf.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import { wordSegmenter } from '../segmenter.ts';
import type { ComputeTask } from '../task.ts';
import { type SplitTaskInput, type SplitTaskOutput, splitAndCheck } from './competitiveness.ts';

/** What is predicted besides one of several classes. */

export const splitTextTask: ComputeTask<
  Omit<SplitTaskInput, 'classes' | 'labels'> & {
    readonly task: TextTask;
    readonly names: readonly string[];
    /** [rows, width] */
    readonly values: Float32Array;
  },
  SplitTaskOutput
> = {
  run({ task, names, values, texts: table, ...rest }) {
    const texts = unpackStrings(table);
    const forms = texts.map(comparisonForm);
    const { pool } = textsToDraw(forms, (row) => forms[row] !== '', rest.test);
    const strata = strataOf(task, values, names, pool.flat());
    return splitAndCheck({ ...rest, texts, forms, classes: strata.names, labels: strata.of });
  },
};

export const evaluateTextTask: ComputeTask<
  { readonly answers: Answers; readonly names: readonly string[]; readonly seed: number },
  TaskEvaluation
> = {
  run: ({ answers, names, seed }) => evaluateTask(answers, names, createRng(seed)),
};

export const compareTextTask: ComputeTask<
  {
    readonly answers: Answers;
    readonly reference: Float32Array;
    readonly ids: Pick<TaskComparison, 'runId' | 'referenceId' | 'testLock'>;
    readonly seed: number;
  },
  TaskComparison
> = {
  run: ({ answers, reference, ids, seed }) => ({
    ...ids,
    rows: answers.actual.length / widthOf(answers),
    resamples: TASK_RESAMPLES,
    differences: [...compareTask(answers, reference, createRng(seed))],
  }),
};

export const textTaskFloors: ComputeTask<
  {
    readonly rows: FloorRows;
    readonly names: readonly string[];
    readonly scale: Scale | null;
    readonly texts: StringTable;
    /** [rows × hidden] */
    readonly vectors: Float32Array;
    readonly seed: number;
  },
  {
    readonly [F in TaskFloorsResult['strongestId']]: {
      readonly predicted: Float32Array;
      readonly c: number | null;
      readonly evaluation: TaskEvaluation;
    };
  }
> = {
  run({ rows, names, scale, texts, vectors, seed }, context) {
    const { task, labels, values, test } = rows;
    const count = values.length / widthOf(rows);
    const actual = valuesOf(rows, test);
    const measured = (predicted: Float32Array, c: number | null) => ({
      predicted,
      c,
      evaluation: evaluateTask({ task, labels, actual, predicted }, names, createRng(seed)),
    });
    const onProgress = (phase: 'tfidf' | 'frozen', from: number) => (share: number) => {
      const fraction = from + share / 2;
      const done = Math.round(fraction * 100);
      context.progress({ fraction, phase, done, total: 100, unit: 'percent', rate: null, etaMs: null });
    };
    const segment = wordSegmenter();
    const terms = unpackStrings(texts).map((text) => floorTerms(text, segment));
    const weighed = transformTfidf(floorTfidf(terms, rows.train), terms);
    const tfidf = linearFloor(rows, weighed, scale, onProgress('tfidf', 0));
    const dense = { type: 'dense', rows: count, columns: vectors.length / count, value: vectors } as const;
    const frozen = linearFloor(rows, dense, scale, onProgress('frozen', 0.5));
    return {
      constant: measured(constantFloor(rows), null),
      tfidf: measured(tfidf.predicted, tfidf.c),
      frozen: measured(frozen.predicted, frozen.c),
    };
  },
};
