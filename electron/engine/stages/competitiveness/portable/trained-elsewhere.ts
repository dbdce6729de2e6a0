import { z } from 'zod';
import { type JobExport, jobExportSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import { learningRateFactor, warmupSteps } from '../../../../../shared/train/schedule.ts';
import type { TrainingTick } from '../../../../../shared/worker/training.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import type { TrainedRun } from '../trained-here.ts';
import type { TrainingCurve } from '../training-curve.ts';
import { jobExportSlot } from './job-export.ts';

export const elsewhereSchema = z.strictObject({ jobId: z.string(), sourceId: z.string() });
type Elsewhere = z.output<typeof elsewhereSchema>;

type Context = Pick<StepContext<unknown>, 'input' | 'deps' | 'worker' | 'spoolFolder' | 'signal'>;

/** The weights that another engine trained from an exported job, checked against that job.
 *  @throws AppError 'source.not-found', 'train.result-…', 'model.…' */
export async function trainedElsewhere(
  { input, deps, worker, spoolFolder, signal }: Context,
  { jobId, sourceId }: Elsewhere,
  { folder, hash }: { readonly folder: string; readonly hash: string },
  curve: TrainingCurve,
): Promise<TrainedRun> {
  const job = jobExportSchema.parse(input(jobExportSlot(jobId)).result);
  const { path, name, key } = await deps.resolveSource(sourceId);
  const { told, tunedFile, adapterFile, trainableParameters, parameters } = await worker.run(
    {
      type: 'importResult',
      folder,
      hash,
      config: job.config,
      labels: job.labels,
      job: job.job,
      file: path,
      fileName: name,
      fileKey: key,
      spool: spoolFolder,
    },
    { signal },
  );
  const { evaluations, steps } = told;
  curve.onEvent({ type: 'ticked', tick: wholeTick(told.losses, job) });
  for (const evaluation of evaluations) curve.onEvent({ type: 'evaluated', evaluation });
  return {
    tunedFile,
    adapterFile,
    devLogits: null,
    wallMs: null,
    record: {
      kind: 'imported',
      elsewhere: { jobId, file: name, used: told.used },
      trainableParameters,
      parameters,
      steps,
      bestStep: told.bestStep,
      stoppedEarly: told.stoppedEarly,
      trainDurationMs: told.durationMs,
      peakMemoryMb: null,
      notices: [],
    },
    curve: { totalSteps: job.steps, evaluations },
  };
}

/** All updates at once, with the learning rates that the job laid down. */
function wholeTick(losses: readonly number[], { config, steps: totalSteps }: JobExport): TrainingTick {
  const warmup = warmupSteps(config.warmupShare, totalSteps);
  const rateAt = (step: number) => config.learningRate * learningRateFactor(config.schedule, step, warmup, totalSteps);
  return {
    step: losses.length,
    totalSteps,
    steps: losses.map((loss, step) => ({ step: step + 1, loss, learningRate: rateAt(step) })),
    textsPerSecond: null,
    tokensPerSecond: null,
    etaMs: null,
    memoryMb: null,
  };
}
