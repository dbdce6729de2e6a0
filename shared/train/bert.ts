import type { Builder } from '../autodiff/builder.ts';
import { dimProduct, type Shape, type Value } from '../autodiff/graph.ts';
import { type AdapterShape, type AdapterSite, addAndNormalise } from './adapters.ts';
import { addLora, isLora, isLoraTarget } from './lora.ts';
import {
  attentionGroups,
  EMBEDDING_PROJECTION,
  embeddingWidth,
  headWidth,
  type LinearModule,
  layerPrefix,
  layerSize,
  linearShape,
  packedName,
  usesClsOnly,
  WORD_EMBEDDINGS,
} from './parameters.ts';
import type { EncoderConfig, HeadKind, Pooling, TuningMethod } from './spec.ts';

/** BERT's forward pass, written once for training, evaluation and export. Hidden states are [rows·length, hidden], token r·length + l. */

export interface ForwardPlan {
  readonly encoder: EncoderConfig;
  readonly pooling: Pooling;
  /** Null where only the pooled vector is wanted. */
  readonly head: HeadKind | null;
  readonly labels: number;
  /** LoRA adds its share where the method has it; null for a plain forward pass. */
  readonly method: TuningMethod | null;
  /** Adapters in every layer; none unless given. */
  readonly adapters?: AdapterShape;
  /** The tensor of this name: an input or a constant, as the caller likes. Word embeddings come as the rows that `word_index` counts. */
  readonly parameter: (name: string, shape: Shape) => Value;
  /** Whether gradients go through this layer: then GELU keeps its distribution function for the VJP. */
  readonly differentiates: (layer: number) => boolean;
  readonly dropout: { readonly probability: number; readonly mask: (shape: Shape) => Value } | null;
  /** Added to the word embeddings, [rows·length, embedding width]; nothing unless given. */
  readonly shift?: Value | null;
  /** Where the pass begins; null for the beginning. */
  readonly cut: ForwardCut | null;
  /** Factors of 1 through which gradients say what a part is worth; none in an ordinary pass. */
  readonly gates?: ForwardGates;
}

/** Values that a text's heads [rows, heads] and feed-forward columns [rows, columns] of a layer are multiplied by. */
export interface ForwardGates {
  readonly heads: (layer: number, shape: Shape) => Value;
  readonly columns: (layer: number, shape: Shape) => Value;
}

/** A place in the forward pass below which nothing is trained: its value is an input of the graph above it, and can be kept per text.
 *  `hidden`: [rows·length, hidden] before layer `layer`; `pooled`: [rows, hidden]. */
export type ForwardCut = { readonly type: 'hidden'; readonly layer: number } | { readonly type: 'pooled' };

export interface ForwardValues {
  /** [rows, hidden]. */
  readonly pooled: Value;
  /** [rows, labels]; null without a head. */
  readonly logits: Value | null;
}

export const TOKENS = dimProduct('rows', 'length');

export function buildForward(b: Builder, plan: ForwardPlan): ForwardValues {
  const { encoder, cut } = plan;
  const pooled = cut?.type === 'pooled' ? b.input('pooled', 'float32', ['rows', encoder.hiddenSize]) : pool(b, plan);
  return { pooled, logits: plan.head === null ? null : head(b, plan, plan.head, pooled) };
}

/** The value at `cut`, computed from the tokens. */
export function buildPrefix(b: Builder, plan: ForwardPlan, cut: ForwardCut): Value {
  if (cut.type === 'pooled') return pool(b, plan);
  const bias = attentionBias(b);
  let hidden = embeddings(b, plan);
  for (let layer = 0; layer < cut.layer; layer++) hidden = encoderLayer(b, plan, layer, hidden, bias, null);
  return hidden;
}

const attentionBias = (b: Builder) => b.input('attention_bias', 'float32', ['rows', 1, 1, 'length']);

