import type { TokenRows } from '../../shared/train/batches.ts';
import type { TokenBatch } from '../../shared/train/spec.ts';
import type { LatencyResult } from '../../shared/worker/inference.ts';
import { type BatchRunOptions, INFERENCE_BATCH_SIZE, letMessagesIn, runInBatches } from './batch-runs.ts';

const WARM_UP_RUNS = 3;

export interface LatencyInput {
  readonly tokens: TokenRows;
  readonly padId: number;
  /** Numbers that a text gets: a score per class, or a vector. */
  readonly width: number;
  readonly repeats: number;
  readonly provider: string;
  readonly threads: number;
  /** [rows, width] of a batch. */
  readonly run: (batch: TokenBatch) => Promise<Float32Array>;
}

/** Times the text of median length alone, then all texts in batches. */
export async function measureLatency(input: LatencyInput, options: BatchRunOptions): Promise<LatencyResult> {
  const { tokens, repeats, run, provider, threads } = input;
  const single = medianRow(tokens);
  const batch: TokenBatch = {
    rows: 1,
    length: single.length,
    inputIds: single,
    attentionMask: new Uint8Array(single.length).fill(1),
  };
  for (let i = 0; i < WARM_UP_RUNS; i++) await run(batch);
  const durations: number[] = [];
  for (let i = 0; i < repeats; i++) {
    await letMessagesIn();
    options.signal.throwIfAborted();
    const start = performance.now();
    await run(batch);
    durations.push(performance.now() - start);
    options.onProgress?.(i + 1, repeats);
  }
  const start = performance.now();
  await runInBatches(tokens, input.padId, input.width, run, { signal: options.signal });
  const texts = tokens.offsets.length - 1;
  durations.sort((a, b) => a - b);
  return {
    p50Ms: quantile(durations, 0.5),
    p95Ms: quantile(durations, 0.95),
    textsPerSecond: (1000 * texts) / (performance.now() - start),
    batchSize: INFERENCE_BATCH_SIZE,
    tokens: single.length,
    repeats,
    provider,
    threads,
  };
}

/** The ids of the text of median length. */
function medianRow({ ids, offsets }: TokenRows): Int32Array {
  const rows = Array.from({ length: offsets.length - 1 }, (_, i) => ids.subarray(offsets[i], offsets[i + 1]));
  rows.sort((a, b) => a.length - b.length);
  return rows[Math.floor(rows.length / 2)]!;
}

/** The nearest-rank quantile of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
