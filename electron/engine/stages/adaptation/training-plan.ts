import { z } from 'zod';
import { recipeIdSchema } from '../../../../shared/stages/adaptation/results.ts';
import {
  planChoiceSchema,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../../../shared/stages/competitiveness/training-plan.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { planTraining } from '../../jobs/plan-training.ts';
import { modelSlot, projectModel } from '../competitiveness/project-model.ts';
import type { TicketChoice } from '../service/ticket-rows.ts';
import { dataSlot, scenarioRows } from './data.ts';
import { lineage } from './lineage.ts';
import { adaptedModelInputs, assertApplicable, isGoneOnFrom } from './model.ts';
import { preparedSource, scenarioTraining, sourceAnswers } from './prepared-source.ts';
import { currentScenario } from './scenario.ts';

const paramsSchema = z.strictObject({
  sourceId: z.string(),
  recipe: recipeIdSchema,
  configs: planChoiceSchema.shape.configs,
});

export const trainingPlanSlot = (scenarioId: string) => `adaptation.trainingPlan:${scenarioId}`;
/** Of trainings on tickets, which no scenario holds before the first. */
export const ticketPlanSlot = ({ datasetId, labelColumn }: TicketChoice) =>
  trainingPlanSlot(labelColumn === null ? datasetId : `${datasetId}.${labelColumn}`);

/** What recipes would cost that adapt a model to a scenario, on the scenario's own training rows. */
export const adaptationPlanKind = defineKind({
  name: 'adaptation.trainingPlan',
  stage: 'adaptation',
  lane: 'train',
  revision: 1,
  params: paramsSchema,
  result: trainingPlanSchema,
  pausable: false,
  training: true,
  inputs: ({ sourceId, recipe, configs }, slots, scenarioId) => [
    ...new Set(configs.flatMap((config) => adaptedModelInputs({ scenarioId, sourceId, recipe, config }, slots))),
  ],
  takesAsItIs: ({ sourceId }, slot) => isGoneOnFrom(sourceId, slot),
  defaultParams: () => null,
  async run(context) {
    const { key: scenarioId, params, store, deps, input } = context;
    const { sourceId, recipe, configs } = params;
    const { scenario } = currentScenario(store, scenarioId);
    const data = scenarioRows(store, input(dataSlot(scenarioId)));
    const source = projectModel(store, deps, sourceId);
    const { outputOf } = sourceAnswers(context, { scenarioId, sourceId }, data, source);
    assertApplicable({ recipe, sourceId, reject: false }, scenario, data, source, true);
    const trainings = lineage(store, sourceId, input(modelSlot(sourceId)));
    const { request, selected } = await preparedSource(context, source, recipe, outputOf);
    const { folder, hash } = request;
    const asked = (config: (typeof configs)[number]) => ({
      folder,
      hash,
      tuned: selected,
      classes: data.result.classes.length,
      ...scenarioTraining(context, scenarioId, data, config, trainings, outputOf),
    });
    const planned = await planTraining(context, asked, configs);
    const result: TrainingPlan = {
      modelId: sourceId,
      trainRows: data.train.length,
      devRows: data.dev.length,
      ...planned,
    };
    return { type: 'done', result };
  },
});
