import {
  type BatchLimits,
  batchCount,
  batchRows,
  fillInputs,
  planByLength,
  rowLengths,
  type TokenRows,
} from '../../shared/train/batches.ts';
import type { TokenBatch } from '../../shared/train/spec.ts';

/** Batches for evaluation and inference: large enough for the processor, small enough that memory stays bounded and a cancel is heard soon. */
export const INFERENCE_LIMITS: BatchLimits = { batchSize: 64, tokenBudget: 4096, lengthMultiple: 1 };
export const INFERENCE_BATCH_SIZE = INFERENCE_LIMITS.batchSize;

export interface BatchRunOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Lets messages in: ONNX Runtime's runs leave the event loop no turn of their own. */
export const letMessagesIn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs all rows in batches of like length, longest first; gives [rows, width] in the order of the rows.
 *  @throws the signal's reason when it is aborted between two batches */
export async function runInBatches(
  tokens: TokenRows,
  padId: number,
  width: number,
  run: (batch: TokenBatch) => Promise<Float32Array>,
  options: BatchRunOptions,
): Promise<Float32Array> {
  const lengths = rowLengths(tokens);
  const plan = planByLength(lengths, INFERENCE_LIMITS);
  const results = new Float32Array(lengths.length * width);
  let done = 0;
  for (let k = 0; k < batchCount(plan); k++) {
    await letMessagesIn();
    options.signal.throwIfAborted();
    const output = await run(fillInputs(tokens, plan, k, padId));
    for (const [i, row] of batchRows(plan, k).entries()) {
      results.set(output.subarray(i * width, (i + 1) * width), row * width);
    }
    done += batchRows(plan, k).length;
    options.onProgress?.(done, lengths.length);
  }
  return results;
}
