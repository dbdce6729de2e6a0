import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { CHECKPOINT_EVERY_MS, CHECKPOINT_INDEX } from '../../../../shared/worker/training.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import { trainOn } from '../../jobs/train-on.ts';
import type { TextRows } from './compress/rows.ts';
import { paraphrasesFor } from './paraphrases.ts';
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

interface Asked {
  readonly folder: string;
  readonly hash: string;
  readonly config: RunConfig;
  /** Outputs. */
  readonly classes: number;
  readonly train: TargetRows;
  readonly dev: TargetRows;
  /** What is learnt; one of several classes where left out. */
  readonly task?: TextTask;
}

/** Rows with what is wanted of them, where that is not one class. */
type TargetRows = TextRows & { readonly targets?: Float32Array };

type Context = Pick<StepContext<unknown>, 'store' | 'input' | 'deps' | 'worker' | 'spoolFolder' | 'signal' | 'pause'>;

/** Trains on this machine; null where a pause was asked for and a checkpoint is kept. */
export async function trainedHere(
  context: Context,
  { folder, hash, config, classes, train, dev, task }: Asked,
  curve: TrainingCurve,
): Promise<TrainedRun | null> {
  const { deps, worker, spoolFolder, signal, pause } = context;
  const isResumed = existsSync(join(spoolFolder, CHECKPOINT_INDEX));
  const startedMs = deps.monotonicMs();
  const { result, ...on } = await trainOn(
    worker,
    {
      type: 'train',
      folder,
      hash,
      tuned: null,
      config,
      ...(task === undefined ? {} : { task }),
      classes,
      train,
      dev: dev.texts.length === 0 ? null : dev,
      ...paraphrasesFor(context, config, train.texts),
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
      ...(config.augmentation === undefined ? {} : { addedRows: result.addedRows }),
      trainDurationMs: result.trainMs,
      peakMemoryMb: result.peakMemoryMb,
      ...trainedWith(on),
    },
    curve: result,
  };
}
