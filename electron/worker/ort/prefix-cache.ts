import type { Tensor } from 'onnxruntime-node';
import type { ForwardCut } from '../../../shared/train/bert.ts';
import { buildPrefixGraph } from '../../../shared/train/inference-graph.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { TokenBatch, TrainSpec } from '../../../shared/train/spec.ts';
import { lowerGraph } from './lower.ts';
import { OrtSession, type SessionOptions } from './session.ts';
import { type Feed, gatherRows, TokenFeeds } from './token-feeds.ts';

const LIMIT_BYTES = 512 * 1024 * 1024;

/** Share of `texts` with `tokens` tokens in all whose values are kept; the others are computed again in each epoch. */
export function keptShare({ type }: ForwardCut, hiddenSize: number, texts: number, tokens: number): number {
  const bytes = 4 * hiddenSize * (type === 'hidden' ? tokens : texts);
  return Math.min(1, LIMIT_BYTES / Math.max(1, bytes));
}

/** What the frozen lower part of a model makes of each text, computed once. Every text is computed alone and unpadded, so that
 *  its value depends neither on its batch nor on when it was first seen, and a resumed run repeats bit for bit. */
export class PrefixCache {
  readonly #spec: TrainSpec;
  readonly #cut: ForwardCut;
  readonly #words: Float32Array;
  readonly #session: OrtSession;
  readonly #tokens: TokenFeeds;
  readonly #inputs: ReadonlySet<string>;
  readonly #kept = new Map<string, Float32Array>();
  #bytes = 0;

  private constructor(
    spec: TrainSpec,
    cut: ForwardCut,
    words: Float32Array,
    session: OrtSession,
    inputs: ReadonlySet<string>,
  ) {
    this.#spec = spec;
    this.#cut = cut;
    this.#words = words;
    this.#session = session;
    this.#inputs = inputs;
    this.#tokens = new TokenFeeds(spec.encoder, usesClsOnly(spec));
  }

  /** @param frozen the model's frozen tensors in graph form */
  static async create(
    spec: TrainSpec,
    cut: ForwardCut,
    frozen: ReadonlyMap<string, Float32Array>,
    options: SessionOptions,
  ): Promise<PrefixCache> {
    const graph = buildPrefixGraph(spec, cut, frozen);
    const session = await OrtSession.create(lowerGraph(graph), options);
    const inputs = new Set(graph.inputs.map(({ name }) => name));
    return new PrefixCache(spec, cut, frozen.get(WORD_EMBEDDINGS)!, session, inputs);
  }

  /** The input of the graph above the cut for a batch; zeros at padding. */
  async feeds(batch: TokenBatch): Promise<Readonly<Record<string, Feed>>> {
    const { hiddenSize } = this.#spec.encoder;
    const perRow = this.#cut.type === 'hidden' ? batch.length * hiddenSize : hiddenSize;
    const data = new Float32Array(batch.rows * perRow);
    for (let row = 0; row < batch.rows; row++) data.set(await this.#value(textOf(batch, row)), row * perRow);
    const shape = [data.length / hiddenSize, hiddenSize];
    return { [this.#cut.type]: { data, shape } };
  }

  async dispose(): Promise<void> {
    await this.#session.dispose();
  }

  async #value(text: TokenBatch): Promise<Float32Array> {
    const key = [text.inputIds, text.tokenTypes ?? ''].join(' ');
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const value = await this.#compute(text);
    if (this.#bytes + value.byteLength <= LIMIT_BYTES) {
      this.#kept.set(key, value);
      this.#bytes += value.byteLength;
    }
    return value;
  }

  async #compute(text: TokenBatch): Promise<Float32Array> {
    const { hiddenSize } = this.#spec.encoder;
    const { words, index } = this.#tokens.uniqueWords(text);
    const feeds: Record<string, Tensor> = {};
    for (const [name, { data, shape }] of Object.entries(this.#tokens.feeds(text, index))) {
      if (this.#inputs.has(name)) feeds[name] = this.#session.tensor(data, shape);
    }
    const { width } = this.#tokens;
    feeds[WORD_EMBEDDINGS] = this.#session.tensor(gatherRows(this.#words, words, width), [words.length, width]);
    const height = this.#cut.type === 'hidden' ? text.length : 1;
    const value = new Float32Array(height * hiddenSize);
    await this.#session.run(feeds, { prefix: this.#session.tensor(value, [height, hiddenSize]) });
    return value;
  }
}

/** One text of a batch without its padding on the right. */
function textOf({ length: width, inputIds, attentionMask, tokenTypes }: TokenBatch, row: number): TokenBatch {
  const start = row * width;
  const length = attentionMask.subarray(start, start + width).lastIndexOf(1) + 1;
  const end = start + Math.max(length, 1);
  return {
    rows: 1,
    length: end - start,
    inputIds: inputIds.slice(start, end),
    attentionMask: attentionMask.slice(start, end),
    ...(tokenTypes === undefined ? {} : { tokenTypes: tokenTypes.slice(start, end) }),
  };
}
