import { z } from 'zod';
import { type AppErrorJson, BugError } from '../errors/app-error.ts';

export const LANES = ['train', 'infer', 'compute', 'io'] as const;
export type Lane = (typeof LANES)[number];

/** How far a job is. `fraction` in [0, 1]; `rate` per second of `unit`; null where it cannot be known yet. */
export const progressSchema = z.strictObject({
  fraction: z.number().min(0).max(1),
  phase: z.string(),
  done: z.number(),
  total: z.nullable(z.number()),
  unit: z.string(),
  rate: z.nullable(z.number()),
  etaMs: z.nullable(z.number()),
});
export type Progress = z.output<typeof progressSchema>;

export const NO_PROGRESS: Progress = {
  fraction: 0,
  phase: 'starting',
  done: 0,
  total: null,
  unit: '',
  rate: null,
  etaMs: null,
};

/**
 * queued ──start──► running ──finish──► succeeded
 *   │                 │ ├──fail──► failed
 *   │                 │ ├──requestPause──► pausing ──paused──► paused ──resume──► queued
 *   │                 │ └──requestCancel─► cancelling ──cancelled──► cancelled
 *   └─cancel─► cancelled        processLost: running, pausing, cancelling ──► interrupted ──resume──► queued
 */
export type JobState =
  | { readonly type: 'queued' }
  | { readonly type: 'running'; readonly progress: Progress }
  | { readonly type: 'pausing'; readonly progress: Progress }
  | { readonly type: 'cancelling'; readonly progress: Progress }
  | { readonly type: 'paused'; readonly checkpoint: string | null }
  | { readonly type: 'succeeded'; readonly artifactId: string }
  | { readonly type: 'failed'; readonly error: AppErrorJson }
  | { readonly type: 'cancelled' }
  | { readonly type: 'interrupted'; readonly checkpoint: string | null };

export const appErrorJsonSchema = z.custom<AppErrorJson>(
  (value) => typeof value === 'object' && value !== null && 'code' in value,
);

export const jobStateSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('queued') }),
  z.strictObject({ type: z.literal('running'), progress: progressSchema }),
  z.strictObject({ type: z.literal('pausing'), progress: progressSchema }),
  z.strictObject({ type: z.literal('cancelling'), progress: progressSchema }),
  z.strictObject({ type: z.literal('paused'), checkpoint: z.nullable(z.string()) }),
  z.strictObject({ type: z.literal('succeeded'), artifactId: z.string() }),
  z.strictObject({
    type: z.literal('failed'),
    error: appErrorJsonSchema,
  }),
  z.strictObject({ type: z.literal('cancelled') }),
  z.strictObject({ type: z.literal('interrupted'), checkpoint: z.nullable(z.string()) }),
]);

export type JobAction =
  | { readonly type: 'start' }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'requestPause' }
  | { readonly type: 'paused'; readonly checkpoint: string | null }
  | { readonly type: 'requestCancel' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'finish'; readonly artifactId: string }
  | { readonly type: 'fail'; readonly error: AppErrorJson }
  | { readonly type: 'processLost'; readonly checkpoint: string | null }
  | { readonly type: 'resume' };

/** Whether a job in this state holds its lane. */
export function isActive(state: JobState): boolean {
  return state.type === 'running' || state.type === 'pausing' || state.type === 'cancelling';
}

/** Whether nothing more will happen to a job in this state unless a person acts. */
export function isSettled(state: JobState): boolean {
  return !isActive(state) && state.type !== 'queued';
}

/** The next state of a job. @throws BugError for a pair that cannot occur (rule J1) */
export function reduceJob(state: JobState, action: JobAction): JobState {
  switch (action.type) {
    case 'start':
      if (state.type === 'queued') return { type: 'running', progress: NO_PROGRESS };
      break;
    case 'progress':
      if (state.type === 'running' || state.type === 'pausing' || state.type === 'cancelling') {
        return { type: state.type, progress: action.progress };
      }
      break;
    case 'requestPause':
      if (state.type === 'running') return { type: 'pausing', progress: state.progress };
      if (state.type === 'queued') return { type: 'paused', checkpoint: null };
      break;
    case 'paused':
      if (state.type === 'pausing') return { type: 'paused', checkpoint: action.checkpoint };
      break;
    case 'requestCancel':
      if (state.type === 'running' || state.type === 'pausing') return { type: 'cancelling', progress: state.progress };
      if (state.type === 'queued' || state.type === 'paused' || state.type === 'interrupted')
        return { type: 'cancelled' };
      break;
    case 'cancelled':
      if (state.type === 'cancelling') return { type: 'cancelled' };
      break;
    case 'finish':
      // A job may finish in the moment in which a pause or cancel is asked for: the result stands.
      if (isActive(state)) return { type: 'succeeded', artifactId: action.artifactId };
      break;
    case 'fail':
      if (isActive(state) || state.type === 'queued') return { type: 'failed', error: action.error };
      break;
    case 'processLost':
      if (isActive(state)) return { type: 'interrupted', checkpoint: action.checkpoint };
      break;
    case 'resume':
      if (state.type === 'paused' || state.type === 'interrupted' || state.type === 'failed') return { type: 'queued' };
      break;
  }
  throw new BugError(`job: ${action.type} in state ${state.type}`);
}
