import { expect, test } from 'vitest';
import type { JobRecord } from '../../shared/contract/project.ts';
import { NO_PROGRESS } from '../../shared/jobs/state.ts';
import { openJobs, shownCurve } from './open-jobs.ts';

function job(id: string, state: JobRecord['state']): JobRecord {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id,
    slot: `competitiveness.run:${id}`,
    kind: 'competitiveness.run',
    lane: 'train',
    state,
    after: [],
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    quietSince: null,
  };
}

const ended = job('R1', { type: 'succeeded', artifactId: 'a1' });
const endedLater = job('R2', { type: 'succeeded', artifactId: 'a2' });
const paused = job('R3', { type: 'paused', checkpoint: null });
const running = job('R4', { type: 'running', progress: NO_PROGRESS });
const waiting = job('R5', { type: 'queued' });

test('The curve shown is of the running job, else of a paused one, else of the one that ended last', () => {
  expect(shownCurve([ended, endedLater, paused, running, waiting])).toBe(running);
  expect(shownCurve([ended, endedLater, paused, waiting])).toBe(paused);
  expect(shownCurve([ended, endedLater, waiting])).toBe(endedLater);
  expect(shownCurve([waiting])).toBeUndefined();
});

test('Waiting, running and paused jobs are open; ended and cancelled ones are not', () => {
  const cancelled = job('R6', { type: 'cancelled' });
  expect(openJobs([ended, paused, running, waiting, cancelled])).toEqual([paused, running, waiting]);
});

test('A failed job is shown until another is started', () => {
  const failed = job('R6', { type: 'failed', error: { code: 'internal.bug', params: {} } });
  expect(openJobs([ended, failed])).toEqual([failed]);
  expect(openJobs([ended, failed, waiting])).toEqual([waiting]);
});
