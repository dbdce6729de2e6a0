import {
  NO_STRATEGY_CHOICE,
  type StrategyChoice,
  storedStrategyChoiceSchema,
} from '../../../../shared/stages/competitiveness/strategy/choice.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';

/** Reference, limits and strategies beside the runs that a person set for g. Older projects know assumptions only. */
export const strategiesKind = defineKind({
  name: 'competitiveness.strategies',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 1,
  params: storedStrategyChoiceSchema,
  result: storedStrategyChoiceSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => NO_STRATEGY_CHOICE,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

export function currentStrategies(slots: SlotReader): StrategyChoice {
  const artifact = slots.current('competitiveness.strategies');
  return artifact === undefined ? NO_STRATEGY_CHOICE : storedStrategyChoiceSchema.parse(artifact.params);
}