function pool(b: Builder, plan: ForwardPlan): Value {
  const { encoder, cut } = plan;
  const clsOnly = usesClsOnly({ pooling: plan.pooling, head: plan.head ?? 'linear' });
  const clsIndex = clsOnly ? b.input('cls_index', 'int32', ['rows']) : null;
  const bias = attentionBias(b);
  const begun = cut?.type === 'hidden';
  let hidden = begun ? b.input('hidden', 'float32', [TOKENS, encoder.hiddenSize]) : embeddings(b, plan);
  for (let layer = begun ? cut.layer : 0; layer < encoder.layers; layer++) {
    hidden = encoderLayer(b, plan, layer, hidden, bias, layer === encoder.layers - 1 ? clsIndex : null);
  }
  return clsOnly ? hidden : meanPool(b, encoder, hidden);
}

function embeddings(b: Builder, plan: ForwardPlan): Value {
  const { hiddenSize, maxPositions } = plan.encoder;
  const width = embeddingWidth(plan.encoder);
  const words = plan.parameter(WORD_EMBEDDINGS, ['unique', width]);
  const positions = plan.parameter('bert.embeddings.position_embeddings.weight', [maxPositions, width]);
  const found = b.op('Gather', [words, b.input('word_index', 'int32', [TOKENS])]);
  const typed = withTypes(b, plan, plan.shift ? b.op('Add', [found, plan.shift]) : found);
  const position = b.op('Gather', [positions, b.input('position_index', 'int32', ['length'])]);
  const sum = b.op('Add', [b.reshape(typed, ['rows', 'length', width]), position]);
  const scale = plan.parameter('bert.embeddings.LayerNorm.weight', [width]);
  const bias = plan.parameter('bert.embeddings.LayerNorm.bias', [width]);
  const normed = layerNormalization(b, plan, b.reshape(sum, [TOKENS, width]), scale, bias);
  const embedded =
    plan.dropout === null || !plan.differentiates(0)
      ? normed
      : dropped(b, plan.dropout, scaled(b, plan.dropout, normed));
  if (width === hiddenSize) return embedded;
  const weight = plan.parameter(`${EMBEDDING_PROJECTION}.weight`, [hiddenSize, width]);
  const offset = plan.parameter(`${EMBEDDING_PROJECTION}.bias`, [hiddenSize]);
  return b.op('Gemm', [embedded, weight, offset], { transB: 1 });
}

/** The word embeddings with those of the token types, where the family has any. A product with one-hot rows: its VJP is a product too,
 *  not a scatter of every token into two rows. */
function withTypes(b: Builder, plan: ForwardPlan, word: Value): Value {
  const { typeVocabSize } = plan.encoder;
  if (typeVocabSize === 0) return word;
  const types = plan.parameter('bert.embeddings.token_type_embeddings.weight', [
    typeVocabSize,
    embeddingWidth(plan.encoder),
  ]);
  return b.op('Gemm', [b.input('token_types', 'float32', [TOKENS, typeVocabSize]), types, word]);
}

function encoderLayer(
  b: Builder,
  plan: ForwardPlan,
  layer: number,
  input: Value,
  bias: Value,
  clsIndex: Value | null,
): Value {
  const dropout = plan.differentiates(layer) ? plan.dropout : null;
  const keepScale = dropout === null ? 1 : 1 / (1 - dropout.probability);
  const residual = clsIndex === null ? input : b.op('Gather', [input, clsIndex]);
  const context = attention(b, plan, layer, input, residual, bias, clsIndex !== null);
  const projected = dropped(b, dropout, linear(b, plan, layer, ['attention.output.dense'], context, keepScale));
  const attended = normalised(b, plan, layer, 'attention.output', projected, residual);
  const output = dropped(b, dropout, feedForward(b, plan, layer, attended, keepScale));
  return normalised(b, plan, layer, 'output', output, attended);
}

/** LayerNorm(output + residual), with what an adapter adds there. */
function normalised(
  b: Builder,
  plan: ForwardPlan,
  layer: number,
  site: AdapterSite,
  output: Value,
  residual: Value,
): Value {
  const { hiddenSize } = plan.encoder;
  const [scale, bias] = (['weight', 'bias'] as const).map((kind) =>
    plan.parameter(`${layerPrefix(layer)}${site}.LayerNorm.${kind}`, [hiddenSize]),
  );
  const normalise = (x: Value) => layerNormalization(b, plan, x, scale!, bias!);
  const bottleneck = { adapters: plan.adapters, hiddenSize, parameter: plan.parameter };
  return addAndNormalise(b, bottleneck, { layer, site }, output, residual, normalise);
}

