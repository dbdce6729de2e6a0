import {
  NO_STRATEGY_CHOICE,
  type StrategyChoice,
  strategyChoiceSchema,
} from '../../../../shared/stages/competitiveness/contract.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';

/** Reference, limits and assumptions that a person set for g. */
export const strategiesKind = defineKind({
  name: 'competitiveness.strategies',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 1,
  params: strategyChoiceSchema,
  result: strategyChoiceSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => NO_STRATEGY_CHOICE,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

export function currentStrategies(slots: SlotReader): StrategyChoice {
  const artifact = slots.current('competitiveness.strategies');
  return artifact === undefined ? NO_STRATEGY_CHOICE : strategyChoiceSchema.parse(artifact.params);
}
