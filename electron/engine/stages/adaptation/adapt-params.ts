import { seedsFrom } from '../../../../shared/stages/competitiveness/seeds.ts';
import type { EngineContext } from '../../context.ts';
import { plannedCost } from '../competitiveness/training-plan.ts';
import type { AdaptParams } from './model.ts';

interface Asked {
  /** Where the cost of such a training is planned. */
  readonly planSlot: string;
  /** From how many seeds it is trained: the recipe's own and those after it, `seed` and those after where it has no recipe. */
  readonly seeds: number;
  readonly seed: number;
}

/** A training as its job takes it: from each of its seeds, with what was expected of it. */
export function adaptParams(
  context: EngineContext,
  params: Omit<AdaptParams, 'seeds' | 'planned'>,
  { planSlot, seeds, seed }: Asked,
): AdaptParams {
  const { config, sourceId } = params;
  const planned = config === null ? null : plannedCost(context, planSlot, sourceId, config);
  return {
    ...params,
    ...(seeds === 1 ? {} : { seeds: seedsFrom(config ?? { seed }, seeds) }),
    ...(planned === null ? {} : { planned }),
  };
}
