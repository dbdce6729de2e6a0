import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { landing } from '../../../shared/stages/landing/contract.ts';
import type { PilotResult } from '../../../shared/stages/landing/pilot/results.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';
import { projectModelIds } from './competitiveness/project-model.ts';

export const landingStepKinds: Readonly<Record<(typeof landing.steps)[number], StepKinds>> = {
  goals: { kinds: ['landing.goal'], done: ['landing.goal'] },
  solution: { kinds: ['landing.solutionSettings', 'landing.solution'], done: ['landing.solution'] },
  package: { kinds: ['landing.package', 'landing.packageCheck'], done: ['landing.package'] },
  pilot: { kinds: ['landing.pilotPlan', 'landing.pilot'], done: ['landing.pilot'] },
};

/** Percentage points of a difference of proportions. */
const POINTS_PER_UNIT = 100;
const NONE = { low: null, high: null, text: null };
const VERDICT_FIGURES = { go: 'pilotGo', adjust: 'pilotAdjust', stop: 'pilotStop', blocked: 'pilotBlocked' } as const;

export function landingFigures(context: EngineContext): MapFigure[] {
  const { store } = context;
  const goals = store.slotsOf('landing.goal');
  const packages = store.slotsOf('landing.package');
  const count = (id: string, slots: readonly string[]): MapFigure => ({
    id,
    ...NONE,
    value: slots.length === 0 ? null : slots.length,
    unit: 'count',
    slot: slots[0] ?? null,
  });
  return [count('goals', goals), count('packages', packages), pilotFigure(context)];
}

/** The pilot's gain with its interval, named by its verdict. */
function pilotFigure({ view }: EngineContext): MapFigure {
  const pilot = view<PilotResult>('landing.pilot')?.result;
  if (pilot === undefined) return { id: 'pilots', ...NONE, value: null, unit: 'count', slot: null };
  const { gain, metric, verdict } = pilot;
  const isShare = metric.type === 'proportion';
  const scaled = (value: number) => (isShare ? value * POINTS_PER_UNIT : value);
  return {
    id: VERDICT_FIGURES[verdict],
    value: gain === null ? null : scaled(gain.value),
    low: gain === null ? null : scaled(gain.low),
    high: gain === null ? null : scaled(gain.high),
    text: null,
    unit: isShare ? 'points' : 'text',
    slot: 'landing.pilot',
  };
}

export function landingNext({ store }: EngineContext): Overview['next'] {
  const step = (id: string, at: string): Overview['next'] => [
    { id: `landing.${id}`, stage: 'landing', step: at, params: {} },
  ];
  if (store.current('demand.needs') === undefined) return [];
  if (store.slotsOf('landing.goal').length === 0) return step('setGoal', 'goals');
  if (projectModelIds(store).length > 0 && store.current('landing.solution') === undefined) {
    return step('designSolution', 'solution');
  }
  if (projectModelIds(store).length > 0 && store.slotsOf('landing.package').length === 0) {
    return step('buildPackage', 'package');
  }
  if (store.current('landing.pilotPlan') === undefined) return step('planPilot', 'pilot');
  return store.current('landing.pilot') === undefined ? step('evaluatePilot', 'pilot') : [];
}
