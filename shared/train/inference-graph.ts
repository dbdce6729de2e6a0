import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import type { Graph, Value } from '../autodiff/graph.ts';
import { buildForward, buildPrefix, type ForwardCut, type ForwardPlan } from './bert.ts';
import { encoderTensors, headTensors, type PackedTensor, usesClsOnly, WORD_EMBEDDINGS } from './parameters.ts';
import type { EncoderConfig, HeadKind, Pooling } from './spec.ts';

export interface InferenceSpec {
  readonly encoder: EncoderConfig;
  readonly pooling: Pooling;
  /** Null for an encoder without a head. */
  readonly head: HeadKind | null;
  readonly labels: number;
}

/** The tensors that an inference graph reads, in packed form. */
export function inferenceTensors(spec: InferenceSpec): readonly PackedTensor[] {
  const clsOnly = usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' });
  const head = spec.head === null ? [] : headTensors(spec.head, spec.encoder.hiddenSize, spec.labels);
  return [...encoderTensors(spec.encoder, clsOnly), ...head];
}

/** The forward pass with `tensors` as constants, so that ONNX Runtime can lay them out once; word embeddings come as rows.
 *  Outputs: `embedding` [rows, hidden], pooled and of length 1, and `logits` [rows, labels] where there is a head. */
export function buildInferenceGraph(spec: InferenceSpec, tensors: ReadonlyMap<string, Float32Array>): Graph {
  const b = new Builder();
  const { pooled, logits } = buildForward(b, constantPlan(b, spec, tensors));
  const graph = b.graph({ embedding: unitLength(b, pooled), ...(logits === null ? {} : { logits }) });
  checkGraph(graph);
  return graph;
}

/** As `buildInferenceGraph`, with the whole word table inside: `word_index` counts its rows. For a model that stands alone. */
export function buildStandaloneGraph(spec: InferenceSpec, tensors: ReadonlyMap<string, Float32Array>): Graph {
  const b = new Builder();
  const plan = constantPlan(b, spec, tensors);
  const { vocabSize, hiddenSize } = spec.encoder;
  const parameter: ForwardPlan['parameter'] = (name, shape) =>
    plan.parameter(name, name === WORD_EMBEDDINGS ? [vocabSize, hiddenSize] : shape);
  const { pooled, logits } = buildForward(b, { ...plan, parameter });
  const graph = b.graph(logits === null ? { embedding: unitLength(b, pooled) } : { logits });
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
  const graph = b.graph({ prefix: buildPrefix(b, constantPlan(b, spec, tensors), cut) });
  checkGraph(graph);
  return graph;
}

function constantPlan(b: Builder, spec: InferenceSpec, tensors: ReadonlyMap<string, Float32Array>): ForwardPlan {
  return {
    ...spec,
    method: null,
    parameter: (name, shape) =>
      shape.includes('unique')
        ? b.input(name, 'float32', shape)
        : b.constant(name, tensors.get(name)!, shape.map(Number)),
    differentiates: () => false,
    dropout: null,
    cut: null,
  };
}

function unitLength(b: Builder, x: Value): Value {
  const norm = b.op('Sqrt', [b.op('ReduceSumSquare', [x], { axes: [-1], keepdims: 1 })]);
  return b.op('Div', [x, b.op('Add', [norm, b.scalar(1e-12)])]);
}
