import type { TokenBatch } from '../../shared/train/spec.ts';
import type { ClassifyRequest, EmbedRequest, LatencyRequest } from '../../shared/worker/inference.ts';
import type { WorkerResults } from '../../shared/worker/protocol.ts';
import { readManifest } from '../models/model-folder.ts';
import { isOnnxOnly } from '../models/onnx-only.ts';
import { type BatchRunOptions, runInBatches } from './batch-runs.ts';
import { measureLatency } from './latency.ts';
import { openOnnxModel } from './onnx-only/onnx-encoder.ts';
import { type ModelRef, openModel, type Spool, storageOf } from './open-model.ts';
import { createEncoder, type Encoder } from './ort/encoder.ts';
import type { TextTokenizer } from './tokenizer.ts';

const PROVIDER = 'cpu';

interface Loaded {
  readonly encoder: Encoder;
  readonly tokenizer: TextTokenizer;
  readonly dimensions: number;
  readonly maxTokens: number;
}

/** Inference with the model of the last request kept open: the next request for it starts at once. */
export interface Inference {
  embed(request: EmbedRequest & Spool, options: BatchRunOptions): Promise<WorkerResults['embed']>;
  classify(request: ClassifyRequest & Spool, options: BatchRunOptions): Promise<WorkerResults['classify']>;
  latency(request: LatencyRequest & Spool, options: BatchRunOptions): Promise<WorkerResults['latency']>;
}

export function createInference(): Inference {
  let kept: { readonly key: string; readonly model: Loaded } | null = null;

  const load = async (ref: ModelRef, classes: number | null, threads: number): Promise<Loaded> => {
    const key = JSON.stringify([ref.folder, ref.hash, ref.tuned, storageOf(ref), classes, threads]);
    if (kept?.key === key) return kept.model;
    await kept?.model.encoder.dispose();
    kept = null;
    const found = await readManifest(ref.folder);
    if (isOnnxOnly(found) && ref.tuned === null && classes === null) {
      const { encoder, tokenizer, config } = await openOnnxModel(ref, found, { threads, provider: PROVIDER });
      kept = { key, model: { encoder, tokenizer, dimensions: config.hiddenSize, maxTokens: config.maxTokens } };
      return kept.model;
    }
    const { config, manifest, weights, tokenizer, maxTokens } = await openModel(ref);
    const head = classes === null ? null : ('linear' as const);
    const spec = { encoder: config, pooling: manifest.pooling, head, labels: classes ?? 0 };
    const encoder = await createEncoder(spec, weights, { threads, provider: PROVIDER }, storageOf(ref));
    kept = { key, model: { encoder, tokenizer, dimensions: config.hiddenSize, maxTokens } };
    return kept.model;
  };

  return {
    async embed(request, options) {
      const { encoder, tokenizer, dimensions, maxTokens } = await load(request, null, request.threads);
      const { tokens, truncated } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
      const embeddings = async (batch: TokenBatch) => (await encoder.run(batch)).embeddings;
      const vectors = await runInBatches(tokens, tokenizer.padId, dimensions, embeddings, options);
      return { vectors, dimensions, truncated };
    },
    async classify(request, options) {
      const { encoder, tokenizer, maxTokens } = await load(request, request.classes, request.threads);
      const { tokens, truncated } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
      const run = async (batch: TokenBatch) => (await encoder.run(batch)).logits;
      return { logits: await runInBatches(tokens, tokenizer.padId, request.classes, run, options), truncated };
    },
    async latency(request, options) {
      const { encoder, tokenizer, dimensions, maxTokens } = await load(request, request.classes, request.threads);
      const { tokens } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
      const run = async (batch: TokenBatch) => {
        const { logits, embeddings } = await encoder.run(batch);
        return request.classes === null ? embeddings : logits;
      };
      const width = request.classes ?? dimensions;
      return measureLatency({ ...request, width, provider: PROVIDER, tokens, padId: tokenizer.padId, run }, options);
    },
  };
}
