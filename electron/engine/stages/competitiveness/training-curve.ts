import type { JobSeries } from '../../../../shared/contract/project.ts';
import { joinByStep } from '../../../../shared/jobs/series.ts';
import type { Progress } from '../../../../shared/jobs/state.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import type { TrainingTick, TrainResult } from '../../../../shared/worker/training.ts';

type Series = Omit<JobSeries, 'jobId'>;

/** A curve shows at most this many steps; of longer runs every second, fourth … step is kept. */
const SHOWN_STEPS = 1000;
/** Share of the whole that a contrast before the training takes. */
const CONTRAST_SHARE = 0.4;
/** Share of the whole after which training is over; the rest is measuring on the test rows. */
const TRAINING_SHARE = 0.95;

export interface TrainingCurve {
  readonly onEvent: (event: WorkerEvent) => void;
  evaluating(done: number, total: number): void;
  /** The curve as it is kept, in the form of `jobs.series` but for the job. */
  finished(result: Pick<Extract<TrainResult, { type: 'finished' }>, 'totalSteps' | 'evaluations'>): JobSeries;
}

/** Turns what the model process tells of a training into the job's progress and curve. */
export function createCurve(progress: (progress: Progress) => void, series: (series: Series) => void): TrainingCurve {
  let steps: Series['steps'] = [];
  let evaluations: Series['evaluations'] = [];
  let totalSteps: number | null = null;
  let rowsPerSecond: number | null = null;
  let memoryMb: number | null = null;
  let every = 1;
  let before = 0;

  const current = (): Series => ({ steps, evaluations: [...evaluations], totalSteps, rowsPerSecond, memoryMb });
  return {
    onEvent(event) {
      if (event.type === 'contrasted') {
        before = CONTRAST_SHARE;
        progress(updateProgress('contrast', before, event.tick));
      }
      if (event.type === 'evaluated') {
        evaluations = joinByStep(evaluations, [event.evaluation]);
        series(current());
      }
      if (event.type !== 'ticked') return;
      const { tick } = event;
      totalSteps = tick.totalSteps;
      rowsPerSecond = tick.textsPerSecond;
      memoryMb = tick.memoryMb;
      steps = joinByStep(
        steps,
        tick.steps.filter(({ step }) => step % every === 0),
      );
      while (steps.length > SHOWN_STEPS) {
        every *= 2;
        steps = steps.filter(({ step }) => step % every === 0);
      }
      const trained = updateProgress('training', TRAINING_SHARE - before, tick);
      progress({ ...trained, fraction: before + trained.fraction });
      series(current());
    },
    evaluating(done, total) {
      const fraction = TRAINING_SHARE + (1 - TRAINING_SHARE) * (done / Math.max(1, total));
      progress({ fraction, phase: 'testing', done, total, unit: 'texts', rate: null, etaMs: null });
    },
    finished: (result) => ({
      jobId: '',
      ...current(),
      totalSteps: result.totalSteps,
      evaluations: result.evaluations.map((evaluation) => ({ ...evaluation })),
    }),
  };
}

/** Where updates stand that together take `share` of a job. */
export function updateProgress(phase: string, share: number, { step, totalSteps, etaMs }: TrainingTick): Progress {
  return {
    fraction: share * (step / Math.max(1, totalSteps)),
    phase,
    done: step,
    total: totalSteps,
    unit: 'steps',
    rate: etaMs === null || etaMs === 0 ? null : (1000 * (totalSteps - step)) / etaMs,
    etaMs,
  };
}
