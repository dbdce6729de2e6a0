import { type BatchLimits, type BatchPlan, planEpoch } from './batches.ts';
import { newRowsPerBatch } from './replay.ts';
import type { RunConfig } from './run-config.ts';
import { learningRateFactor, warmupSteps } from './schedule.ts';

/** The place of the next update: batch `batch` of epoch `epoch`, `step` updates done. */
export interface Cursor {
  readonly epoch: number;
  readonly batch: number;
  readonly step: number;
}
export const START: Cursor = { epoch: 0, batch: 0, step: 0 };

/** Order and learning rate of all updates of a run, a pure function of row lengths and config. Where earlier rows are replayed, the batches are
 *  those of the new rows alone. */
export interface RunPlan {
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Batches of an epoch in their order; the last epoch of a broken number of epochs ends early. */
  epoch(epoch: number): BatchPlan;
  learningRate(step: number): number;
  /** The first update whose learning rate is above 0. */
  readonly firstMovingStep: number;
  /** Where the update after `cursor` stands. */
  next(cursor: Cursor): Cursor;
}

export function planRun(lengths: Int32Array, config: RunConfig): RunPlan {
  const limits: BatchLimits = { batchSize: newRowsPerBatch(config), tokenBudget: null, lengthMultiple: 1 };
  const stepsPerEpoch = Math.ceil(lengths.length / limits.batchSize);
  const totalSteps = Math.max(1, Math.round(config.epochs * stepsPerEpoch));
  const warmup = warmupSteps(config.warmupShare, totalSteps);
  let kept: { readonly epoch: number; readonly plan: BatchPlan } | null = null;
  return {
    totalSteps,
    stepsPerEpoch,
    epoch(epoch) {
      if (kept?.epoch !== epoch) kept = { epoch, plan: planEpoch(lengths, limits, config.seed, epoch) };
      return kept.plan;
    },
    learningRate: (step) => config.learningRate * learningRateFactor(config.schedule, step, warmup, totalSteps),
    firstMovingStep: warmup > 0 ? 1 : 0,
    next(cursor) {
      const step = cursor.step + 1;
      const endsEpoch = cursor.batch + 1 === stepsPerEpoch;
      return endsEpoch ? { epoch: cursor.epoch + 1, batch: 0, step } : { ...cursor, batch: cursor.batch + 1, step };
    },
  };
}
