/** Dynamic loss scaling: gradients of half-precision products are kept from vanishing by a factor on the loss, which halves whenever one
 *  overflows (that update is skipped) and doubles after a while without.
 *  @source Micikevicius et al. 2018, "Mixed precision training", 3.2; torch.amp.GradScaler (its defaults and rule) */
export interface LossScale {
  readonly scale: number;
  /** Updates since the scale last changed. */
  readonly goodSteps: number;
}

export const FIRST_SCALE: LossScale = { scale: 65_536, goodSteps: 0 };
const GROWTH = 2;
const BACKOFF = 0.5;
const GROWTH_INTERVAL = 2_000;

/** The scale after an update whose gradients were all finite, or not. @param interval good updates before the scale grows */
export function nextLossScale({ scale, goodSteps }: LossScale, finite: boolean, interval = GROWTH_INTERVAL): LossScale {
  if (!finite) return { scale: scale * BACKOFF, goodSteps: 0 };
  if (goodSteps + 1 < interval) return { scale, goodSteps: goodSteps + 1 };
  // In float32, which it is fed as, it cannot grow beyond all numbers.
  const grown = scale * GROWTH;
  return { scale: Number.isFinite(Math.fround(grown)) ? grown : scale, goodSteps: 0 };
}

/** Below this no overflow was the scale's doing. */
export const LEAST_SCALE = 1;
