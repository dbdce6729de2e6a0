import { AppError } from '../../../shared/errors/app-error.ts';
import type { Provider } from '../../../shared/train/provider.ts';
import type { TrainRequest, TrainResult } from '../../../shared/worker/training.ts';
import type { WorkerClient, WorkerOptions } from './worker-client.ts';

export interface Trained {
  readonly result: TrainResult;
  /** What computed the last update. */
  readonly provider: Provider;
  /** The provider that broke down on the way; null where none did. */
  readonly failed: Provider | null;
}

/** Trains on `provider`. Where that breaks down, the processor goes on from the last checkpoint: a driver must not cost a person the run.
 *  @throws AppError of the model, the data or the training; the reason of the signal */
export async function trainOn(
  worker: WorkerClient,
  request: TrainRequest,
  provider: Provider,
  options: WorkerOptions,
): Promise<Trained> {
  try {
    return { result: await worker.run({ ...request, provider }, options), provider, failed: null };
  } catch (error) {
    if (provider === 'cpu' || options.signal?.aborted === true || !isBreakdown(error)) throw error;
    const result = await worker.run({ ...request, provider: 'cpu', resume: true }, options);
    return { result, provider: 'cpu', failed: provider };
  }
}

/** A driver's failure comes as an error that nobody foresaw, as the end of its process, or as numbers that are none. */
function isBreakdown(error: unknown): boolean {
  return (
    !(error instanceof AppError) || ['internal.bug', 'internal.process-lost', 'train.diverged'].includes(error.code)
  );
}
