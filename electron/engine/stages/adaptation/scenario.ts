import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { scenarioLimitSchema } from '../../../../shared/stages/adaptation/limits.ts';
import { type Scenario, type ScenarioResult, scenarioSchema } from '../../../../shared/stages/adaptation/results.ts';
import { followLimits, type LimitSources } from '../../../../shared/stages/adaptation/suggest-limits.ts';
import { TEMPLATE_IDS } from '../../../../shared/stages/adaptation/templates.ts';
import { needsResultSchema, targetsSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import { standing } from '../demand/inputs.ts';

/** What a scenario card says beside what figures are made of: it may be reworded without making anything stale. */
const cardSchema = scenarioSchema.pick({
  name: true,
  templateId: true,
  users: true,
  inputs: true,
  volumePerDay: true,
  complianceTopics: true,
  complianceNotes: true,
});
const coreSchema = scenarioSchema.pick({
  data: true,
  labelMap: true,
  errorCosts: true,
  humanLook: true,
  needIds: true,
});
const scenarioParamsSchema = z.strictObject({ card: cardSchema, ...coreSchema.shape });
type ScenarioParams = z.output<typeof scenarioParamsSchema>;

/** A business scenario as a person set it up; its limits stand apart, because they follow what stage 1 says. */
export const scenarioKind = defineKind({
  name: 'adaptation.scenario',
  stage: 'adaptation',
  lane: 'compute',
  revision: 1,
  params: scenarioParamsSchema,
  result: scenarioParamsSchema,
  outsideHash: ['card'],
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

const limitsParamsSchema = z.strictObject({ templateId: z.enum(TEMPLATE_IDS), limits: z.array(scenarioLimitSchema) });
const limitsResultSchema = z.strictObject({ limits: z.array(scenarioLimitSchema), lost: z.array(scenarioLimitSchema) });

/** The limits of a scenario. Those that came from a need or a target take its value of now when they are made anew. */
export const limitsKind = defineKind({
  name: 'adaptation.limits',
  stage: 'adaptation',
  lane: 'compute',
  revision: 1,
  params: limitsParamsSchema,
  result: limitsResultSchema,
  pausable: false,
  training: false,
  inputs: ({ limits }, slots) => {
    const origins = new Set(limits.map(({ origin }) => origin.type));
    // What a need asks for rests on the accuracy target too.
    return standing(slots, [
      ...(origins.has('need') ? ['demand.needs'] : []),
      ...(origins.has('need') || origins.has('target') ? ['demand.targets'] : []),
    ]);
  },
  defaultParams: () => null,
  run: async ({ params, store }) => ({
    type: 'done',
    result: followLimits(params.limits, params.templateId, limitSources(store)),
  }),
});

/** What stage 1 asks for as it stands. */
export function limitSources(slots: SlotReader): LimitSources {
  const needs = slots.current('demand.needs');
  const targets = slots.current('demand.targets');
  return {
    needs: needs === undefined ? null : needsResultSchema.parse(needs.result),
    targets: targets === undefined ? null : targetsSchema.parse(targets.params),
  };
}

/** What is published of a scenario when a person saves it. */
export function scenarioParts(scenario: Scenario): {
  readonly scenario: ScenarioParams;
  readonly limits: z.output<typeof limitsParamsSchema>;
} {
  const { data, labelMap, errorCosts, humanLook, needIds, limits, ...card } = scenario;
  return {
    scenario: { card, data, labelMap, errorCosts, humanLook, needIds },
    limits: { templateId: card.templateId, limits },
  };
}

export const scenarioSlot = (id: string) => `adaptation.scenario:${id}`;
export const limitsSlot = (id: string) => `adaptation.limits:${id}`;

/** A scenario in one piece, from its artifact and that of its limits. */
export function scenarioOf(id: string, scenario: ArtifactRecord, limits: ArtifactRecord | undefined): ScenarioResult {
  const { card, ...core } = scenarioParamsSchema.parse(scenario.result);
  const followed = limits === undefined ? { limits: [], lost: [] } : limitsResultSchema.parse(limits.result);
  return { id, scenario: { ...card, ...core, limits: followed.limits }, lost: followed.lost };
}

/** What a version of a scenario says that models call its classes. */
export function labelMapOf(scenario: ArtifactRecord): Scenario['labelMap'] {
  return scenarioParamsSchema.parse(scenario.result).labelMap;
}

/** @throws AppError 'artifact.input-missing' */
export function currentScenario(slots: SlotReader, id: string): ScenarioResult {
  const scenario = slots.current(scenarioSlot(id));
  if (scenario === undefined) throw new AppError('artifact.input-missing', { slot: scenarioSlot(id) });
  return scenarioOf(id, scenario, slots.current(limitsSlot(id)));
}

/** Needs whose texts a suite tests apart: those that the scenario serves, and those that have a limit. */
export function testsNeeds({ needIds, limits }: Scenario): string[] {
  return [...new Set([...needIds, ...limits.flatMap(({ needId }) => needId ?? [])])];
}

export function scenarioIds(slots: SlotReader): readonly string[] {
  return slots.slotsOf('adaptation.scenario').map((slot) => slot.slice('adaptation.scenario:'.length));
}

/** The dataset of a scenario; null before it was saved. */
export function datasetOfScenario(slots: SlotReader, id: string): string | null {
  const artifact = slots.current(scenarioSlot(id));
  return artifact === undefined ? null : scenarioParamsSchema.parse(artifact.params).data.datasetId;
}
