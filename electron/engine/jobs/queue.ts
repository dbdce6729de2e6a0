import type { JobRecord, JobSeries } from '../../../shared/contract/project.ts';
import { AppError, toAppErrorJson } from '../../../shared/errors/app-error.ts';
import {
  isActive,
  isSettled,
  type JobAction,
  type JobState,
  LANES,
  type Progress,
  reduceJob,
} from '../../../shared/jobs/state.ts';
import type { JobRepository, NewJob, StoredJob } from '../db/repositories/job.ts';

const EMIT_INTERVAL_MS = 200;

export interface JobControls {
  readonly signal: AbortSignal;
  readonly pause: AbortSignal;
  progress(progress: Progress): void;
  series(series: Omit<JobSeries, 'jobId'>): void;
  /** Whether the process that works for this job has fallen silent. */
  quiet(quiet: boolean): void;
}

export type JobOutcome = { readonly type: 'done'; readonly artifactId: string } | { readonly type: 'paused' };

export interface JobQueueDeps {
  readonly jobs: JobRepository;
  /** Does the work of one job. Rejects with the reason of `signal`, or of a `pause` that ended what can be begun again. */
  run(job: StoredJob, controls: JobControls): Promise<JobOutcome>;
  isPausable(job: StoredJob): boolean;
  /** Where a job that was paused, or whose process died, can go on from; null where it starts over. */
  checkpointOf(job: StoredJob): string | null;
  onChange(job: JobRecord): void;
  onSeries(series: JobSeries): void;
  now(): Date;
  monotonicMs(): number;
  logFailure(job: StoredJob, error: unknown): void;
}

export interface JobQueue {
  enqueue(job: NewJob): StoredJob;
  list(): readonly JobRecord[];
  get(id: string): JobRecord;
  series(id: string): JobSeries | undefined;
  pause(id: string): JobRecord;
  resume(id: string): JobRecord;
  cancel(id: string): JobRecord;
  /** Resolves once no job runs or waits. */
  idle(): Promise<void>;
  /** Pauses what can be paused, stops the rest, and waits for both. */
  dispose(): Promise<void>;
}

interface Active {
  readonly stop: AbortController;
  readonly pause: AbortController;
  readonly ended: Promise<void>;
}

