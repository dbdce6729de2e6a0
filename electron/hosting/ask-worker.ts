import type { WorkerRequest, WorkerResults } from '../../shared/worker/protocol.ts';

/** Asks a throw-away model process. Rejects when that process dies; with the signal's reason when aborted. */
export type AskWorker = <R extends WorkerRequest>(request: R, signal: AbortSignal) => Promise<WorkerResults[R['type']]>;