/** Multi-head attention up to the joined heads. `queries` are the rows that ask: all tokens, or one per text. */
function attention(
  b: Builder,
  plan: ForwardPlan,
  layer: number,
  input: Value,
  queries: Value,
  bias: Value,
  clsOnly: boolean,
): Value {
  const { heads } = layerSize(plan.encoder, layer);
  const width = headWidth(plan.encoder);
  const groups = attentionGroups(clsOnly);
  const projections = groups.map((modules, i) => linear(b, plan, layer, modules, i === 0 ? queries : input, 1));
  const [q, k, v] = clsOnly
    ? [b.reshape(projections[0]!, ['rows', heads, 1, width]), ...splitHeads(b, projections[1]!, 2, heads, width)]
    : splitHeads(b, projections[0]!, 3, heads, width);
  const scores = b.op('FusedMatMul', [q!, k!], { transB: 1, alpha: 1 / Math.sqrt(width) });
  const weights = b.op('Softmax', [b.op('Add', [scores, bias])], { axis: -1 });
  const mixed = b.op('FusedMatMul', [weights, v!], { alpha: 1 });
  const context =
    plan.gates === undefined ? mixed : b.op('Mul', [mixed, plan.gates.heads(layer, ['rows', heads, 1, 1])]);
  if (clsOnly) return b.reshape(context, ['rows', heads * width]);
  return b.reshape(b.transpose(context, [0, 2, 1, 3]), [TOKENS, heads * width]);
}

/** [tokens, parts·hidden] to `parts` values [rows, heads, length, width]. */
function splitHeads(b: Builder, x: Value, parts: number, heads: number, width: number): readonly Value[] {
  const apart = b.transpose(b.reshape(x, ['rows', 'length', parts, heads, width]), [2, 0, 3, 1, 4]);
  return b
    .emit('Split', [apart], { axis: 0, sizes: Array.from({ length: parts }, () => 1) })
    .map((part) => b.reshape(part, ['rows', heads, 'length', width]));
}

function feedForward(b: Builder, plan: ForwardPlan, layer: number, x: Value, scale: number): Value {
  const inner = (factor: number) => linear(b, plan, layer, ['intermediate.dense'], x, factor);
  const outer = (value: Value, biasScale: number, factor: number) =>
    linear(b, plan, layer, ['output.dense'], gatedColumns(b, plan, layer, value), factor, biasScale);
  const { activation } = plan.encoder;
  if (activation === 'relu') return outer(b.op('Relu', [inner(1)]), scale, scale);
  if (activation === 'gelu_new') return outer(geluTanh(b, inner(1)), scale, scale);
  if (!plan.differentiates(layer)) return outer(b.op('Gelu', [inner(1)]), scale, scale);
  // x·Φ(x) = √½·s·(1 + erf s) with s = √½·x: both factors √½ go into the products, and 1 + erf s is kept for the VJP.
  const s = inner(Math.SQRT1_2);
  const gated = b.op('Mul', [s, b.op('Add', [b.op('Erf', [s]), b.scalar(1)])]);
  return outer(gated, scale, scale * Math.SQRT1_2);
}

function gatedColumns(b: Builder, { gates }: ForwardPlan, layer: number, x: Value): Value {
  if (gates === undefined) return x;
  const columns = x.shape[1]!;
  if (x.shape[0] === 'rows') return b.op('Mul', [x, gates.columns(layer, ['rows', columns])]);
  const byText = b.reshape(x, ['rows', 'length', columns]);
  return b.reshape(b.op('Mul', [byText, gates.columns(layer, ['rows', 1, columns])]), x.shape);
}

/** ½x(1 + tanh(√(2/π)(x + 0.044715x³))). @source Hendrycks and Gimpel 2016 */
function geluTanh(b: Builder, x: Value): Value {
  const cube = b.op('Mul', [b.op('Mul', [x, x]), x]);
  const inner = b.op('Mul', [
    b.op('Add', [x, b.op('Mul', [cube, b.scalar(0.044715)])]),
    b.scalar(Math.sqrt(2 / Math.PI)),
  ]);
  const gate = b.op('Add', [b.op('Tanh', [inner]), b.scalar(1)]);
  return b.op('Mul', [b.op('Mul', [x, b.scalar(0.5)]), gate]);
}

