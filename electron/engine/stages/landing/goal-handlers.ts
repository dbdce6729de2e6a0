import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { landing } from '../../../../shared/stages/landing/contract.ts';
import type { GoalResult } from '../../../../shared/stages/landing/goals/results.ts';
import { keyOf } from '../../artifacts/kind.ts';
import type { EngineContext } from '../../context.ts';
import { goalSuggestions } from './goal-suggestions.ts';

type GoalRequests = 'landing.goalSuggestions' | 'landing.saveGoal' | 'landing.goals' | 'landing.removeGoal';

export const goalHandlers = (context: EngineContext): Pick<HandlersFor<typeof landing.requests>, GoalRequests> => {
  const { store } = context;
  const existing = (goalId: string) => {
    const slot = `landing.goal:${goalId}`;
    if (store.current(slot) === undefined) throw new AppError('artifact.not-found', { id: goalId });
    return slot;
  };
  return {
    'landing.goalSuggestions': () => goalSuggestions(store),
    'landing.saveGoal': async ({ goalId, settings }) => {
      const slot = goalId === null ? `landing.goal:G${nextGoal(context)}` : existing(goalId);
      await context.decide(slot, settings);
      return { goalId: keyOf(slot) };
    },
    'landing.goals': () => store.slotsOf('landing.goal').flatMap((slot) => context.view<GoalResult>(slot) ?? []),
    'landing.removeGoal': ({ goalId }) => {
      context.clear([existing(goalId)]);
      return {};
    },
  };
};

function nextGoal({ store }: EngineContext): number {
  return Math.max(0, ...store.slotsOf('landing.goal').map((slot) => Number(keyOf(slot).slice(1)))) + 1;
}
