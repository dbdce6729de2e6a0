import type { JobRecord } from '../../shared/contract/project.ts';
import { isActive, isSettled } from '../../shared/jobs/state.ts';

/** Jobs that are not over or can go on, and a failed one until another is started. Jobs come oldest first. */
export function openJobs(jobs: readonly JobRecord[]): readonly JobRecord[] {
  return jobs.filter(({ state }, index) => {
    if (state.type === 'failed') return index === jobs.length - 1;
    return !isSettled(state) || state.type === 'paused' || state.type === 'interrupted';
  });
}

/** The job whose curve is worth seeing: what runs or is paused, else what ended last. */
export function shownCurve(jobs: readonly JobRecord[]): JobRecord | undefined {
  return (
    jobs.find(({ state }) => isActive(state)) ??
    jobs.find(({ state }) => state.type === 'paused') ??
    jobs.findLast(({ state }) => state.type === 'succeeded')
  );
}
