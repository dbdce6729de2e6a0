import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import { embeddingWidth } from '../../../shared/train/parameters.ts';
import type { EncoderConfig, TokenBatch } from '../../../shared/train/spec.ts';
import type { TensorData } from './session.ts';

export interface Feed {
  readonly data: TensorData;
  readonly shape: readonly number[];
}

/** Added to the attention scores of padding: exp of it is 0 in float32. */
export const MASKED = -1e9;

/** Turns batches of token ids into the inputs of the forward graph. Keeps a table over the vocabulary, so one per session. */
export class TokenFeeds {
  readonly #config: EncoderConfig;
  readonly #clsOnly: boolean;
  /** For each word id its place in the present batch's unique words plus one; 0 for none. */
  readonly #place: Int32Array;

  constructor(config: EncoderConfig, clsOnly: boolean) {
    this.#config = config;
    this.#clsOnly = clsOnly;
    this.#place = new Int32Array(config.vocabSize);
  }

  /** Numbers per word. */
  get width(): number {
    return embeddingWidth(this.#config);
  }

  /** The different word ids of a batch in order of appearance, and every token's place among them.
   *  @throws AppError 'train.data' for ids outside the vocabulary */
  uniqueWords(batch: TokenBatch): { readonly words: Int32Array; readonly index: Int32Array } {
    this.#requireIds(batch);
    const index = new Int32Array(batch.inputIds.length);
    const words: number[] = [];
    for (let i = 0; i < index.length; i++) {
      const id = batch.inputIds[i]!;
      let place = this.#place[id]!;
      if (place === 0) {
        place = words.push(id);
        this.#place[id] = place;
      }
      index[i] = place - 1;
    }
    for (const id of words) this.#place[id] = 0;
    return { words: Int32Array.from(words), index };
  }

  /** All inputs of the forward graph but the parameters; `wordIndex` counts rows of the word-embedding input.
   *  @throws AppError 'train.data' for a batch that is too long or of uneven size */
  feeds(batch: TokenBatch, wordIndex: Int32Array): Readonly<Record<string, Feed>> {
    const { rows, length, attentionMask } = batch;
    const { maxPositions, positionOffset = 0, typeVocabSize } = this.#config;
    const tokens = rows * length;
    if (length + positionOffset > maxPositions) {
      throw new AppError('train.data', {
        problem: because('tokens-over', { tokens: length, positions: maxPositions }),
      });
    }
    const bias = new Float32Array(tokens);
    for (let i = 0; i < tokens; i++) if (attentionMask[i] === 0) bias[i] = MASKED;
    const types = new Float32Array(tokens * typeVocabSize);
    for (let i = 0; typeVocabSize > 0 && i < tokens; i++) types[i * typeVocabSize + (batch.tokenTypes?.[i] ?? 0)] = 1;
    const position = Int32Array.from({ length }, (_, i) => i + positionOffset);
    return {
      word_index: { data: wordIndex, shape: [tokens] },
      position_index: { data: position, shape: [length] },
      ...(typeVocabSize === 0 ? {} : { token_types: { data: types, shape: [tokens, typeVocabSize] } }),
      attention_bias: { data: bias, shape: [rows, 1, 1, length] },
      ...(this.#clsOnly
        ? { cls_index: { data: Int32Array.from({ length: rows }, (_, row) => row * length), shape: [rows] } }
        : { pool_weights: { data: meanWeights(batch), shape: [rows, 1, length] } }),
    };
  }

  #requireIds({ inputIds, attentionMask, rows, length }: TokenBatch): void {
    if (inputIds.length !== rows * length || attentionMask.length !== rows * length) {
      throw new AppError('train.data', {
        problem: because('ids-for', { ids: inputIds.length, texts: rows, tokens: length }),
      });
    }
    const { vocabSize } = this.#config;
    for (const id of inputIds) {
      if (id < 0 || id >= vocabSize)
        throw new AppError('train.data', { problem: because('token-outside', { token: id, size: vocabSize }) });
    }
  }
}

/** mask / count of its ones, row by row; a row without tokens pools to zeros. */
function meanWeights({ rows, length, attentionMask }: TokenBatch): Float32Array {
  const weights = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const mask = attentionMask.subarray(row * length, (row + 1) * length);
    const count = mask.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < length; i++) weights[row * length + i] = count === 0 ? 0 : mask[i]! / count;
  }
  return weights;
}

/** The rows `words` of a [n, width] table. */
export function gatherRows(table: Float32Array, words: Int32Array, width: number): Float32Array {
  const rows = new Float32Array(words.length * width);
  for (const [i, word] of words.entries()) rows.set(table.subarray(word * width, (word + 1) * width), i * width);
  return rows;
}
