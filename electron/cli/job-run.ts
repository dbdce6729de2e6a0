import type { JobRecord } from '../../shared/contract/project.ts';
import { isActive, isSettled } from '../../shared/jobs/state.ts';
import type { Engine } from '../engine/engine.ts';
import { ask, waitForJob } from '../hosting/job-wait.ts';

/** Asks for interruption: called once for each Ctrl-C. */
export interface Interrupts {
  onInterrupt(listener: (count: number) => void): () => void;
}

/** Waits for a job of this project. The first interrupt pauses every unfinished job, the second cancels them. */
export async function followJob(
  engine: Engine,
  jobId: string,
  actor: string,
  interrupts: Interrupts,
  print: (line: unknown) => void,
): Promise<JobRecord> {
  const stop = interrupts.onInterrupt((count) => void stopJobs(engine, actor, count === 1 ? 'pause' : 'cancel'));
  try {
    const last = await waitForJob(engine, jobId, actor, (job) => print(progressLine(job)));
    await allQuiet(engine, actor);
    return last;
  } finally {
    stop();
  }
}

function progressLine({ id, slot, state, quietSince }: JobRecord) {
  const line = { jobId: id, slot, state: state.type, ...(quietSince === null ? {} : { quietSince }) };
  if (isActive(state) && 'progress' in state) return { ...line, progress: state.progress };
  return state.type === 'failed' ? { ...line, error: state.error } : line;
}

/** Pauses or cancels every job that has not ended. */
export async function stopJobs(engine: Engine, actor: string, how: 'pause' | 'cancel'): Promise<void> {
  const jobs = await ask<JobRecord[]>(engine, 'jobs.list', {}, actor);
  const unfinished = jobs.filter((job) => !isSettled(job.state) || (how === 'cancel' && job.state.type === 'paused'));
  // One that settled meanwhile refuses, which is as good as stopped.
  for (const job of unfinished) await engine.call(`jobs.${how}`, { jobId: job.id }, actor);
}

/** After a pause, jobs before this one may still be writing their checkpoints. */
async function allQuiet(engine: Engine, actor: string): Promise<void> {
  const jobs = await ask<JobRecord[]>(engine, 'jobs.list', {}, actor);
  const stopping = jobs.filter((job) => job.state.type === 'pausing' || job.state.type === 'cancelling');
  await Promise.all(stopping.map((job) => waitForJob(engine, job.id, actor)));
}

/** Sets a stopped job going again, and before it those that it waits for. */
export async function resumeWithInputs(engine: Engine, jobId: string, actor: string): Promise<void> {
  const seen = new Set<string>();
  const visit = async (id: string, wanted: boolean): Promise<void> => {
    if (seen.has(id)) return;
    seen.add(id);
    const job = await ask<JobRecord>(engine, 'jobs.get', { jobId: id }, actor);
    for (const before of job.after) await visit(before, false);
    const stopped = ['paused', 'interrupted', 'failed'].includes(job.state.type);
    if (stopped || wanted) await ask(engine, 'jobs.resume', { jobId: id }, actor);
  };
  await visit(jobId, true);
}
