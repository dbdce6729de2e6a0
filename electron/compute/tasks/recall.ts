import { createRng } from '../../../shared/rng.ts';
import {
  compareRecall,
  nearestAgree,
  type RecallAtOne,
} from '../../../shared/stages/competitiveness/encoders/nearest.ts';
import type { ComputeTask } from '../task.ts';

/** Recall@1 of an encoder as it was and as it has become, on the same rows. */
export const recallTask: ComputeTask<
  {
    /** [rows × dimensions], of length 1. */
    readonly before: Float32Array;
    readonly after: Float32Array;
    readonly labels: Int32Array;
    readonly seed: number;
  },
  RecallAtOne | null
> = {
  run: ({ before, after, labels, seed }) =>
    compareRecall(nearestAgree(before, labels), nearestAgree(after, labels), createRng(seed)),
};
