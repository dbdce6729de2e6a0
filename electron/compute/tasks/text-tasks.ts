import { createRng } from '../../../shared/rng.ts';
import { compareTask, evaluateTask, TASK_RESAMPLES } from '../../../shared/stages/competitiveness/tasks/evaluate.ts';
import { constantFloor, type FloorRows, frozenFloor } from '../../../shared/stages/competitiveness/tasks/floors.ts';
import { type Answers, valuesOf, widthOf } from '../../../shared/stages/competitiveness/tasks/measures.ts';
import type { Scale } from '../../../shared/stages/competitiveness/tasks/outputs.ts';
import type { TaskComparison, TaskEvaluation } from '../../../shared/stages/competitiveness/tasks/results.ts';
import type { ComputeTask } from '../task.ts';

/** What is predicted besides one of several classes. */

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
    /** [rows × hidden] */
    readonly vectors: Float32Array;
    readonly seed: number;
  },
  {
    readonly [F in 'constant' | 'frozen']: {
      readonly predicted: Float32Array;
      readonly c: number | null;
      readonly evaluation: TaskEvaluation;
    };
  }
> = {
  run({ rows, names, scale, vectors, seed }, context) {
    const { task, labels, values, test } = rows;
    const count = values.length / widthOf(rows);
    const actual = valuesOf(rows, test);
    const measured = (predicted: Float32Array, c: number | null) => ({
      predicted,
      c,
      evaluation: evaluateTask({ task, labels, actual, predicted }, names, createRng(seed)),
    });
    const onProgress = (share: number) =>
      context.progress({
        fraction: share,
        phase: 'frozen',
        done: Math.round(share * 100),
        total: 100,
        unit: 'percent',
        rate: null,
        etaMs: null,
      });
    const dense = { type: 'dense', rows: count, columns: vectors.length / count, value: vectors } as const;
    const frozen = frozenFloor(rows, dense, scale, onProgress);
    return { constant: measured(constantFloor(rows), null), frozen: measured(frozen.predicted, frozen.c) };
  },
};
