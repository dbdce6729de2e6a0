import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { experimentResultSchema } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import type { landing, PilotBaseline } from '../../../../shared/stages/landing/contract.ts';
import { goalResultSchema } from '../../../../shared/stages/landing/goals/results.ts';
import { planPilot } from '../../../../shared/stages/landing/pilot/plan-pilot.ts';
import {
  type PilotPlanResult,
  type PilotResult,
  pilotPlanSettingsSchema,
} from '../../../../shared/stages/landing/pilot/results.ts';
import { suggestPilotColumns } from '../../../../shared/stages/landing/pilot/suggest-columns.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetResult } from '../demand/columns.ts';
import { forecastOf } from './pilot.ts';
import { pilotRows } from './pilot-rows.ts';

type PilotRequests =
  | 'landing.pilotBaselines'
  | 'landing.previewPilotPlan'
  | 'landing.planPilot'
  | 'landing.pilotPlan'
  | 'landing.pilotColumns'
  | 'landing.evaluatePilot'
  | 'landing.pilot';

export const pilotHandlers = (context: EngineContext): Pick<HandlersFor<typeof landing.requests>, PilotRequests> => {
  const { store } = context;
  return {
    'landing.pilotBaselines': () => [...experimentBaselines(store), ...goalBaselines(store)],
    'landing.previewPilotPlan': (settings) =>
      planPilot(settings, settings.goalId !== null && store.current(`landing.goal:${settings.goalId}`) !== undefined),
    'landing.planPilot': async (settings) => {
      await context.decide('landing.pilotPlan', settings);
      return {};
    },
    'landing.pilotPlan': () => context.view<PilotPlanResult>('landing.pilotPlan'),
    'landing.pilotColumns': ({ datasetId }) => {
      datasetResult(store, datasetId);
      const plan = store.current('landing.pilotPlan');
      return suggestPilotColumns(
        datasetColumns(store, datasetId),
        pilotRows(store, datasetId),
        plan === undefined ? null : pilotPlanSettingsSchema.parse(plan.params),
      );
    },
    'landing.evaluatePilot': ({ datasetId, columns }) =>
      context.start([{ slot: 'landing.pilot', params: { datasetId, columns }, seed: DEFAULT_SEED }]),
    'landing.pilot': () => context.view<PilotResult>('landing.pilot'),
  };
};

/** The control arm of each experiment's primary metric: how it stands today, and what the new arm did. */
function experimentBaselines(store: ProjectStore): PilotBaseline[] {
  return store.slotsOf('competitiveness.experiment').flatMap((slot) => {
    const artifact = store.current(slot);
    const parsed = experimentResultSchema.safeParse(artifact?.result);
    if (artifact === undefined || !parsed.success) return [];
    const { name, controlArm, metrics } = parsed.data;
    const metric = metrics.find(({ role }) => role === 'primary');
    const control = metric?.arms.find(({ arm }) => arm === controlArm);
    if (metric === undefined || control === undefined || control.value === null) return [];
    return [
      {
        slot,
        name: `${name} · ${metric.name}`,
        source: 'experiment' as const,
        type: metric.type,
        direction: metric.direction === 'up' ? ('increase' as const) : ('decrease' as const),
        value: control.value,
        standardDeviation: control.sd,
        n: control.n,
        effect: forecastOf(artifact)?.value ?? null,
      },
    ];
  });
}

function goalBaselines(store: ProjectStore): PilotBaseline[] {
  return store.slotsOf('landing.goal').flatMap((slot) => {
    const goal = goalResultSchema.parse(store.current(slot)?.result);
    const { baseline, direction, title, unit } = goal.settings;
    if (baseline === null) return [];
    return [
      {
        slot,
        name: title,
        source: 'goal' as const,
        type: unit === 'share' ? ('proportion' as const) : ('mean' as const),
        direction,
        value: baseline,
        standardDeviation: null,
        n: null,
        effect: goal.wantedChange,
      },
    ];
  });
}