/** Runs jobs, one at a time in each lane, oldest first. States change only through `reduceJob`; progress stays in memory, every change of state is in the project file before anyone hears of it, unless the file cannot be written. */
export function createJobQueue(deps: JobQueueDeps): JobQueue {
  const live = new Map<string, JobState>();
  const active = new Map<string, Active>();
  const curves = new Map<string, JobSeries>();
  const quietSince = new Map<string, string>();
  const emittedAt = new Map<string, number>();
  let disposed = false;
  let whenIdle: (() => void)[] = [];

  const isIdle = () => deps.jobs.list().every((job) => isSettled(stateOf(job)));
  const tellIdle = () => {
    if (whenIdle.length === 0 || !isIdle()) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  };

  const record = (job: StoredJob): JobRecord => {
    const { params: _params, seed: _seed, ...rest } = job;
    return { ...rest, state: live.get(job.id) ?? job.state, quietSince: quietSince.get(job.id) ?? null };
  };
  const stored = (id: string): StoredJob => {
    const job = deps.jobs.get(id);
    if (job === undefined) throw new AppError('job.not-found', { id });
    return job;
  };
  const stateOf = (job: StoredJob): JobState => live.get(job.id) ?? job.state;

  const act = (id: string, action: JobAction): JobState => {
    const before = stateOf(stored(id));
    const state = reduceJob(before, action);
    const kept = state.type === before.type || keep(id, state);
    if (isActive(state) || !kept) live.set(id, state);
    else live.delete(id);
    deps.onChange(record(stored(id)));
    return state;
  };

  /** A state that the file cannot take, as on a full disk, stands in memory until the project is closed; the next opening finds an interrupted job. */
  const keep = (id: string, state: JobState): boolean => {
    try {
      deps.jobs.setState(id, state, deps.now().toISOString());
      return true;
    } catch (error) {
      deps.logFailure(stored(id), error);
      return false;
    }
  };

  const throttled = (key: string, emit: () => void) => {
    const now = deps.monotonicMs();
    if (now - (emittedAt.get(key) ?? Number.NEGATIVE_INFINITY) < EMIT_INTERVAL_MS) return;
    emittedAt.set(key, now);
    emit();
  };

  const start = (job: StoredJob): void => {
    const stop = new AbortController();
    const pause = new AbortController();
    act(job.id, { type: 'start' });
    const controls: JobControls = {
      signal: stop.signal,
      pause: pause.signal,
      progress(progress) {
        const state = live.get(job.id);
        if (state === undefined) return;
        live.set(job.id, reduceJob(state, { type: 'progress', progress }));
        throttled(job.id, () => deps.onChange(record(job)));
      },
      series(series) {
        const curve = { jobId: job.id, ...series };
        curves.set(job.id, curve);
        throttled(`${job.id} series`, () => deps.onSeries(curve));
      },
      quiet(quiet) {
        if (quiet) quietSince.set(job.id, deps.now().toISOString());
        else quietSince.delete(job.id);
        deps.onChange(record(stored(job.id)));
      },
    };
    const ended = deps
      .run(job, controls)
      .then(
        (outcome) => finish(job, outcome),
        (error: unknown) => stopShort(job, error, stop.signal, pause.signal),
      )
      .finally(() => {
        active.delete(job.id);
        const curve = curves.get(job.id);
        if (curve !== undefined) deps.onSeries(curve);
        pump();
        tellIdle();
      });
    active.set(job.id, { stop, pause, ended });
  };

  const finish = (job: StoredJob, outcome: JobOutcome): void => {
    if (outcome.type === 'done') {
      act(job.id, { type: 'finish', artifactId: outcome.artifactId });
      return;
    }
    // A cancel asked for while the pause was under way wins.
    if (stateOf(job).type === 'cancelling') act(job.id, { type: 'cancelled' });
    else act(job.id, { type: 'paused', checkpoint: deps.checkpointOf(job) });
  };

  const stopShort = (job: StoredJob, error: unknown, stop: AbortSignal, pause: AbortSignal): void => {
    const state = stateOf(job);
    const isPaused = pause.aborted && (stop.aborted || error === pause.reason);
    if (state.type === 'cancelling' && stop.aborted) act(job.id, { type: 'cancelled' });
    else if (state.type === 'pausing' && isPaused) act(job.id, { type: 'paused', checkpoint: deps.checkpointOf(job) });
    else if (error instanceof AppError && error.code === 'internal.process-lost') {
      deps.logFailure(job, error);
      act(job.id, { type: 'processLost', checkpoint: deps.checkpointOf(job) });
    } else {
      deps.logFailure(job, error);
      act(job.id, { type: 'fail', error: toAppErrorJson(error) });
    }
  };

  const pump = (): void => {
    if (disposed) return;
    const all = [...deps.jobs.list()].reverse();
    const states = new Map(all.map((job) => [job.id, stateOf(job).type]));
    for (const job of all) {
      if (states.get(job.id) !== 'queued') continue;
      const failed = job.after.find((id) => states.get(id) === 'failed' || states.get(id) === 'cancelled');
      if (failed === undefined) continue;
      const error = new AppError('job.input-failed', { jobId: failed }).toJSON();
      states.set(job.id, act(job.id, { type: 'fail', error }).type);
    }
    for (const lane of LANES) {
      if ([...active.keys()].some((id) => stored(id).lane === lane)) continue;
      const next = all.find(
        (job) =>
          job.lane === lane &&
          states.get(job.id) === 'queued' &&
          job.after.every((id) => states.get(id) === 'succeeded'),
      );
      if (next !== undefined) start(next);
    }
  };

  const withState = (id: string, action: string, allowed: (state: JobState) => boolean): StoredJob => {
    const job = stored(id);
    const state = stateOf(job);
    if (!allowed(state)) throw new AppError('job.illegal-action', { id, state: state.type, action });
    return job;
  };

  return {
    enqueue(job) {
      const added = deps.jobs.insert(job, deps.now().toISOString());
      deps.onChange(record(added));
      // Started after the answer has left, so that no request waits for a job step.
      setImmediate(pump);
      return added;
    },
    list: () => deps.jobs.list().map(record),
    get: (id) => record(stored(id)),
    series: (id) => curves.get(id),
    pause(id) {
      const job = withState(id, 'pause', (state) => state.type === 'running' || state.type === 'queued');
      act(id, { type: 'requestPause' });
      const running = active.get(id);
      running?.pause.abort();
      // What cannot keep a checkpoint is ended at once and starts over later.
      if (!deps.isPausable(job)) running?.stop.abort();
      return record(stored(id));
    },
    resume(id) {
      withState(id, 'resume', (state) => ['paused', 'interrupted', 'failed'].includes(state.type));
      act(id, { type: 'resume' });
      setImmediate(pump);
      return record(stored(id));
    },
    cancel(id) {
      withState(
        id,
        'cancel',
        (state) =>
          state.type !== 'cancelling' && (!isSettled(state) || state.type === 'paused' || state.type === 'interrupted'),
      );
      act(id, { type: 'requestCancel' });
      active.get(id)?.stop.abort();
      setImmediate(pump);
      return record(stored(id));
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve))),
    async dispose() {
      disposed = true;
      for (const [id, running] of active) {
        const job = stored(id);
        if (stateOf(job).type === 'running') act(id, { type: 'requestPause' });
        running.pause.abort();
        if (!deps.isPausable(job)) running.stop.abort();
      }
      await Promise.all([...active.values()].map((running) => running.ended));
    },
  };
}

/** A job as it must be taken after its process ended: what was active is interrupted, what was queued is paused, so that opening a project never starts work by itself. */
function afterCrash(job: StoredJob, checkpointOf: (job: StoredJob) => string | null): JobState {
  if (isActive(job.state)) return reduceJob(job.state, { type: 'processLost', checkpoint: checkpointOf(job) });
  return job.state.type === 'queued' ? reduceJob(job.state, { type: 'requestPause' }) : job.state;
}

/** Sets right what a crash left behind. */
export function settleAfterCrash(
  jobs: JobRepository,
  now: Date,
  checkpointOf: (job: StoredJob) => string | null,
): void {
  for (const job of jobs.list()) {
    const state = afterCrash(job, checkpointOf);
    if (state !== job.state) jobs.setState(job.id, state, now.toISOString());
  }
}

/** The jobs of a file that cannot be written, shown as a crash must be read. */
export function asAfterCrash(jobs: JobRepository, checkpointOf: (job: StoredJob) => string | null): JobRepository {
  const shown = (job: StoredJob): StoredJob => ({ ...job, state: afterCrash(job, checkpointOf) });
  return {
    ...jobs,
    get(id) {
      const job = jobs.get(id);
      return job === undefined ? undefined : shown(job);
    },
    list: () => jobs.list().map(shown),
  };
}
