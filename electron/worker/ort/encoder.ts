import type { Tensor } from 'onnxruntime-node';
import {
  buildInferenceGraph,
  type InferenceSpec,
  inferenceTensors,
  specWith,
} from '../../../shared/train/inference-graph.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import { type QuantisedGroup, quantiseGraph } from '../../../shared/train/quantised-graph.ts';
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

/** Which parts of an encoder are kept in int8. */
export type Quantised = 'none' | 'all' | ReadonlySet<QuantisedGroup>;

/** @throws AppError 'model.tensor-missing', 'model.tensor-shape' */
export async function createEncoder(
  described: InferenceSpec,
  weights: NamedTensors,
  options: SessionOptions,
  quantised: Quantised = 'none',
): Promise<Encoder> {
  const spec = specWith(described, weights);
  const tensors = new Map(inferenceTensors(spec).map((tensor) => [tensor.name, pack(tensor, weights)]));
  // Rows of a float table are fetched here; a table of bytes stands in the graph, four times smaller.
  const words = quantised === 'all' || (quantised !== 'none' && quantised.has('embeddings')) ? 'whole' : 'rows';
  const graph = buildInferenceGraph(spec, tensors, words);
  const groups = quantised === 'all' ? null : quantised;
  const session = await OrtSession.create(
    lowerGraph(groups === 'none' ? graph : quantiseGraph(graph, groups)),
    options,
  );
  const table = words === 'rows' ? tensors.get(WORD_EMBEDDINGS)! : null;
  const tokens = new TokenFeeds(spec.encoder, usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' }));
  const { hiddenSize } = spec.encoder;
  return {
    async run(batch) {
      const unique = tokens.uniqueWords(batch);
      const feeds: Record<string, Tensor> = {};
      for (const [name, { data, shape }] of Object.entries(
        tokens.feeds(batch, table === null ? batch.inputIds : unique.index),
      )) {
        feeds[name] = session.tensor(data, shape);
      }
      if (table !== null) {
        const rows = gatherRows(table, unique.words, hiddenSize);
        feeds[WORD_EMBEDDINGS] = session.tensor(rows, [unique.words.length, hiddenSize]);
      }
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
