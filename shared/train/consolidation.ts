import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import type { NamedTensors } from './spec.ts';

/** Elastic weight consolidation: what the earlier training knew of each trained tensor, and how strongly that holds. */
export interface Consolidation {
  /** F, the diagonal of the Fisher information on earlier rows. */
  readonly fisher: NamedTensors;
  /** θ*, the weights that the earlier training ended with. */
  readonly anchor: NamedTensors;
  /** λ. */
  readonly strength: number;
}

/** Inputs that the penalty adds to the graph: F and θ* of a tensor, and λ, in a part of a batch the part's share of it. */
export const fisherInput = (name: string) => `fisher.${name}`;
export const anchorInput = (name: string) => `anchor.${name}`;
export const STRENGTH_INPUT = 'consolidation';

/** λ·Σ F·(θ − θ*)² over all elements of `parameters`, a scalar; there is no ½.
 *  @source Kirkpatrick et al. 2017, eq. 3, whose λ is twice this one's; ContinualAI/avalanche, training/plugins/ewc.py */
export function consolidationPenalty(b: Builder, parameters: readonly Value[]): Value {
  const sums = parameters.map((parameter) => {
    const { name, shape } = parameter;
    const moved = b.op('Sub', [parameter, b.input(anchorInput(name), 'float32', shape)]);
    const weighted = b.op('Mul', [b.input(fisherInput(name), 'float32', shape), b.op('Mul', [moved, moved])]);
    return b.op('ReduceSum', [weighted], { keepdims: 0 });
  });
  const total = sums.reduce((sum, next) => b.op('Add', [sum, next]));
  return b.op('Mul', [total, b.input(STRENGTH_INPUT, 'float32', [])]);
}
