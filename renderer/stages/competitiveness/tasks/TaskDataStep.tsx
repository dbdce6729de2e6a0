import { Button } from 'antd';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { StepPage } from '../../../components/StepPage.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { useBaseModels } from '../use-results.ts';
import { PredictedChoice } from './PredictedChoice.tsx';
import { TaskDataForm } from './TaskDataForm.tsx';
import { TaskDataSummary } from './TaskDataSummary.tsx';
import { useTaskData, useTaskRuns } from './use-tasks.ts';

/** The data step where something else than one of several classes is predicted. */
export function TaskDataStep({ task }: { readonly task: TextTask }) {
  const t = useT();
  const datasets = useDatasets();
  const models = useBaseModels();
  const data = useTaskData(task);
  const runs = useTaskRuns(task);
  const view = data.value ?? null;
  const form = data.value !== undefined && datasets.value !== undefined && (
    <TaskDataForm
      key={task}
      task={task}
      datasets={datasets.value}
      models={models.value ?? []}
      data={view}
      runCount={runs.value?.length ?? 0}
    />
  );
  return (
    <StepPage
      stage="competitiveness"
      step="data"
      action={
        view !== null && (
          <Button
            type="primary"
            onClick={() => goToStep('competitiveness', 'models')}
            data-testid="competitiveness-task-next"
          >
            {t('stage.competitiveness.screen.data.next')} →
          </Button>
        )
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={data} />
          <ViewNotice view={models} />
        </>
      }
      controls={view !== null && form}
    >
      <PredictedChoice value={task} />
      {view === null ? form : <TaskDataSummary view={view} />}
    </StepPage>
  );
}