/** scale·xWᵀ + biasScale·bias of linear layers packed into one product, with LoRA's share. */
function linear(
  b: Builder,
  plan: ForwardPlan,
  layer: number,
  modules: readonly LinearModule[],
  x: Value,
  scale: number,
  biasScale = scale,
): Value {
  const shapes = modules.map((module) => linearShape(plan.encoder, module, layer));
  const outputs = shapes.reduce((sum, [rows]) => sum + rows, 0);
  const weight = plan.parameter(packedName(layer, modules, 'weight'), [outputs, shapes[0]![1]]);
  const bias = plan.parameter(packedName(layer, modules, 'bias'), [outputs]);
  const y = b.op('Gemm', [x, weight, bias], { transB: 1, alpha: scale, beta: biasScale });
  const { method } = plan;
  if (!isLora(method)) return y;
  const parts = modules.map((module, i) => {
    const [rows, width] = shapes[i]!;
    const name = `${layerPrefix(layer)}${module}.lora_`;
    if (!isLoraTarget(method, module)) return { outputs: rows, matrices: null };
    const right = plan.parameter(`${name}A.weight`, [method.rank, width]);
    const left = plan.parameter(`${name}B.weight`, [rows, method.rank]);
    const a =
      method.type === 'lora' ? right : b.op('Mul', [right, plan.parameter(`${name}E.weight`, [method.rank, 1])]);
    return { outputs: rows, matrices: { a, b: left } };
  });
  return addLora(b, method, parts, x, y, scale);
}

function layerNormalization(b: Builder, { encoder }: ForwardPlan, x: Value, scale: Value, bias: Value): Value {
  return b.op('LayerNormalization', [x, scale, bias], { axis: -1, epsilon: encoder.layerNormEps });
}

/** Mean over the tokens that count, as a product with weights 1/count that the host computes. */
function meanPool(b: Builder, encoder: EncoderConfig, hidden: Value): Value {
  const weights = b.input('pool_weights', 'float32', ['rows', 1, 'length']);
  const tokens = b.reshape(hidden, ['rows', 'length', encoder.hiddenSize]);
  return b.reshape(b.op('FusedMatMul', [weights, tokens], { alpha: 1 }), ['rows', encoder.hiddenSize]);
}

function head(b: Builder, plan: ForwardPlan, kind: HeadKind, pooled: Value): Value {
  const { hiddenSize } = plan.encoder;
  const dense = (name: string, rows: number, x: Value) => {
    const weight = plan.parameter(`${name}.weight`, [rows, hiddenSize]);
    return b.op('Gemm', [x, weight, plan.parameter(`${name}.bias`, [rows])], { transB: 1 });
  };
  const features = kind === 'bert-pooler' ? b.op('Tanh', [dense('bert.pooler.dense', hiddenSize, pooled)]) : pooled;
  const input = plan.dropout === null ? features : dropped(b, plan.dropout, scaled(b, plan.dropout, features));
  if (kind !== 'shared-weight') return dense('classifier', plan.labels, input);
  const score = b.op('Gemm', [input, plan.parameter('classifier.weight', [1, hiddenSize])], { transB: 1 });
  return b.op('Add', [score, plan.parameter('classifier.bias', [plan.labels])]);
}

type Dropout = NonNullable<ForwardPlan['dropout']>;

/** Drops by the host's mask of 0 and 1; the caller has scaled `x` by 1/(1 − p) already. */
function dropped(b: Builder, dropout: Dropout | null, x: Value): Value {
  if (dropout === null) return x;
  return b.op('Mul', [x, b.op('Cast', [dropout.mask(x.shape)], { to: 'float32' })]);
}

function scaled(b: Builder, dropout: Dropout, x: Value): Value {
  return b.op('Mul', [x, b.scalar(1 / (1 - dropout.probability))]);
}
