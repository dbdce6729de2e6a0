import type { PilotBaseline } from '../../../../shared/stages/landing/contract.ts';
import type { PilotPlanSettings } from '../../../../shared/stages/landing/pilot/results.ts';

/** A plan to fill in. Baseline, smallest effect and units a day have no default that would mean anything, so they start at 0 and must be
 *  entered. */
export const EMPTY_PLAN: PilotPlanSettings = {
  name: '',
  goalId: null,
  design: 'arms',
  metric: { name: '', type: 'proportion', direction: 'increase', baseline: 0, standardDeviation: null },
  baselineOrigin: { type: 'person', note: '' },
  smallestEffect: 0,
  targetEffect: null,
  level: 0.95,
  power: 0.8,
  ratio: 1,
  unitsPerDay: 0,
  guardrails: [],
  stopRule: { type: 'fixed' },
  forecastSlot: null,
  signedBy: { name: '', role: '' },
};

/** What a baseline of this project says about the plan: its value, kind, direction, and the effect that its goal asks for. */
export function withBaseline(plan: PilotPlanSettings, baseline: PilotBaseline): PilotPlanSettings {
  const { slot, source, type, direction, value, standardDeviation, effect } = baseline;
  return {
    ...plan,
    goalId: source === 'goal' ? slot.slice('landing.goal:'.length) : plan.goalId,
    metric: { ...plan.metric, type, direction, baseline: value, standardDeviation },
    baselineOrigin: { type: 'artifact', slot },
    targetEffect: source === 'goal' && effect !== null && effect > 0 ? Number(effect.toFixed(6)) : plan.targetEffect,
  };
}

/** Whether everything is there that the size needs. */
export function isComplete({ name, metric, smallestEffect, unitsPerDay, guardrails }: PilotPlanSettings): boolean {
  const isInside = metric.type === 'mean' || (metric.baseline >= 0 && metric.baseline <= 1);
  const hasSpread = metric.type === 'proportion' || metric.standardDeviation !== null;
  return (
    name.trim() !== '' &&
    metric.name.trim() !== '' &&
    isInside &&
    hasSpread &&
    smallestEffect > 0 &&
    unitsPerDay > 0 &&
    guardrails.every((guardrail) => guardrail.name.trim() !== '' && guardrail.margin > 0)
  );
}
