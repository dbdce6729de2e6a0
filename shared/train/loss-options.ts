import { classCounts } from './class-weights.ts';
import type { LossOptions } from './robust-loss.ts';
import type { RunConfig } from './run-config.ts';

/** How a run changes the cross-entropy, from its config and its training labels. */
export function lossOptions(config: RunConfig, labels: Int32Array, classes: number): LossOptions {
  const { focalGamma, logitAdjustment: tau, rDrop } = config;
  return {
    ...(focalGamma === undefined ? {} : { focalGamma }),
    ...(rDrop === undefined ? {} : { rDrop }),
    ...(tau === undefined || tau === 0 ? {} : { logitOffset: logitOffsets(labels, classes, tau) }),
  };
}

/** τ·log of each class's share of the rows, to be added to its logit while training; a class without rows counts as half a row,
 *  so that its offset stays finite. @source Menon et al. 2021, "Long-tail learning via logit adjustment", eq. 10 */
function logitOffsets(labels: Int32Array, classes: number, tau: number): readonly number[] {
  return [...classCounts(labels, classes)].map((count) => tau * Math.log(Math.max(count, 0.5) / labels.length));
}
