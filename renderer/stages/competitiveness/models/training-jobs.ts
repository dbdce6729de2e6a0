import type { JobRecord } from '../../../../shared/contract/project.ts';
import { isActive, isSettled } from '../../../../shared/jobs/state.ts';

/** A job that is not over, or that stopped and can go on. */
export function isOpenJob({ state }: JobRecord): boolean {
  return !isSettled(state) || ['paused', 'interrupted', 'failed'].includes(state.type);
}

/** The job whose curve is worth seeing: what runs or is paused, else what ended last. */
export function shownCurve(jobs: readonly JobRecord[]): JobRecord | undefined {
  return (
    jobs.find(({ state }) => isActive(state)) ??
    jobs.find(({ state }) => state.type === 'paused') ??
    jobs.findLast(({ state }) => state.type === 'succeeded')
  );
}
