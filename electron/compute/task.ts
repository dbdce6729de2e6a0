import type { Progress } from '../../shared/jobs/state.ts';

export interface TaskContext<B = never> {
  progress(progress: Progress): void;
  /** Hands a batch to the engine and waits until it is taken in. */
  batch(value: B): Promise<void>;
}

/** Pure work without SQLite and ORT: input in, output out, batches in between where there is too much for one message. */
export interface ComputeTask<I, O, B = never> {
  run(input: I, context: TaskContext<B>): O | Promise<O>;
}
