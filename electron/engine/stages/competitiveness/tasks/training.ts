import { trainingTargets } from '../../../../../shared/stages/competitiveness/tasks/outputs.ts';
import { outputsOf, type TextTask } from '../../../../../shared/train/text-task.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import { labelledTexts } from '../labels.ts';
import { taskDataSlot, taskRows } from './data.ts';

/** The rows of a task as a training reads them. */
export function taskTraining({ store, input }: Pick<StepContext<unknown>, 'store' | 'input'>, task: TextTask) {
  const data = taskRows(store, input(taskDataSlot(task)));
  const { labels, result } = data;
  const scale = result.scale === null ? null : { mean: result.scale.mean, deviation: result.scale.deviation };
  const texts = labelledTexts(store, data.place);
  const textsAt = (rows: Int32Array) => Array.from(rows, (row) => texts[row] ?? '');
  const targetsAt = (rows: Int32Array) => trainingTargets({ task, labels, scale }, data.valuesAt(rows));
  /** A task other than classes has targets, and no class. */
  const rowsAt = (rows: Int32Array) => ({
    texts: textsAt(rows),
    labels: new Int32Array(rows.length),
    targets: targetsAt(rows),
  });
  return { data, scale, outputs: outputsOf(task, labels), textsAt, targetsAt, rowsAt };
}
