import type { HandlersFor, Input, Output } from '../../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../../shared/contract/stage.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { because } from '../../../../../shared/errors/reasons.ts';
import { DEFAULT_SEED_COUNT, seedsFrom } from '../../../../../shared/stages/competitiveness/seeds.ts';
import { taskRequests } from '../../../../../shared/stages/competitiveness/tasks/contract.ts';
import {
  type TaskAnswers,
  type TaskComparison,
  type TaskDataResult,
  type TaskFloorsResult,
  type TaskRun,
  taskFloorsResultSchema,
  taskRunSchema,
} from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import type { TrainingPlan } from '../../../../../shared/stages/competitiveness/training-plan.ts';
import { type RunConfig, suggestConfig } from '../../../../../shared/train/run-config.ts';
import { type TextTask, unfitOptions } from '../../../../../shared/train/text-task.ts';
import { describeModel, requireTrainable } from '../../../../models/describe-model.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { nextNumber } from '../../../artifacts/next-number.ts';
import { asFloat32 } from '../../../artifacts/parts.ts';
import { DEFAULT_SEED, type EngineContext } from '../../../context.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import { datasetName } from '../../demand/columns.ts';
import { slotsOnRun } from '../explanation-handlers.ts';
import { required } from '../predictions.ts';
import { inputArtifact } from '../project-model.ts';
import { fittedHere, wholeConfig } from '../suggestion.ts';
import { plannedCost, taskPlanSlot } from '../training-plan.ts';
import { taskAnswersSlot } from './answers.ts';
import { taskDataSlot, taskRows } from './data.ts';
import type { TaskRunParams } from './run.ts';
import { taskRunSlot } from './task-model.ts';

const slice = defineSlice('competitiveness', taskRequests);
const SUGGESTED_MAX_LENGTH = 128;
const floorsSlot = (task: TextTask) => `competitiveness.taskFloors:${task}`;

/** Requests about what is predicted besides one of several classes. */
export const taskHandlers = (context: EngineContext): HandlersFor<typeof slice.requests> => {
  const { store, deps } = context;
  return {
    'competitiveness.prepareTask': ({ seed, ...choice }) => {
      const { test, columns } = choice;
      // Known beforehand: better refused at once than after a queue.
      if (test.type === 'dataset' && columns.every(({ datasetId }) => datasetId !== test.datasetId)) {
        throw new AppError('competitiveness.test-dataset-unlabelled', { dataset: datasetName(store, test.datasetId) });
      }
      return context.start([{ slot: taskDataSlot(choice.task), params: choice, seed }]);
    },
    'competitiveness.taskData': ({ task }) => context.view<TaskDataResult>(taskDataSlot(task)),
    'competitiveness.measureTaskFloors': ({ task, modelId, seed }) => {
      required(store, taskDataSlot(task));
      return context.start([{ slot: floorsSlot(task), params: { task, modelId }, seed }]);
    },
    'competitiveness.taskFloors': ({ task }) => context.view<TaskFloorsResult>(floorsSlot(task)),
    'competitiveness.suggestTaskConfig': (choice) => taskSuggestion(context, choice),
    'competitiveness.trainTask': async ({ seeds = DEFAULT_SEED_COUNT, config: asked, ...named }) => {
      const { task, modelId } = named;
      required(store, taskDataSlot(task));
      const suggested = async () => (await taskSuggestion(context, { task, modelId })).config;
      const config = await wholeConfig(context, { modelId, config: asked }, 'competitiveness.trainTask', suggested);
      assertFits(task, config, 'competitiveness.trainTask');
      const key = `H${nextNumber(context, 'competitiveness.taskRun')}`;
      const planned = plannedCost(context, taskPlanSlot(task), modelId, config);
      const params: TaskRunParams = {
        ...named,
        config,
        ...(seeds === 1 ? {} : { seeds: seedsFrom(config, seeds) }),
        ...(planned === null ? {} : { planned }),
      };
      return context.start([{ slot: taskRunSlot(key), params, seed: config.seed }]);
    },
    'competitiveness.planTaskTraining': async ({ task, ...choice }) => {
      required(store, taskDataSlot(task));
      for (const config of choice.configs) assertFits(task, config, 'competitiveness.planTaskTraining');
      await requireTrainable(modelFolderOf(deps, choice.modelId));
      return context.start([{ slot: taskPlanSlot(task), params: { ...choice, task }, seed: DEFAULT_SEED }]);
    },
    'competitiveness.taskTrainingPlan': ({ task }) => context.view<TrainingPlan>(taskPlanSlot(task)),
    'competitiveness.taskRuns': ({ task }) =>
      store
        .slotsOf('competitiveness.taskRun')
        .flatMap((slot) => context.view<TaskRun>(slot) ?? [])
        .filter(({ result }) => result.task === task),
    'competitiveness.compareTask': ({ runId, referenceId }) => compareTaskRuns(context, runId, referenceId),
    'competitiveness.answerTexts': ({ runId, texts }) => {
      required(store, taskRunSlot(runId));
      return context.start([{ slot: taskAnswersSlot(runId), params: { texts }, seed: DEFAULT_SEED }]);
    },
    'competitiveness.taskAnswers': ({ runId }) => context.view<TaskAnswers>(taskAnswersSlot(runId)),
    'competitiveness.removeTaskRun': ({ runId }) => {
      required(store, taskRunSlot(runId));
      context.clear([taskRunSlot(runId), ...slotsOnRun(store, runId)]);
      return {};
    },
  };
};

