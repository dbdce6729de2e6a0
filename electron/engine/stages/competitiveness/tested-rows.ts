import type { Said } from '../../../../shared/stages/competitiveness/explanation/results.ts';
import { widthOf } from '../../../../shared/stages/competitiveness/tasks/measures.ts';
import { saidBy } from '../../../../shared/stages/competitiveness/tasks/outputs.ts';
import { taskRunSchema } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { asFloat32 } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTexts } from './labels.ts';
import { measuredRun, required, testOf, testTextsOf } from './predictions.ts';
import { inputArtifact } from './project-model.ts';
import { taskDataSlot, taskRows } from './tasks/data.ts';
import { isTaskRun, taskRunSlot } from './tasks/task-model.ts';

/** A locked test row of a model and what the model says of it. */
export interface TestedRow {
  readonly dataset: number;
  readonly row: number;
  readonly text: string;
  readonly actual: Said;
  readonly predicted: Said;
  /** Whether both are the same. */
  readonly right: boolean;
  /** Probability of the answered class; null for a model of something else. */
  readonly confidence: number | null;
  /** How much there is to look at: rows with more come first. One less the confidence in a class; of others how far off the answer is (labels that
   *  differ, levels, units of the number). */
  readonly doubt: number;
}

/** In the order of the rows. @throws AppError 'artifact.not-found', 'artifact.input-missing' */
export function testedRows(store: ProjectStore, id: string): readonly TestedRow[] {
  return isTaskRun(id) ? ofTask(store, id) : ofClasses(store, id);
}

function ofClasses(store: ProjectStore, id: string): TestedRow[] {
  const model = measuredRun(store, id);
  const confidence = asFloat32(store.part(model.artifact, 'confidence'));
  const { classes, rows, actual } = testOf(store, model);
  return testTextsOf(store, model).map((text, at) => {
    const index = rows.test[at]!;
    const sure = Math.min(1, confidence[at]!);
    return {
      dataset: rows.rows.dataset[index]!,
      row: rows.rows.row[index]!,
      text,
      actual: classes[actual[at]!] ?? '',
      predicted: classes[model.predictions[at]!] ?? '',
      right: model.predictions[at] === actual[at],
      confidence: sure,
      doubt: 1 - sure,
    };
  });
}

function ofTask(store: ProjectStore, id: string): TestedRow[] {
  const artifact = required(store, taskRunSlot(id));
  const run = taskRunSchema.parse(artifact.result);
  const { test, place, labels, valuesAt } = taskRows(store, inputArtifact(store, artifact, taskDataSlot(run.task)));
  const texts = labelledTexts(store, place);
  const width = widthOf({ task: run.task, labels });
  const actual = valuesAt(test);
  const predicted = asFloat32(store.part(artifact, 'predictions'));
  return Array.from(test, (index, at) => {
    const has = actual.subarray(at * width, (at + 1) * width);
    const answers = predicted.subarray(at * width, (at + 1) * width);
    const off = has.reduce((sum, value, i) => sum + Math.abs(value - answers[i]!), 0);
    return {
      dataset: place.dataset[index]!,
      row: place.row[index]!,
      text: texts[index] ?? '',
      actual: saidBy(run, has),
      predicted: saidBy(run, answers),
      right: off === 0,
      confidence: null,
      doubt: off,
    };
  });
}
