import { createRng } from '../../../../shared/rng.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { assessGoal } from '../../../../shared/stages/landing/goals/assess-goal.ts';
import { goalResultSchema, goalSettingsSchema } from '../../../../shared/stages/landing/goals/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { standing } from '../demand/inputs.ts';

/** A business goal with its yearly value. It reads f1 where it is linked to needs, so a new f1 asks whether it still holds. */
export const goalKind = defineKind({
  name: 'landing.goal',
  stage: 'landing',
  lane: 'compute',
  revision: 1,
  params: goalSettingsSchema,
  result: goalResultSchema,
  pausable: false,
  training: false,
  inputs: ({ needIds }, slots) => (needIds.length === 0 ? [] : standing(slots, ['demand.needs'])),
  defaultParams: () => null,
  async run({ key, params, seed, store }) {
    const needs = params.needIds.length === 0 ? undefined : store.current('demand.needs');
    const f1 = needs === undefined ? null : needsResultSchema.parse(needs.result);
    return { type: 'done', result: assessGoal(key, params, f1, createRng(seed)) };
  },
});
