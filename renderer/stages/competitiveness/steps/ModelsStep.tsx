import type { ReactNode } from 'react';
import { useT } from '../../../app/language.ts';
import { AblationCard } from '../../../components/ablation/AblationCard.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { openJobs, shownCurve } from '../../../components/open-jobs.ts';
import { StepPage } from '../../../components/StepPage.tsx';
import { TrainingCurves } from '../../../components/TrainingCurves.tsx';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { SPLIT_DEFAULTS } from '../data/SplitFields.tsx';
import { EncodersCard } from '../encoders/EncodersCard.tsx';
import { BaseModelList } from '../models/BaseModelList.tsx';
import { FloorsCard } from '../models/FloorsCard.tsx';
import { JobExportsCard } from '../models/JobExportsCard.tsx';
import { NewRunForm } from '../models/NewRunForm.tsx';
import { QualityChart } from '../models/QualityChart.tsx';
import { QueueCard } from '../models/QueueCard.tsx';
import { RunDetail } from '../models/RunDetail.tsx';
import { RunsTable } from '../models/RunsTable.tsx';
import { NewRunButton } from '../models/run-form.tsx';
import { useExportJobs, useTrainingJobs } from '../models/use-training-jobs.ts';
import { useCompetitiveness } from '../store.ts';
import { PredictedChoice } from '../tasks/PredictedChoice.tsx';
import { TaskModelsStep } from '../tasks/TaskModelsStep.tsx';
import { usePredicted } from '../tasks/use-tasks.ts';
import { fittingModel, useBaseModels, useFloors, useLabels, usePrepared, useRuns } from '../use-results.ts';

/** Candidates against the simplest methods on the locked test rows. */
export function ModelsStep() {
  const { predicted, others } = usePredicted();
  const choice = others ? <PredictedChoice value={predicted} /> : null;
  if (predicted !== 'single-label') return <TaskModelsStep key={predicted} task={predicted} choice={choice} />;
  return <ClassModelsStep choice={choice} />;
}

/** Candidates that answer one of several classes. */
function ClassModelsStep({ choice }: { readonly choice: ReactNode }) {
  const t = useT();
  const prepared = usePrepared();
  const labels = useLabels();
  const floors = useFloors();
  const runs = useRuns();
  const models = useBaseModels();
  const allJobs = useTrainingJobs();
  const exportJobs = useExportJobs();
  const jobs = openJobs(allJobs);
  const { runFormOpen, selectedRun } = useCompetitiveness();
  if (prepared.value === null) {
    return (
      <NothingYet
        stage="competitiveness"
        step="models"
        title={t('stage.competitiveness.screen.models.noSplit')}
        hint={t('stage.competitiveness.screen.models.noSplitHint')}
        go={{ stage: 'competitiveness', step: 'data', label: t('stage.competitiveness.screen.models.goData') }}
        notice={choice}
      />
    );
  }
  if (prepared.value === undefined) {
    return (
      <StepPage stage="competitiveness" step="models" notice={<ViewNotice view={prepared} />}>
        {null}
      </StepPage>
    );
  }
  const list = (runs.value ?? []).filter(({ result }) => result.kind !== 'compressed');
  const floorView = floors.value ?? null;
  const strongest = floorView?.result.floors.find(({ id }) => id === floorView.result.strongestId);
  const floor =
    strongest === undefined || floorView === null
      ? null
      : {
          id: strongest.id,
          name: t(`stage.competitiveness.screen.floor.${strongest.type}`),
          testLock: floorView.result.testLock,
          accuracy: strongest.evaluation.accuracy.value,
        };
  const chosen = list.find(({ result }) => result.id === selectedRun) ?? null;
  const training = shownCurve(allJobs);
  const defaultModel = fittingModel(models.value, labels.value?.result.language);
  const needsFloors = floorView === null || floorView.artifact.stale.length > 0;
  const missing = floorView === null ? t('stage.competitiveness.screen.models.floorsFirst') : null;
  return (
    <StepPage
      stage="competitiveness"
      step="models"
      action={<NewRunButton missing={missing} quiet={needsFloors} testId="competitiveness-models-new-run" />}
      notice={
        <>
          {choice}
          <ViewNotice view={floors} />
          <ViewNotice view={runs} />
          <ViewNotice view={models} />
        </>
      }
      controls={
        <>
          {floorView !== null && (
            <FloorsCard view={floorView} models={models.value ?? []} defaultModel={defaultModel} />
          )}
          <EncodersCard
            models={models.value ?? []}
            defaultModel={defaultModel}
            maxLength={prepared.value.result.check.lengths?.maxLength ?? SPLIT_DEFAULTS.maxLength}
          />
          <BaseModelList models={models.value ?? []} onRemoved={models.refresh} />
        </>
      }
    >
      {floors.value === null && <FloorsCard view={null} models={models.value ?? []} defaultModel={defaultModel} />}
      {runFormOpen && floorView !== null && defaultModel !== null && (
        <NewRunForm models={models.value ?? []} defaultModel={defaultModel} />
      )}
      <QueueCard jobs={[...jobs, ...openJobs(exportJobs)]} />
      {(training !== undefined || list.length > 0) && (
        <div className="models-charts">
          {training !== undefined && <TrainingCurves key={training.id} job={training} />}
          <QualityChart runs={list} floor={floor} selected={selectedRun} />
        </div>
      )}
      {runs.value !== undefined && (
        <RunsTable
          runs={list}
          models={models.value ?? []}
          floor={floor}
          selected={selectedRun}
          training={jobs[0]?.slot ?? null}
        />
      )}
      <JobExportsCard />
      <AblationCard among={{ type: 'classes' }} runs={list} />
      {chosen !== null ? (
        <RunDetail view={chosen} runs={list} floors={floorView?.result ?? null} />
      ) : (
        list.length > 0 && <p className="muted">{t('stage.competitiveness.screen.models.detailNone')}</p>
      )}
    </StepPage>
  );
}
