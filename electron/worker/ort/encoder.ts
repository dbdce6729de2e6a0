import type { Tensor } from 'onnxruntime-node';
import { buildInferenceGraph, type InferenceSpec, inferenceTensors } from '../../../shared/train/inference-graph.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { NamedTensors, TokenBatch } from '../../../shared/train/spec.ts';
import { lowerGraph } from './lower.ts';
import { pack } from './packed.ts';
import { OrtSession, type SessionOptions } from './session.ts';
import { gatherRows, TokenFeeds } from './token-feeds.ts';

export interface EncoderOutput {
  /** [rows, hidden], pooled, each of L2 norm 1. */
  readonly embeddings: Float32Array;
  /** [rows, labels]; empty without a head. */
  readonly logits: Float32Array;
}

/** An encoder (with a head where the spec has one) for inference. */
export interface Encoder {
  /** @throws AppError 'train.data' for ids outside the vocabulary or texts longer than the model's positions */
  run(batch: TokenBatch): Promise<EncoderOutput>;
  dispose(): Promise<void>;
}

/** @throws AppError 'model.tensor-missing', 'model.tensor-shape' */
export async function createEncoder(
  spec: InferenceSpec,
  weights: NamedTensors,
  options: SessionOptions,
): Promise<Encoder> {
  const tensors = new Map(inferenceTensors(spec).map((tensor) => [tensor.name, pack(tensor, weights)]));
  const words = tensors.get(WORD_EMBEDDINGS)!;
  const session = await OrtSession.create(lowerGraph(buildInferenceGraph(spec, tensors)), options);
  const tokens = new TokenFeeds(spec.encoder, usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' }));
  const { hiddenSize } = spec.encoder;
  return {
    async run(batch) {
      const unique = tokens.uniqueWords(batch);
      const feeds: Record<string, Tensor> = {};
      for (const [name, { data, shape }] of Object.entries(tokens.feeds(batch, unique.index))) {
        feeds[name] = session.tensor(data, shape);
      }
      const rows = gatherRows(words, unique.words, hiddenSize);
      feeds[WORD_EMBEDDINGS] = session.tensor(rows, [unique.words.length, hiddenSize]);
      const embeddings = new Float32Array(batch.rows * hiddenSize);
      const logits = new Float32Array(spec.head === null ? 0 : batch.rows * spec.labels);
      const fetches: Record<string, Tensor> = { embedding: session.tensor(embeddings, [batch.rows, hiddenSize]) };
      if (spec.head !== null) fetches.logits = session.tensor(logits, [batch.rows, spec.labels]);
      await session.run(feeds, fetches);
      return { embeddings, logits };
    },
    dispose: () => session.dispose(),
  };
}
