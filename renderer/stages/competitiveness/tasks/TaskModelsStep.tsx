import type { ReactNode } from 'react';
import { isSettled } from '../../../../shared/jobs/state.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { AblationCard } from '../../../components/ablation/AblationCard.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { openJobs, shownCurve } from '../../../components/open-jobs.ts';
import { StepPage } from '../../../components/StepPage.tsx';
import { TrainingCurves } from '../../../components/TrainingCurves.tsx';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { QueueCard } from '../models/QueueCard.tsx';
import { NewRunButton } from '../models/run-form.tsx';
import { useTaskJobs } from '../models/use-training-jobs.ts';
import { useCompetitiveness } from '../store.ts';
import { fittingModel, useBaseModels } from '../use-results.ts';
import { TaskFloorsCard } from './TaskFloorsCard.tsx';
import { TaskRunDetail } from './TaskRunDetail.tsx';
import { TaskRunForm } from './TaskRunForm.tsx';
import { type TaskReference, TaskRunsTable } from './TaskRunsTable.tsx';
import { useTaskData, useTaskFloors, useTaskRuns } from './use-tasks.ts';

interface Props {
  readonly task: TextTask;
  /** The choice of what is predicted. */
  readonly choice: ReactNode;
}

/** Candidates of a task against the simplest methods on its locked test rows. */
export function TaskModelsStep({ task, choice }: Props) {
  const t = useT();
  const data = useTaskData(task);
  const floors = useTaskFloors(task);
  const runs = useTaskRuns(task);
  const models = useBaseModels();
  const allJobs = useTaskJobs();
  const { runFormOpen, selectedRun } = useCompetitiveness();
  if (data.value === null) {
    return (
      <NothingYet
        stage="competitiveness"
        step="models"
        title={t('stage.competitiveness.screen.tasks.noData')}
        hint={t('stage.competitiveness.screen.tasks.noDataHint')}
        go={{ stage: 'competitiveness', step: 'data', label: t('stage.competitiveness.screen.models.goData') }}
        notice={choice}
      />
    );
  }
  const list = runs.value ?? [];
  const floorView = floors.value ?? null;
  const references: TaskReference[] = [
    ...(floorView?.result.floors ?? []).map(({ id }) => ({
      id,
      name: t(`stage.competitiveness.screen.tasks.floor.${id}`),
      testLock: floorView?.result.testLock ?? '',
    })),
    ...list.map(({ result: { id, name, testLock } }) => ({
      id,
      name: t('stage.competitiveness.screen.models.detail', { id, name }),
      testLock,
    })),
  ].sort((a, b) => Number(b.id === floorView?.result.strongestId) - Number(a.id === floorView?.result.strongestId));
  const floor = references.find(({ id }) => id === floorView?.result.strongestId) ?? null;
  const defaultModel = fittingModel(models.value, data.value?.result.language);
  const floorsCard = (
    <TaskFloorsCard task={task} view={floorView} models={models.value ?? []} defaultModel={defaultModel} />
  );
  const chosen = list.find(({ result }) => result.id === selectedRun) ?? null;
  // Curves of other tasks' runs that are over belong to those tasks.
  const training = shownCurve(
    allJobs.filter(({ slot, state }) => !isSettled(state) || list.some(({ artifact }) => artifact.slot === slot)),
  );
  const missing = floorView === null ? t('stage.competitiveness.screen.tasks.floorsFirst') : null;
  return (
    <StepPage
      stage="competitiveness"
      step="models"
      action={<NewRunButton missing={missing} quiet={floorView === null} testId="competitiveness-task-new-run" />}
      notice={
        <>
          {choice}
          <ViewNotice view={data} />
          <ViewNotice view={floors} />
          <ViewNotice view={runs} />
          <ViewNotice view={models} />
        </>
      }
      controls={floorView !== null && floorsCard}
    >
      {floors.value === null && floorsCard}
      {runFormOpen && floorView !== null && defaultModel !== null && (
        <TaskRunForm task={task} models={models.value ?? []} defaultModel={defaultModel} />
      )}
      <QueueCard jobs={openJobs(allJobs)} />
      {training !== undefined && <TrainingCurves key={training.id} job={training} />}
      {runs.value !== undefined && <TaskRunsTable task={task} runs={list} floor={floor} selected={selectedRun} />}
      <AblationCard among={{ type: 'task', task }} runs={list} />
      {chosen !== null ? (
        <TaskRunDetail view={chosen} references={references} />
      ) : (
        list.length > 0 && <p className="muted">{t('stage.competitiveness.screen.models.detailNone')}</p>
      )}
    </StepPage>
  );
}
