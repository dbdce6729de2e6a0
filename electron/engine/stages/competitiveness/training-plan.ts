import { z } from 'zod';
import {
  type ExpectedCost,
  expectedCost,
  planChoiceSchema,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../../../shared/stages/competitiveness/training-plan.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { TEXT_TASKS, type TextTask } from '../../../../shared/train/text-task.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import type { EngineContext } from '../../context.ts';
import { planTraining } from '../../jobs/plan-training.ts';
import { labelledTextInputs } from './labels.ts';
import { paraphraseInputs, paraphrasesFor } from './paraphrases.ts';
import { taskTextInputs } from './tasks/data.ts';
import { taskTraining } from './tasks/training.ts';
import { trainingRows } from './training-rows.ts';

/** Of trainings for one of several classes. */
export const TRAINING_PLAN_SLOT = 'competitiveness.trainingPlan';
export const taskPlanSlot = (task: TextTask) => `${TRAINING_PLAN_SLOT}:${task}`;

/** What the plan in a slot says of a training; null where it says nothing of it, or is outdated. */
export function plannedCost(
  context: EngineContext,
  slot: string,
  modelId: string,
  config: RunConfig,
): ExpectedCost | null {
  const plan = context.view<TrainingPlan>(slot);
  return plan === null || plan.artifact.stale.length > 0 ? null : expectedCost(plan.result, modelId, config);
}

const planParamsSchema = planChoiceSchema.extend({
  /** What is learnt; one of several classes where left out. */
  task: z.enum(TEXT_TASKS).optional(),
});
type Context = StepContext<z.output<typeof planParamsSchema>>;

/** What recipes would cost on the project's own training rows. In the lane of trainings: beside one that runs nothing could be timed. */
export const trainingPlanKind = defineKind({
  name: 'competitiveness.trainingPlan',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: planParamsSchema,
  result: trainingPlanSchema,
  pausable: false,
  training: true,
  inputs: ({ task, configs }, slots) =>
    task === undefined
      ? [
          ...new Set([
            ...labelledTextInputs(slots),
            'competitiveness.split',
            ...configs.flatMap((config) => paraphraseInputs(config)),
          ]),
        ]
      : taskTextInputs(slots, task),
  defaultParams: () => null,
  async run(context) {
    const { params, deps } = context;
    const { train, dev, ...rows } =
      params.task === undefined ? rowsOfClasses(context) : rowsOfTask(context, params.task);
    const folder = modelFolderOf(deps, params.modelId);
    const asked = {
      folder,
      hash: modelHash(await readManifest(folder)),
      tuned: null,
      train,
      dev: dev.texts.length === 0 ? null : dev,
      ...rows,
    };
    const planned = await planTraining(
      context,
      (config) => ({ ...asked, ...paraphrasesFor(context, config, train.texts) }),
      params.configs,
    );
    const result: TrainingPlan = {
      modelId: params.modelId,
      trainRows: train.texts.length,
      devRows: dev.texts.length,
      ...planned,
    };
    return { type: 'done', result };
  },
});

function rowsOfClasses({ store, input }: Context) {
  const { classes, train, dev } = trainingRows(store, input('competitiveness.labels'), input('competitiveness.split'));
  return { classes: classes.length, train, dev };
}

function rowsOfTask(context: Context, task: TextTask) {
  const { data, outputs, rowsAt } = taskTraining(context, task);
  return { task, classes: outputs, train: rowsAt(data.train), dev: rowsAt(data.dev) };
}
