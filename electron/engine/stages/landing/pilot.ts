import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import {
  type ExperimentResult,
  experimentResultSchema,
} from '../../../../shared/stages/competitiveness/experiment/results.ts';
import type { PilotForecast } from '../../../../shared/stages/landing/pilot/evaluate-pilot.ts';
import { planPilot } from '../../../../shared/stages/landing/pilot/plan-pilot.ts';
import {
  pilotColumnsSchema,
  pilotPlanResultSchema,
  pilotPlanSettingsSchema,
  pilotResultSchema,
} from '../../../../shared/stages/landing/pilot/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import { datasetResult } from '../demand/columns.ts';
import { standing } from '../demand/inputs.ts';
import { pilotRows } from './pilot-rows.ts';

/** The signed plan of a pilot. Its hash and time are those of the artifact: what is evaluated names the plan by them. */
export const pilotPlanKind = defineKind({
  name: 'landing.pilotPlan',
  stage: 'landing',
  lane: 'compute',
  revision: 1,
  params: pilotPlanSettingsSchema,
  result: pilotPlanResultSchema,
  pausable: false,
  training: false,
  inputs: ({ goalId, baselineOrigin, forecastSlot }, slots) => {
    const goal = goalId === null ? [] : [`landing.goal:${goalId}`];
    const origin = baselineOrigin.type === 'artifact' ? [baselineOrigin.slot] : [];
    const forecast = forecastSlot === null ? [] : [forecastSlot];
    return standing(slots, [...new Set([...goal, ...origin, ...forecast])]);
  },
  defaultParams: () => null,
  async run({ params, store }) {
    const goalStands = params.goalId !== null && store.current(`landing.goal:${params.goalId}`) !== undefined;
    return { type: 'done', result: planPilot(params, goalStands) };
  },
});

const pilotParamsSchema = z.strictObject({ datasetId: z.string(), columns: pilotColumnsSchema });

/** A pilot's data against its plan. */
export const pilotKind = defineKind({
  name: 'landing.pilot',
  stage: 'landing',
  lane: 'compute',
  revision: 1,
  params: pilotParamsSchema,
  result: pilotResultSchema,
  pausable: false,
  training: false,
  inputs: ({ datasetId }, slots) => {
    const plan = slots.current('landing.pilotPlan');
    const forecast = plan === undefined ? null : pilotPlanSettingsSchema.parse(plan.params).forecastSlot;
    return [
      'landing.pilotPlan',
      `demand.dataset:${datasetId}`,
      ...standing(slots, forecast === null ? [] : [forecast]),
    ];
  },
  defaultParams: () => null,
  async run({ params, store, input, compute, signal }) {
    const planArtifact = input('landing.pilotPlan');
    const plan = pilotPlanResultSchema.parse(planArtifact.result);
    const dataset = input(`demand.dataset:${params.datasetId}`);
    const { columns, design } = { columns: params.columns, design: plan.settings.design };
    if (design !== 'before-after' && columns.arm === null) throw new AppError('landing.pilot-arms', { design });
    if (design !== 'arms' && columns.period === null) throw new AppError('landing.pilot-periods', { design });
    const { forecastSlot } = plan.settings;
    const forecast = forecastSlot === null ? undefined : store.current(forecastSlot);
    const result = await compute.run(
      'landing.evaluatePilot',
      {
        plan,
        planHash: planArtifact.hash,
        datasetId: params.datasetId,
        datasetName: datasetResult(store, params.datasetId).name,
        // A column that the design does not use is not read.
        columns: {
          ...columns,
          arm: design === 'before-after' ? null : columns.arm,
          period: design === 'arms' ? null : columns.period,
        },
        rows: pilotRows(store, params.datasetId),
        forecast: forecast === undefined ? null : forecastOf(forecast),
        dataBeforePlan: sequenceOf(dataset) < sequenceOf(planArtifact),
      },
      { signal },
    );
    return { type: 'done', result };
  },
});

/** Artifacts are numbered in the order in which they were published. */
function sequenceOf({ id }: ArtifactRecord): number {
  return Number(id.slice(1));
}

/** The effect of an experiment's first primary metric, of its first arm beside the control; null where it was blocked or not measured. */
export function forecastOf(artifact: ArtifactRecord): PilotForecast | null {
  const parsed = experimentResultSchema.safeParse(artifact.result);
  return parsed.success ? forecastOfExperiment(artifact.slot, parsed.data) : null;
}

function forecastOfExperiment(slot: string, { name, sampleRatio, metrics }: ExperimentResult): PilotForecast | null {
  const metric = metrics.find(({ role }) => role === 'primary');
  const effect = metric?.effects[0];
  if (sampleRatio.blocked || metric === undefined || effect === undefined) return null;
  const { difference, standardError } = effect;
  if (difference === null || standardError === null) return null;
  return { slot, name: `${name} · ${metric.name}`, ...difference, standardError };
}
