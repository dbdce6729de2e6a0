import { AppError } from '../errors/app-error.ts';
import { because } from '../errors/reasons.ts';
import { headWidth, layerPrefix, layerSize, WORD_EMBEDDINGS } from './parameters.ts';
import type { EncoderConfig, LayerSize, NamedTensor, NamedTensors } from './spec.ts';

/** What stays of an encoder, in the encoder's own numbering; every list ascends and is not empty. */
export interface Kept {
  /** Layers that stay, from the input up, with the heads and feed-forward columns of each. */
  readonly layers: readonly KeptLayer[];
  /** Token ids that stay; null for the whole vocabulary. */
  readonly tokens: readonly number[] | null;
}

export interface KeptLayer {
  readonly layer: number;
  readonly heads: readonly number[];
  readonly columns: readonly number[];
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

/** Everything of an encoder: where a cut begins. */
export function keepAll(config: EncoderConfig): Kept {
  const layers = upTo(config.layers).map((layer) => {
    const { heads, intermediateSize } = layerSize(config, layer);
    return { layer, heads: upTo(heads), columns: upTo(intermediateSize) };
  });
  return { layers, tokens: null };
}

/** The encoder with only what is kept: matrices are cut to their smaller shapes, layers renumbered, the word table shortened. Tensors outside
 *  the encoder (the head) stay. Exact: what the parts left out added to the answers is gone, all else is computed as before.
 *  @throws AppError 'model.unsupported' where nothing of a kind would stay */
export function cutEncoder(
  config: EncoderConfig,
  weights: NamedTensors,
  kept: Kept,
): { readonly config: EncoderConfig; readonly weights: NamedTensors } {
  const isEmpty = ({ heads, columns }: KeptLayer) => heads.length === 0 || columns.length === 0;
  if (kept.layers.length === 0 || kept.layers.some(isEmpty) || kept.tokens?.length === 0) {
    throw new AppError('model.unsupported', { model: 'encoder', problem: because('nothing-stays', {}) });
  }
  const cut = new Map<string, NamedTensor>();
  for (const [name, tensor] of weights) if (!name.startsWith('bert.encoder.layer.')) cut.set(name, tensor);
  const width = headWidth(config);
  kept.layers.forEach(({ layer, heads, columns }, at) => {
    const channels = heads.flatMap((head) => upTo(width).map((offset) => head * width + offset));
    const prefix = layerPrefix(layer);
    for (const [name, tensor] of weights) {
      if (!name.startsWith(prefix)) continue;
      cut.set(layerPrefix(at) + name.slice(prefix.length), cutTensor(name, tensor, channels, columns));
    }
  });
  const words = weights.get(WORD_EMBEDDINGS);
  if (kept.tokens !== null && words !== undefined) cut.set(WORD_EMBEDDINGS, rowsOf(words, kept.tokens));
  return { config: cutConfig(config, kept), weights: cut };
}

function cutConfig(config: EncoderConfig, { layers, tokens }: Kept): EncoderConfig {
  const layerSizes = layers.map(({ heads, columns }) => ({ heads: heads.length, intermediateSize: columns.length }));
  return withLayers({ ...config, vocabSize: tokens?.length ?? config.vocabSize }, layerSizes);
}

/** `config` with layers of these sizes; `layerSizes` stands in it only where a layer is smaller. */
export function withLayers(
  { layerSizes: _, ...config }: EncoderConfig,
  layerSizes: readonly LayerSize[],
): EncoderConfig {
  const isWhole = ({ heads, intermediateSize }: LayerSize) =>
    heads === config.heads && intermediateSize === config.intermediateSize;
  const sized = { ...config, layers: layerSizes.length };
  return layerSizes.every(isWhole) ? sized : { ...sized, layerSizes };
}

function cutTensor(
  name: string,
  tensor: NamedTensor,
  channels: readonly number[],
  columns: readonly number[],
): NamedTensor {
  if (/attention\.self\.(query|key|value)\./.test(name)) return rowsOf(tensor, channels);
  if (/attention\.output\.dense\.weight$/.test(name)) return columnsOf(tensor, channels);
  if (/\.intermediate\.dense\./.test(name)) return rowsOf(tensor, columns);
  return /\d\.output\.dense\.weight$/.test(name) ? columnsOf(tensor, columns) : tensor;
}

/** The rows `rows` of a [n, …] tensor. */
function rowsOf({ shape, data }: NamedTensor, rows: readonly number[]): NamedTensor {
  const [count = 1, ...rest] = shape;
  const width = data.length / count;
  const picked = new Float32Array(rows.length * width);
  for (const [at, row] of rows.entries()) picked.set(data.subarray(row * width, (row + 1) * width), at * width);
  return { shape: [rows.length, ...rest], data: picked };
}

function columnsOf({ shape, data }: NamedTensor, columns: readonly number[]): NamedTensor {
  const [rows = 1, width = 1] = shape;
  const picked = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    columns.forEach((column, at) => {
      picked[row * columns.length + at] = data[row * width + column]!;
    });
  }
  return { shape: [rows, columns.length], data: picked };
}
