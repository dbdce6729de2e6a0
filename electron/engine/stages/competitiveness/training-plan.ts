import {
  planChoiceSchema,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../../../shared/stages/competitiveness/training-plan.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { planTraining } from '../../jobs/plan-training.ts';
import { labelledTextInputs } from './labels.ts';
import { paraphraseInputs, paraphrasesFor } from './paraphrases.ts';
import { trainingRows } from './training-rows.ts';

export const TRAINING_PLAN_SLOT = 'competitiveness.trainingPlan';

/** What recipes would cost on the project's own training rows. In the lane of trainings: beside one that runs nothing could be timed. */
export const trainingPlanKind = defineKind({
  name: 'competitiveness.trainingPlan',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: planChoiceSchema,
  result: trainingPlanSchema,
  pausable: false,
  training: true,
  inputs: ({ configs }, slots) => [
    ...new Set([...labelledTextInputs(slots), 'competitiveness.split', ...configs.flatMap(paraphraseInputs)]),
  ],
  defaultParams: () => null,
  async run(context) {
    const { params, input, store, deps } = context;
    const { classes, train, dev } = trainingRows(
      store,
      input('competitiveness.labels'),
      input('competitiveness.split'),
    );
    const folder = modelFolderOf(deps, params.modelId);
    const asked = {
      folder,
      hash: modelHash(await readManifest(folder)),
      tuned: null,
      classes: classes.length,
      train,
      dev: dev.texts.length === 0 ? null : dev,
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
