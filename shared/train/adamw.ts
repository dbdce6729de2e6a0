import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import type { TrainSpec } from './spec.ts';

/** AdamW with decoupled decay in PyTorch's order. @source torch/optim/adam.py; Loshchilov and Hutter 2019
 *  p ← (1 − lr·wd)·p;  m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  p ← p − lr/(1−β₁ᵗ)·m / (√v/√(1−β₂ᵗ) + ε).
 *  Written with √(1−β₂ᵗ) multiplied out of the denominator, so that the host's scalars spare two passes over memory. */

export interface AdamState {
  readonly parameter: Value;
  readonly firstMoment: Value;
  readonly secondMoment: Value;
}

/** Scalars of one update, as graph values. */
export interface AdamScalars {
  /** 1 − lr·wd. */
  readonly decay: Value;
  /** lr·√(1−β₂ᵗ)/(1−β₁ᵗ). */
  readonly stepSize: Value;
  /** ε·√(1−β₂ᵗ). */
  readonly epsilon: Value;
  /** The factor of global-norm clipping. */
  readonly clip: Value;
}

/** The numbers behind `AdamScalars` for update number `step` (from 1), in float64. */
export function adamNumbers(
  spec: Pick<TrainSpec, 'weightDecay' | 'beta1' | 'beta2' | 'epsilon'>,
  lr: number,
  step: number,
): { readonly decay: number; readonly stepSize: number; readonly epsilon: number } {
  const root = Math.sqrt(1 - spec.beta2 ** step);
  return {
    decay: 1 - lr * spec.weightDecay,
    stepSize: (lr * root) / (1 - spec.beta1 ** step),
    epsilon: spec.epsilon * root,
  };
}

export function adamwUpdate(
  b: Builder,
  spec: Pick<TrainSpec, 'weightDecay' | 'beta1' | 'beta2'>,
  state: AdamState,
  gradient: Value,
  scalars: AdamScalars,
  decayed: boolean,
): AdamState {
  const mul = (x: Value, y: Value) => b.op('Mul', [x, y]);
  const add = (x: Value, y: Value) => b.op('Add', [x, y]);
  const firstShare = mul(scalars.clip, b.scalar(1 - spec.beta1));
  const secondShare = mul(mul(scalars.clip, scalars.clip), b.scalar(1 - spec.beta2));
  const firstMoment = add(mul(state.firstMoment, b.scalar(spec.beta1)), mul(gradient, firstShare));
  const secondMoment = add(mul(state.secondMoment, b.scalar(spec.beta2)), mul(mul(gradient, gradient), secondShare));
  const denominator = add(b.op('Sqrt', [secondMoment]), scalars.epsilon);
  const change = mul(b.op('Div', [firstMoment, denominator]), scalars.stepSize);
  const shrunk = decayed && spec.weightDecay !== 0 ? mul(state.parameter, scalars.decay) : state.parameter;
  return { parameter: b.op('Sub', [shrunk, change]), firstMoment, secondMoment };
}

/** The global L2 norm of all gradients and the clipping factor min(1, max/(norm + 1e-6)). Where gradients are those of a loss times a scale, its
 *  inverse goes into both: the norm is that of the unscaled ones, and the factor unscales them. @source torch clip_grad_norm_ */
export function clipByGlobalNorm(
  b: Builder,
  gradients: readonly Value[],
  maxNorm: number | null,
  inverseScale: Value | null = null,
): { readonly norm: Value; readonly clip: Value } {
  const squares = gradients.map((gradient) => b.op('ReduceSumSquare', [gradient], { keepdims: 0 }));
  const unscaled = (x: Value) => (inverseScale === null ? x : b.op('Mul', [x, inverseScale]));
  const norm = unscaled(b.op('Sqrt', [squares.reduce((sum, square) => b.op('Add', [sum, square]))]));
  if (maxNorm === null) return { norm, clip: inverseScale ?? b.scalar(1) };
  const ratio = b.op('Div', [b.scalar(maxNorm), b.op('Add', [norm, b.scalar(1e-6)])]);
  return { norm, clip: unscaled(b.op('Min', [b.scalar(1), ratio])) };
}
