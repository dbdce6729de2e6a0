/** How the learning rate goes over a run: linear warm-up from 0, then one of three decays. */
export type Decay = 'linear' | 'cosine' | 'constant';

/** Updates spent warming up: a share of all updates, rounded up as Hugging Face does. */
export function warmupSteps(warmupRatio: number, totalSteps: number): number {
  return Math.ceil(warmupRatio * totalSteps);
}

/** Factor on the base learning rate for update `step`, counted from 0. With warm-up the first update has factor 0.
 *  @source transformers/optimization.py, get_{linear,cosine,constant}_schedule_with_warmup (half a cosine) */
export function learningRateFactor(decay: Decay, step: number, warmup: number, totalSteps: number): number {
  if (step < warmup) return step / Math.max(1, warmup);
  const rest = Math.max(1, totalSteps - warmup);
  switch (decay) {
    case 'constant':
      return 1;
    case 'linear':
      return Math.max(0, (totalSteps - step) / rest);
    case 'cosine':
      return Math.max(0, 0.5 * (1 + Math.cos((Math.PI * (step - warmup)) / rest)));
  }
}
