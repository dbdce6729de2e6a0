import type { TokenRows } from '../../shared/train/batches.ts';
import type { ClassifyRequest, EmbedRequest, LatencyRequest, WorkerResults } from '../../shared/worker/protocol.ts';
import { type BatchRunOptions, INFERENCE_BATCH_SIZE, letMessagesIn, runInBatches } from './batch-runs.ts';
import { type ModelRef, openModel } from './open-model.ts';
import { createEncoder, type Encoder } from './ort/encoder.ts';
import type { TextTokenizer } from './tokenizer.ts';

const PROVIDER = 'cpu';
const WARM_UP_RUNS = 3;

interface Loaded {
  readonly encoder: Encoder;
  readonly tokenizer: TextTokenizer;
  readonly dimensions: number;
  readonly maxTokens: number;
}

/** Inference with the model of the last request kept open: the next request for it starts at once. */
export interface Inference {
  embed(request: EmbedRequest, options: BatchRunOptions): Promise<WorkerResults['embed']>;
  classify(request: ClassifyRequest, options: BatchRunOptions): Promise<WorkerResults['classify']>;
  latency(request: LatencyRequest, options: BatchRunOptions): Promise<WorkerResults['latency']>;
}

export function createInference(): Inference {
  let kept: { readonly key: string; readonly model: Loaded } | null = null;

  const load = async (ref: ModelRef, classes: number | null, threads: number): Promise<Loaded> => {
    const key = JSON.stringify([ref.folder, ref.hash, ref.tuned, classes, threads]);
    if (kept?.key === key) return kept.model;
    await kept?.model.encoder.dispose();
    kept = null;
    const { config, manifest, weights, tokenizer, maxTokens } = await openModel(ref);
    const head = classes === null ? null : ('linear' as const);
    const spec = { encoder: config, pooling: manifest.pooling, head, labels: classes ?? 0 };
    const encoder = await createEncoder(spec, weights, { threads, provider: PROVIDER });
    kept = { key, model: { encoder, tokenizer, dimensions: config.hiddenSize, maxTokens } };
    return kept.model;
  };

  return {
    async embed(request, options) {
      const { encoder, tokenizer, dimensions, maxTokens } = await load(request, null, request.threads);
      const { tokens, truncated } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
      const embeddings = async (batch: Parameters<Encoder['run']>[0]) => (await encoder.run(batch)).embeddings;
      const vectors = await runInBatches(tokens, tokenizer.padId, dimensions, embeddings, options);
      return { vectors, dimensions, truncated };
    },
    async classify(request, options) {
      const { encoder, tokenizer, maxTokens } = await load(request, request.classes, request.threads);
      const { tokens, truncated } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
      const run = async (batch: Parameters<Encoder['run']>[0]) => (await encoder.run(batch)).logits;
      return { logits: await runInBatches(tokens, tokenizer.padId, request.classes, run, options), truncated };
    },
    async latency(request, options) {
      const { encoder, tokenizer, maxTokens } = await load(request, request.classes, request.threads);
      const { tokens } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
      const single = medianRow(tokens);
      const batch = {
        rows: 1,
        length: single.length,
        inputIds: single,
        attentionMask: new Uint8Array(single.length).fill(1),
      };
      for (let i = 0; i < WARM_UP_RUNS; i++) await encoder.run(batch);
      const durations: number[] = [];
      for (let i = 0; i < request.repeats; i++) {
        await letMessagesIn();
        options.signal.throwIfAborted();
        const start = performance.now();
        await encoder.run(batch);
        durations.push(performance.now() - start);
        options.onProgress?.(i + 1, request.repeats);
      }
      const start = performance.now();
      const run = async (many: Parameters<Encoder['run']>[0]) => (await encoder.run(many)).logits;
      await runInBatches(tokens, tokenizer.padId, request.classes, run, { signal: options.signal });
      durations.sort((a, b) => a - b);
      return {
        p50Ms: quantile(durations, 0.5),
        p95Ms: quantile(durations, 0.95),
        textsPerSecond: (1000 * request.texts.length) / (performance.now() - start),
        batchSize: INFERENCE_BATCH_SIZE,
        tokens: single.length,
        repeats: request.repeats,
        provider: PROVIDER,
        threads: request.threads,
      };
    },
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
