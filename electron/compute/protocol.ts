import type { AppErrorJson } from '../../shared/errors/app-error.ts';
import type { Progress } from '../../shared/jobs/state.ts';

export type ComputeRequest =
  | { readonly type: 'run'; readonly id: number; readonly task: string; readonly input: unknown }
  | { readonly type: 'ack'; readonly id: number }
  /** Asks for a sign of life. */
  | { readonly type: 'ping'; readonly id: number };

export type ComputeReply =
  | { readonly type: 'alive'; readonly id: number }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'batch'; readonly id: number; readonly batch: unknown }
  | { readonly type: 'done'; readonly id: number; readonly output: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: AppErrorJson };
