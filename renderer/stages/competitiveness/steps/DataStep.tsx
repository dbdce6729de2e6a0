import { Button } from 'antd';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { ClassTable } from '../data/ClassTable.tsx';
import { DataSummary } from '../data/DataSummary.tsx';
import { DuplicatesCard } from '../data/DuplicatesCard.tsx';
import { LabelSource } from '../data/LabelSource.tsx';
import { LengthCard } from '../data/LengthCard.tsx';
import { SplitForm } from '../data/SplitForm.tsx';
import { SplitTable } from '../data/SplitTable.tsx';
import { PredictedChoice } from '../tasks/PredictedChoice.tsx';
import { TaskDataStep } from '../tasks/TaskDataStep.tsx';
import { usePredicted } from '../tasks/use-tasks.ts';
import { useBaseModels, useLabels, usePrepared, useRuns } from '../use-results.ts';

/** What is predicted, from which rows, and the test rows that are locked before anything learns. */
export function DataStep() {
  const { predicted } = usePredicted();
  return predicted === 'single-label' ? <ClassDataStep /> : <TaskDataStep task={predicted} />;
}

/** Labels, what is wrong with them, and the locked test rows. */
function ClassDataStep() {
  const t = useT();
  const datasets = useDatasets();
  const topics = useView('demand.topics', {}, ['demand.topics']);
  const labels = useLabels();
  const prepared = usePrepared();
  const models = useBaseModels();
  const runs = useRuns();
  const isLoaded = labels.value !== undefined && prepared.value !== undefined && datasets.value !== undefined;
  const hasData = datasets.value?.some(({ clean }) => clean !== null) ?? false;
  const labelView = labels.value ?? null;
  const view = prepared.value ?? null;
  const runCount = runs.value?.length ?? 0;
  const modelId = view === null ? null : (view.artifact.params as { readonly modelId?: string }).modelId;
  // Until the split is made it is what to do next, and stands before the classes.
  const splitIsNext = labelView !== null && view === null;
  const splitForm = (
    <SplitForm
      datasets={datasets.value ?? []}
      models={models.value ?? []}
      labels={labelView}
      prepared={view}
      runCount={runCount}
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
            data-testid="competitiveness-data-next"
          >
            {t('stage.competitiveness.screen.data.next')} →
          </Button>
        )
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={labels} />
          <ViewNotice view={prepared} />
          <ViewNotice view={models} />
        </>
      }
      explanation={
        view !== null && (
          <>
            <SplitTable view={view} />
            <DuplicatesCard view={view} />
            <LengthCard view={view} model={models.value?.find(({ id }) => id === modelId)?.name ?? modelId ?? ''} />
          </>
        )
      }
      controls={
        isLoaded &&
        hasData && (
          <>
            <LabelSource
              datasets={datasets.value ?? []}
              hasTopics={(topics.value ?? null) !== null}
              labels={labelView}
              runCount={runCount}
            />
            {!splitIsNext && splitForm}
          </>
        )
      }
    >
      {isLoaded && hasData && <PredictedChoice value="single-label" />}
      {isLoaded && !hasData && (
        <Card>
          <EmptyState
            title={t('stage.competitiveness.screen.data.noData')}
            hint={t('stage.competitiveness.screen.data.noDataHint')}
            action={
              <Button type="primary" onClick={() => goToStep('demand', 'clean')}>
                {t('stage.competitiveness.screen.data.goClean')}
              </Button>
            }
          />
        </Card>
      )}
      {labelView !== null && (
        <>
          <DataSummary labels={labelView} prepared={view} />
          {splitIsNext && prepared.value !== undefined && splitForm}
          <ClassTable labels={labelView.result} parts={view?.result.check.classes ?? null} />
        </>
      )}
    </StepPage>
  );
}
