import type { TrainSpec } from './spec.ts';

/** AdamW with decoupled decay in PyTorch's order. @source torch/optim/adam.py; Loshchilov and Hutter 2019
 *  p ← (1 − lr·wd)·p;  m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  p ← p − lr/(1−β₁ᵗ)·m / (√v/√(1−β₂ᵗ) + ε).
 *  Written with √(1−β₂ᵗ) multiplied out of the denominator: p ← decay·p − stepSize·m/(√v + epsilon).
 *  @returns the scalars of update number `step` (from 1), in float64: 1 − lr·wd, lr·√(1−β₂ᵗ)/(1−β₁ᵗ) and ε·√(1−β₂ᵗ) */
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

/** The factor on gradients whose global L2 norm is `norm`: min(1, maxNorm/(norm + 1e-6)); 1 where nothing is clipped. @source torch clip_grad_norm_ */
export const clipFactor = (norm: number, maxNorm: number | null) =>
  maxNorm === null ? 1 : Math.min(1, maxNorm / (norm + 1e-6));
