import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { CHECKPOINT_EVERY_MS, CHECKPOINT_INDEX, type TrainRequest } from '../../../../shared/worker/training.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import { trainOn } from '../../jobs/train-on.ts';
import { trainedWith } from './trained-with.ts';
import type { TrainingCurve } from './training-curve.ts';

/** A trained model before it is measured, whoever trained it. */
export interface TrainedRun {
  readonly tunedFile: string;
  readonly adapterFile: string | null;
  /** Logits [rows, classes] of the dev rows under the weights kept; null where they are still to be asked for. */
  readonly devLogits: Float32Array | null;
  /** From its start to the finished weights; null where it did not go through in one, here. */
  readonly wallMs: number | null;
  /** Fields of the record that tell of the training. */
  readonly record: Pick<
    RunRecord,
    | 'kind'
    | 'trainableParameters'
    | 'parameters'
    | 'steps'
    | 'bestStep'
    | 'stoppedEarly'
    | 'trainDurationMs'
    | 'peakMemoryMb'
    | 'notices'
  > &
    Partial<RunRecord>;
  /** What the curve ends with. */
  readonly curve: Parameters<TrainingCurve['finished']>[0];
}

/** What is learnt from what; where and how is the job's affair. */
export type AskedTraining = Omit<
  TrainRequest,
  'type' | 'distillation' | 'spool' | 'resume' | 'checkpointEveryMs' | 'threads' | 'provider'
>;

type Context = Pick<StepContext<unknown>, 'deps' | 'worker' | 'spoolFolder' | 'signal' | 'pause'>;

/** Trains on this machine; null where a pause was asked for and a checkpoint is kept. */
export async function trainedHere(
  { deps, worker, spoolFolder, signal, pause }: Context,
  asked: AskedTraining,
  curve: TrainingCurve,
): Promise<TrainedRun | null> {
  const isResumed = existsSync(join(spoolFolder, CHECKPOINT_INDEX));
  const startedMs = deps.monotonicMs();
  const { result, ...on } = await trainOn(
    worker,
    {
      type: 'train',
      ...asked,
      spool: spoolFolder,
      resume: true,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
      threads: deps.threads(),
    },
    deps.provider(),
    { signal, pause, onEvent: curve.onEvent },
  );
  if (result.type === 'paused') return null;
  return {
    tunedFile: result.tunedFile,
    adapterFile: result.adapterFile,
    devLogits: result.devLogits,
    wallMs: isResumed || on.failed !== null ? null : deps.monotonicMs() - startedMs,
    record: {
      kind: 'tuned',
      trainableParameters: result.trainableParameters,
      parameters: result.parameters,
      steps: result.steps,
      bestStep: result.bestStep,
      stoppedEarly: result.stoppedEarly,
      ...(result.contrast === null ? {} : { contrast: result.contrast }),
      ...(asked.config.augmentation === undefined ? {} : { addedRows: result.addedRows }),
      trainDurationMs: result.trainMs,
      peakMemoryMb: result.peakMemoryMb,
      ...trainedWith(on),
    },
    curve: result,
  };
}