async function taskSuggestion(
  context: EngineContext,
  { task, modelId }: Input<'competitiveness.suggestTaskConfig'>,
): Promise<Output<'competitiveness.suggestTaskConfig'>> {
  const { store, deps } = context;
  const { result } = taskRows(store, required(store, taskDataSlot(task)));
  const trainRows = result.parts.find(({ part }) => part === 'train')?.rows ?? 0;
  const rowsPerClass = task === 'regression' ? [trainRows] : result.labels.map(({ train }) => train);
  const maxLength = Math.min(SUGGESTED_MAX_LENGTH, result.lengths?.max ?? SUGGESTED_MAX_LENGTH);
  const { config, reason, medianRows } = suggestConfig({ rowsPerClass, maxLength, seed: DEFAULT_SEED });
  const { layers } = await describeModel(modelFolderOf(deps, modelId));
  const plan = { slot: taskPlanSlot(task), modelId };
  // Thresholds that are tuned do what weights of rare labels would do; levels and numbers have none.
  const unweighted = { ...config, classWeights: 'none' } as const;
  const fitted = fittedHere(context, unweighted, { modelId, layers, rows: trainRows, plan });
  return { ...fitted, because: reason, medianRows, trainRows };
}

/** A run of a task and what it is held against, on the same rows. @throws AppError 'competitiveness.other-test-rows' */
export function compareTaskRuns(context: EngineContext, runId: string, referenceId: string): Promise<TaskComparison> {
  const { store, previewCompute } = context;
  const artifact = required(store, taskRunSlot(runId));
  const run = taskRunSchema.parse(artifact.result);
  const reference = measuredReference(context, run.task, referenceId);
  if (reference.testLock !== run.testLock) {
    throw new AppError('competitiveness.other-test-rows', { runId, referenceId });
  }
  const { valuesAt, test, labels } = taskRows(store, inputArtifact(store, artifact, taskDataSlot(run.task)));
  return previewCompute.run('competitiveness.compareTask', {
    answers: { task: run.task, labels, actual: valuesAt(test), predicted: predictionsOf(context, artifact) },
    reference: reference.predicted,
    ids: { runId, referenceId, testLock: run.testLock },
    seed: DEFAULT_SEED,
  });
}

/** Refuses options that mean nothing for what is predicted, before anything is queued. @throws AppError 'request.invalid' */
export function assertFits(task: TextTask | 'single-label', config: RunConfig, name: string): void {
  const [unfit] = unfitOptions(task, config);
  if (unfit === undefined) return;
  const problem = because('unfit-option', { option: unfit, task });
  throw new AppError('request.invalid', { name, path: `config.${unfit}`, problem });
}

const predictionsOf = ({ store }: EngineContext, artifact: ArtifactRecord, part = 'predictions') =>
  asFloat32(store.part(artifact, part));

/** A floor of the task or another run of it. @throws AppError 'artifact.not-found', 'artifact.input-missing' */
function measuredReference(context: EngineContext, task: TextTask, id: string) {
  const { store } = context;
  if (id === 'constant' || id === 'tfidf' || id === 'frozen') {
    const artifact = required(store, floorsSlot(task));
    const { testLock } = taskFloorsResultSchema.parse(artifact.result);
    return { testLock, predicted: predictionsOf(context, artifact, id) };
  }
  const artifact = store.current(taskRunSlot(id));
  const run = artifact === undefined ? null : taskRunSchema.parse(artifact.result);
  if (artifact === undefined || run?.task !== task) throw new AppError('artifact.not-found', { id });
  return { testLock: run.testLock, predicted: predictionsOf(context, artifact) };
}
