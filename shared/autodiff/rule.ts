import { AppError } from '../errors/app-error.ts';
import type { Builder } from './builder.ts';
import type { Attrs, Aval, Node, OpName, Value } from './graph.ts';

export type Cotangents = readonly (Value | null)[];

/** All that autodiff knows of an operator. */
export interface OpRule {
  /** The types of the outputs. @throws AppError 'autodiff.shape' */
  infer(inputs: readonly Aval[], attrs: Attrs): readonly Aval[];
  /** One cotangent per input, null where there is none; `cts[i]` belongs to output i, null if unused.
   *  A cotangent may still have the broadcast shape: the walk sums it down. */
  vjp(b: Builder, node: Node, cts: Cotangents): Cotangents;
}

/** The VJP of an operator that no gradient may pass. */
export function notDifferentiable(op: OpName): OpRule['vjp'] {
  return () => {
    throw new AppError('autodiff.no-rule', { op });
  };
}

/** The VJP of an operator whose output does not vary with its inputs in the sense of calculus (casts, comparisons). */
export const noCotangent: OpRule['vjp'] = (_b, node) => node.inputs.map(() => null);
