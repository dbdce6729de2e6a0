import type { Tensor } from 'onnxruntime-node';
import { buildInferenceGraph, type InferenceSpec, specWith } from '../../../shared/train/inference-graph.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import { hasByteTable, quantiseGraph } from '../../../shared/train/quantised-graph.ts';
import type { NamedTensors, TokenBatch } from '../../../shared/train/spec.ts';
import { AS_TRAINED, type Storage } from '../../../shared/train/storage.ts';
import { lowerGraph } from './lower.ts';
import { asOpened, OrtSession, type SessionOptions } from './session.ts';
import { storedTensors } from './stored.ts';
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
  described: InferenceSpec,
  weights: NamedTensors,
  options: SessionOptions,
  storage: Storage = AS_TRAINED,
): Promise<Encoder> {
  const spec = specWith(described, weights);
  const tensors = storedTensors(spec, weights, storage);
  // Rows of a float table are fetched here; a table of bytes stands in the graph, four times smaller.
  const words = hasByteTable(storage, WORD_EMBEDDINGS) ? 'whole' : 'rows';
  const graph = buildInferenceGraph(spec, tensors, words);
  const session = await OrtSession.create(await asOpened(lowerGraph(quantiseGraph(graph, storage))), options);
  const table = words === 'rows' ? tensors.get(WORD_EMBEDDINGS)! : null;
  const tokens = new TokenFeeds(spec.encoder, usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' }));
  const { hiddenSize } = spec.encoder;
  return {
    async run(batch) {
      const feeds = textTensors(session, tokens, batch, table);
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

/** The inputs of a forward graph for a batch; `table` is the word table, null where the graph has it inside. */
export function textTensors(
  session: OrtSession,
  tokens: TokenFeeds,
  batch: TokenBatch,
  table: Float32Array | null,
): Record<string, Tensor> {
  const { words, index } = tokens.uniqueWords(batch);
  const texts = Object.entries(tokens.feeds(batch, table === null ? batch.inputIds : index));
  const feeds = Object.fromEntries(texts.map(([name, { data, shape }]) => [name, session.tensor(data, shape)]));
  if (table !== null) {
    const width = tokens.width;
    feeds[WORD_EMBEDDINGS] = session.tensor(gatherRows(table, words, width), [words.length, width]);
  }
  return feeds;
}
