import type { Output } from '../../../../shared/contract/index.ts';
import { TEXT_TASKS, type TextTask } from '../../../../shared/train/text-task.ts';
import { useView, type ViewState } from '../../../components/use-view.ts';
import { useCompetitiveness } from '../store.ts';
import { useLabels } from '../use-results.ts';

/** What a model of this stage predicts. */
export type Predicted = 'single-label' | TextTask;
export const PREDICTED = ['single-label', ...TEXT_TASKS] as const satisfies readonly Predicted[];

export function useTaskData(task: TextTask): ViewState<Output<'competitiveness.taskData'>> {
  return useView('competitiveness.taskData', { task }, ['competitiveness.taskData', 'demand.clean']);
}

export function useTaskFloors(task: TextTask): ViewState<Output<'competitiveness.taskFloors'>> {
  return useView('competitiveness.taskFloors', { task }, ['competitiveness.taskData', 'competitiveness.taskFloors']);
}

export function useTaskRuns(task: TextTask): ViewState<Output<'competitiveness.taskRuns'>> {
  return useView('competitiveness.taskRuns', { task }, ['competitiveness.taskData', 'competitiveness.taskRun']);
}

/** What is shown: as chosen, else classes, unless there are rows of another task alone. `others`: whether there are rows of any other task. */
export function usePredicted(): { readonly predicted: Predicted; readonly others: boolean } {
  const chosen = useCompetitiveness((state) => state.predicted);
  const labels = useLabels();
  const views = [useTaskData('multi-label'), useTaskData('ordinal'), useTaskData('regression')];
  const first = TEXT_TASKS.find((_, at) => views[at]?.value != null);
  const alone = labels.value === null ? first : undefined;
  return { predicted: chosen ?? alone ?? 'single-label', others: first !== undefined };
}
