import type { JobRecord } from '../../shared/contract/project.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import type { Engine } from '../engine/engine.ts';

/** Sends a request of the contract whose answer has type `T`. @throws the AppError of a refusal */
export async function ask<T>(engine: Engine, name: string, input: unknown, actor: string): Promise<T> {
  const reply = await engine.call(name, input, actor);
  if (!reply.ok) throw fromAppErrorJson(reply.error);
  return reply.value as T;
}

/** Resolves with a job once nothing more happens to it by itself; `onJob` hears of every job of the project meanwhile. */
export async function waitForJob(
  engine: Engine,
  jobId: string,
  actor: string,
  onJob: (job: JobRecord) => void = () => undefined,
): Promise<JobRecord> {
  const settled = Promise.withResolvers<JobRecord>();
  const stop = engine.subscribe((event) => {
    if (event.type !== 'jobChanged') return;
    onJob(event.job);
    if (event.job.id === jobId && isSettled(event.job.state)) settled.resolve(event.job);
  });
  try {
    const now = await ask<JobRecord>(engine, 'jobs.get', { jobId }, actor);
    return isSettled(now.state) ? now : await settled.promise;
  } finally {
    stop();
  }
}
