import { describe, expect, it } from 'vitest';
import { BugError } from '../errors/app-error.ts';
import { isActive, isSettled, type JobAction, type JobState, NO_PROGRESS, reduceJob } from './state.ts';

const error = { code: 'internal.bug', params: {} } as const;
const states: readonly JobState[] = [
  { type: 'queued' },
  { type: 'running', progress: NO_PROGRESS },
  { type: 'pausing', progress: NO_PROGRESS },
  { type: 'cancelling', progress: NO_PROGRESS },
  { type: 'paused', checkpoint: null },
  { type: 'succeeded', artifactId: 'a1' },
  { type: 'failed', error },
  { type: 'cancelled' },
  { type: 'interrupted', checkpoint: 'c' },
];
const actions: readonly JobAction[] = [
  { type: 'start' },
  { type: 'progress', progress: { ...NO_PROGRESS, fraction: 0.5 } },
  { type: 'requestPause' },
  { type: 'paused', checkpoint: 'c' },
  { type: 'requestCancel' },
  { type: 'cancelled' },
  { type: 'finish', artifactId: 'a2' },
  { type: 'fail', error },
  { type: 'processLost', checkpoint: null },
  { type: 'resume' },
];

/** Every legal pair and where it leads; a pair that is not here must be refused. */
const LEGAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  queued: { start: 'running', requestPause: 'paused', requestCancel: 'cancelled', fail: 'failed' },
  running: {
    progress: 'running',
    requestPause: 'pausing',
    requestCancel: 'cancelling',
    finish: 'succeeded',
    fail: 'failed',
    processLost: 'interrupted',
  },
  pausing: {
    progress: 'pausing',
    paused: 'paused',
    requestCancel: 'cancelling',
    finish: 'succeeded',
    fail: 'failed',
    processLost: 'interrupted',
  },
  cancelling: {
    progress: 'cancelling',
    cancelled: 'cancelled',
    finish: 'succeeded',
    fail: 'failed',
    processLost: 'interrupted',
  },
  paused: { requestCancel: 'cancelled', resume: 'queued' },
  succeeded: {},
  failed: { resume: 'queued' },
  cancelled: {},
  interrupted: { requestCancel: 'cancelled', resume: 'queued' },
};

describe('reduceJob', () => {
  it.each(states.flatMap((state) => actions.map((action) => [state.type, action.type, state, action] as const)))(
    'J1: %s × %s goes where the table says or is refused',
    (from, by, state, action) => {
      const to = LEGAL[from]?.[by];
      if (to === undefined) expect(() => reduceJob(state, action)).toThrow(BugError);
      else expect(reduceJob(state, action).type).toBe(to);
    },
  );

  it('J2: a job that holds its lane is never settled, and a queued one is neither', () => {
    expect(states.filter((state) => isActive(state) && isSettled(state))).toEqual([]);
    expect(isActive({ type: 'queued' }) || isSettled({ type: 'queued' })).toBe(false);
  });

  it('J3: a pause keeps the checkpoint that the step gave', () => {
    expect(reduceJob({ type: 'pausing', progress: NO_PROGRESS }, { type: 'paused', checkpoint: 'step 12' })).toEqual({
      type: 'paused',
      checkpoint: 'step 12',
    });
  });
});
