import { z } from 'zod';
import { type TicketChoice, ticketsOf } from '../../../../shared/stages/adaptation/plan-slots.ts';
import { recipeIdSchema } from '../../../../shared/stages/adaptation/results.ts';
import {
  planChoiceSchema,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../../../shared/stages/competitiveness/training-plan.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { defineKind, keyOf, type SlotReader, type StepContext } from '../../artifacts/kind.ts';
import { planTraining } from '../../jobs/plan-training.ts';
import { modelSlot, type ProjectModel, projectModel } from '../competitiveness/project-model.ts';
import { datasetName } from '../demand/columns.ts';
import { ticketInputs, ticketRows } from '../service/ticket-rows.ts';
import { dataSlot, scenarioInputs, scenarioRows } from './data.ts';
import { lineage } from './lineage.ts';
import { adaptedModelInputs, assertApplicable, isGoneOnFrom } from './model.ts';
import { preparedSource, scenarioTraining, sourceAnswers, sourceNames } from './prepared-source.ts';
import { currentScenario } from './scenario.ts';

const paramsSchema = z.strictObject({
  sourceId: z.string(),
  recipe: recipeIdSchema,
  configs: planChoiceSchema.shape.configs,
});

/** Where plans on tickets of a dataset stand. */
export function ticketPlanSlots(slots: SlotReader, datasetId: string): readonly string[] {
  return slots.slotsOf('adaptation.trainingPlan').filter((slot) => ticketsOf(keyOf(slot))?.datasetId === datasetId);
}

/** What recipes would cost that adapt a model to a scenario, or train it further on tickets, on the very rows. */
export const adaptationPlanKind = defineKind({
  name: 'adaptation.trainingPlan',
  stage: 'adaptation',
  lane: 'train',
  revision: 1,
  params: paramsSchema,
  result: trainingPlanSchema,
  pausable: false,
  training: true,
  inputs: ({ sourceId, recipe, configs }, slots, key) => {
    const tickets = ticketsOf(key);
    const rows = tickets === null ? scenarioInputs(slots, key) : ticketInputs(slots, tickets.datasetId);
    const of = (config: RunConfig) => adaptedModelInputs({ scenarioId: key, sourceId, recipe, config }, slots, rows);
    return [...new Set(configs.flatMap(of))];
  },
  takesAsItIs: ({ sourceId }, slot) => isGoneOnFrom(sourceId, slot),
  defaultParams: () => null,
  async run(context) {
    const { key, params, store, deps, input } = context;
    const { sourceId, recipe, configs } = params;
    const source = projectModel(store, deps, sourceId);
    const tickets = ticketsOf(key);
    const { scenario, names, data } =
      tickets === null ? ofScenario(context, sourceId) : await ofTickets(context, tickets, source);
    const { outputOf } = sourceAnswers(names, data, source);
    assertApplicable({ recipe, sourceId, reject: false }, scenario, data, source, true);
    const trainings = lineage(store, sourceId, input(modelSlot(sourceId)));
    const { request, selected } = await preparedSource(context, source, recipe, outputOf);
    const { folder, hash } = request;
    const asked = (config: RunConfig) => ({
      folder,
      hash,
      tuned: selected,
      classes: data.result.classes.length,
      ...scenarioTraining(context, key, data, config, trainings, outputOf),
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

type Context = StepContext<z.output<typeof paramsSchema>>;

function ofScenario(context: Context, sourceId: string) {
  const { key: scenarioId, store, input } = context;
  return {
    scenario: currentScenario(store, scenarioId).scenario,
    names: sourceNames(context, { scenarioId, sourceId }),
    data: scenarioRows(store, input(dataSlot(scenarioId))),
  };
}

async function ofTickets(context: Context, tickets: TicketChoice, source: ProjectModel) {
  const { store, compute, input, signal } = context;
  const { datasetId } = tickets;
  const clean = input(`demand.clean:${datasetId}`);
  return {
    scenario: { name: datasetName(store, datasetId), humanLook: null },
    // People gave the model's own classes.
    names: null,
    data: await ticketRows(store, compute, clean, tickets, source, { signal }),
  };
}
