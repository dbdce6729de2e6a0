import { z } from 'zod';

/** Execution providers of ONNX Runtime that the engine knows, the processor first. */
export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;
export const providerSchema = z.enum(PROVIDERS);
export type Provider = z.output<typeof providerSchema>;

/** What a trial of a provider found, `faster` being the only outcome for which it is chosen without being asked for.
 *  `not-included`: this build of ONNX Runtime lacks it; `no-device`: it finds nothing to run on; `wrong`: its numbers are not the processor's. */
const PROVIDER_OUTCOMES = ['faster', 'slower', 'wrong', 'no-device', 'not-included', 'crashed', 'timed-out'] as const;

export const providerTrialSchema = z.strictObject({
  provider: providerSchema,
  outcome: z.enum(PROVIDER_OUTCOMES),
  /** Largest difference of a loss or a logit from the processor's over the steps of the trial; null where none was made. */
  largestDifference: z.nullable(z.number()),
  /** Median time of a training step, on the provider and on the processor, of the same model and batch; null where not measured. */
  stepMs: z.nullable(z.number()),
  cpuStepMs: z.nullable(z.number()),
  /** What ONNX Runtime said, its first line; null where it said nothing. */
  detail: z.nullable(z.string()),
  /** The same step with products in half precision, against the provider's own in float32; left out where it was not tried. */
  half: z
    .strictObject({
      outcome: z.enum(['faster', 'slower', 'wrong', 'failed']),
      /** From the processor's numbers in float32; null where none was made. */
      largestDifference: z.nullable(z.number()),
      stepMs: z.nullable(z.number()),
    })
    .optional(),
});
export type ProviderTrial = z.output<typeof providerTrialSchema>;

/** A provider has to be this much faster than the processor to be worth the risk of another driver. */
const WORTHWHILE = 1.1;
/** Losses and logits of a few steps may differ by this much. The bar for a single step is 1e-4. */
const SAME = 1e-3;

/** Half precision rounds to 2⁻¹¹ of a number; losses, norms and logits of a few steps may differ by this much. */
const SAME_IN_HALVES = 2e-2;

/** The outcome of a trial with products in half precision. `wideMs` is the provider's own step in float32. */
export function halfOutcome(largestDifference: number, stepMs: number, wideMs: number): 'faster' | 'slower' | 'wrong' {
  if (!(largestDifference <= SAME_IN_HALVES)) return 'wrong';
  return wideMs / stepMs >= WORTHWHILE ? 'faster' : 'slower';
}

/** Whether trainings on `provider` gain by products in half precision, and why not. The processor widens each number and multiplies in float32. */
export function halfState(
  provider: Provider,
  trials: readonly ProviderTrial[],
): 'cpu' | 'untried' | 'faster' | 'slower' | 'wrong' | 'failed' {
  if (provider === 'cpu') return 'cpu';
  return trials.find((trial) => trial.provider === provider)?.half?.outcome ?? 'untried';
}

/** The outcome of a trial that ran to its end. */
export function trialOutcome(
  largestDifference: number,
  stepMs: number,
  cpuStepMs: number,
): 'faster' | 'slower' | 'wrong' {
  // Written so that a difference that is not a number counts as wrong.
  if (!(largestDifference <= SAME)) return 'wrong';
  return cpuStepMs / stepMs >= WORTHWHILE ? 'faster' : 'slower';
}

/** The provider to compute with when nobody chose one: the fastest of those that were right and worth it, else the processor. */
export function fastestProvider(trials: readonly ProviderTrial[]): Provider {
  let chosen: Provider = 'cpu';
  let best = 1;
  for (const { provider, outcome, stepMs, cpuStepMs } of trials) {
    if (outcome !== 'faster' || stepMs === null || cpuStepMs === null) continue;
    const speedUp = cpuStepMs / stepMs;
    if (speedUp <= best) continue;
    best = speedUp;
    chosen = provider;
  }
  return chosen;
}
