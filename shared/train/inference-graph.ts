import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import type { Graph, Shape, Value } from '../autodiff/graph.ts';
import { type AdapterShape, adaptersOf, adapterTensors } from './adapters.ts';
import { buildForward, buildPrefix, type ForwardCut, type ForwardPlan } from './bert.ts';
import {
  embeddingWidth,
  encoderTensors,
  headTensors,
  type PackedTensor,
  usesClsOnly,
  WORD_EMBEDDINGS,
} from './parameters.ts';
import type { EncoderConfig, HeadKind, NamedTensors, Pooling } from './spec.ts';

export interface InferenceSpec {
  readonly encoder: EncoderConfig;
  readonly pooling: Pooling;
  /** Null for an encoder without a head. */
  readonly head: HeadKind | null;
  readonly labels: number;
  /** Adapters of the model; none unless given. */
  readonly adapters?: AdapterShape;
}

/** `spec` with what its weights say of the model: whether it has adapters. */
export function specWith(spec: InferenceSpec, weights: NamedTensors): InferenceSpec {
  const adapters = adaptersOf(weights);
  return adapters === undefined ? spec : { ...spec, adapters };
}

/** The tensors that an inference graph reads, in packed form. */
export function inferenceTensors(spec: InferenceSpec): readonly PackedTensor[] {
  const clsOnly = usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' });
  const head = spec.head === null ? [] : headTensors(spec.head, spec.encoder.hiddenSize, spec.labels);
  return [...encoderTensors(spec.encoder, clsOnly), ...adapterTensors(spec.encoder, spec.adapters), ...head];
}

/** Word embeddings come as the rows that a batch needs, or stand in the graph as the whole table, which `word_index` then counts. */
export type WordTable = 'rows' | 'whole';

/** The forward pass with `tensors` as constants, so that ONNX Runtime can lay them out once.
 *  Outputs: `embedding` [rows, hidden], pooled and of length 1, and `logits` [rows, labels] where there is a head. */
export function buildInferenceGraph(
  spec: InferenceSpec,
  tensors: ReadonlyMap<string, Float32Array>,
  words: WordTable = 'rows',
): Graph {
  return forwardGraph(spec, tensors, words, 'all');
}

/** The same with everything inside and one output: `logits`, or `embedding` without a head. For a model that stands alone. */
export function buildStandaloneGraph(spec: InferenceSpec, tensors: ReadonlyMap<string, Float32Array>): Graph {
  return forwardGraph(spec, tensors, 'whole', 'last');
}

function forwardGraph(
  spec: InferenceSpec,
  tensors: ReadonlyMap<string, Float32Array>,
  words: WordTable,
  wanted: 'all' | 'last',
): Graph {
  const b = new Builder();
  const { pooled, logits } = buildForward(b, constantPlan(b, spec, tensors, words));
  const embedding = logits === null || wanted === 'all' ? { embedding: unitLength(b, pooled) } : {};
  const graph = b.graph({ ...embedding, ...(logits === null ? {} : { logits }) });
  checkGraph(graph);
  return graph;
}

/** The part of the forward pass below `cut`; output `prefix`, the value there. */
export function buildPrefixGraph(
  spec: InferenceSpec,
  cut: ForwardCut,
  tensors: ReadonlyMap<string, Float32Array>,
): Graph {
  const b = new Builder();
  const graph = b.graph({ prefix: buildPrefix(b, constantPlan(b, spec, tensors, 'rows'), cut) });
  checkGraph(graph);
  return graph;
}

/** The forward pass with every tensor a constant, word embeddings as `words` says. */
export function constantPlan(
  b: Builder,
  spec: InferenceSpec,
  tensors: ReadonlyMap<string, Float32Array>,
  words: WordTable,
): ForwardPlan {
  const { encoder } = spec;
  const constant = (name: string, shape: Shape) => b.constant(name, tensors.get(name)!, shape.map(Number));
  return {
    ...spec,
    method: null,
    parameter(name, shape) {
      if (name !== WORD_EMBEDDINGS) return constant(name, shape);
      return words === 'rows'
        ? b.input(name, 'float32', shape)
        : constant(name, [encoder.vocabSize, embeddingWidth(encoder)]);
    },
    differentiates: () => false,
    dropout: null,
    cut: null,
  };
}

/** Each row of x [rows, hidden] at L2 norm 1. */
export function unitLength(b: Builder, x: Value): Value {
  const norm = b.op('Sqrt', [b.op('ReduceSumSquare', [x], { axes: [-1], keepdims: 1 })]);
  return b.op('Div', [x, b.op('Add', [norm, b.scalar(1e-12)])]);
}
