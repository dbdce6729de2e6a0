import { z } from 'zod';
import { packStrings } from '../../../../../shared/data/string-table.ts';
import {
  TASK_MEASURES,
  type TaskEvaluation,
  type TaskFloorsResult,
  taskFloorsResultSchema,
} from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import { TEXT_TASKS } from '../../../../../shared/train/text-task.ts';
import { modelHash, readManifest } from '../../../../models/model-folder.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { bytesOf } from '../../../artifacts/parts.ts';
import { labelledTexts } from '../labels.ts';
import { taskDataSlot, taskRows, taskTextInputs } from './data.ts';

const MAX_LENGTH = 128;
/** Share of the time that embedding takes. */
const EMBEDDING_SHARE = 0.6;

/** The simplest things on the locked test rows of a task: what a tuned model has to beat. */
export const taskFloorsKind = defineKind({
  name: 'competitiveness.taskFloors',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 2,
  params: z.strictObject({ task: z.enum(TEXT_TASKS), modelId: z.string() }),
  result: taskFloorsResultSchema,
  pausable: false,
  training: false,
  inputs: ({ task }, slots) => taskTextInputs(slots, task),
  defaultParams: () => null,
  async run({ params: { task, modelId }, seed, input, store, worker, compute, deps, signal, progress }) {
    const data = taskRows(store, input(taskDataSlot(task)));
    const texts = labelledTexts(store, data.place);
    const folder = modelFolderOf(deps, modelId);
    const hash = modelHash(await readManifest(folder));
    const { vectors } = await worker.run(
      { type: 'embed', folder, hash, tuned: null, texts, maxLength: MAX_LENGTH, threads: deps.threads() },
      {
        signal,
        onEvent(event) {
          if (event.type !== 'progress') return;
          const { done, total } = event;
          const fraction = (EMBEDDING_SHARE * done) / Math.max(1, total);
          progress({ fraction, phase: 'embedding', done, total, unit: 'texts', rate: null, etaMs: null });
        },
      },
    );
    const { labels, values, train, dev, test, names, result } = data;
    const measured = await compute.run(
      'competitiveness.taskFloors',
      {
        rows: { task, labels, values, train, dev, test },
        names,
        scale: result.scale,
        texts: packStrings(texts),
        vectors,
        seed,
      },
      {
        signal,
        onProgress: (p) => progress({ ...p, fraction: EMBEDDING_SHARE + (1 - EMBEDDING_SHARE) * p.fraction }),
      },
    );
    const { constant, tfidf, frozen } = measured;
    const order = [
      { id: 'constant', evaluation: constant.evaluation },
      { id: 'tfidf', evaluation: tfidf.evaluation },
      { id: 'frozen', evaluation: frozen.evaluation },
    ] as const;
    const strongest = order.reduce((best, floor) =>
      mainFigure(floor.evaluation) > mainFigure(best.evaluation) ? floor : best,
    );
    const floors: TaskFloorsResult = {
      task,
      testLock: result.testLock,
      floors: [
        { id: 'constant', modelId: null, c: null, evaluation: constant.evaluation },
        { id: 'tfidf', modelId: null, c: tfidf.c, evaluation: tfidf.evaluation },
        { id: 'frozen', modelId, c: frozen.c, evaluation: frozen.evaluation },
      ],
      strongestId: strongest.id,
    };
    const parts = {
      constant: bytesOf(constant.predicted),
      tfidf: bytesOf(tfidf.predicted),
      frozen: bytesOf(frozen.predicted),
    };
    return { type: 'done', result: floors, parts };
  },
});

/** The figure by which models of a task are ranked; below all where it is not defined. */
function mainFigure({ task, figures }: TaskEvaluation): number {
  const [main] = TASK_MEASURES[task];
  return figures.find(({ measure }) => measure === main)?.estimate?.value ?? Number.NEGATIVE_INFINITY;
}
