import type { Graph, Shape } from '../../../shared/autodiff/graph.ts';
import type { InferenceSpec } from '../../../shared/train/inference-graph.ts';
import type { Storage } from '../../../shared/train/storage.ts';
import { lowerToModel } from './lower.ts';
import { type OnnxNode, type OnnxTensor, type OnnxValue, writeOnnxModel } from './onnx-writer.ts';
import { storeInitializers } from './stored.ts';
import { MASKED } from './token-feeds.ts';

/** An encoder as one file that any program with ONNX Runtime can ask: token ids and a mask go in, nothing has to be prepared. */

export interface StandaloneModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

const INPUTS: readonly OnnxValue[] = [
  { name: 'input_ids', dtype: 'int64', shape: ['batch', 'length'] },
  { name: 'attention_mask', dtype: 'int64', shape: ['batch', 'length'] },
];

/** ONNX bytes of a graph with all weights inside (`buildStandaloneGraph`), with nodes before it that make its inputs from
 *  `input_ids` and `attention_mask`. Token types are all 0, as in training. */
export function standaloneModel(spec: InferenceSpec, graph: Graph, storage: Storage): StandaloneModel {
  const lowered = storeInitializers(lowerToModel(graph), storage);
  const needed = new Set(graph.inputs.map(({ name }) => name));
  const prepared = tokenInputs(spec, needed);
  const named = (shape: Shape) => shape.map((dim) => (dim === 'rows' ? 'batch' : dim));
  const outputs = lowered.outputs.map((output) => ({ ...output, shape: named(output.shape) }));
  const bytes = writeOnnxModel({
    nodes: [...prepared.nodes, ...lowered.nodes],
    initializers: [...prepared.initializers, ...lowered.initializers],
    inputs: INPUTS,
    outputs,
  });
  return { bytes, inputs: INPUTS, outputs };
}

/** What `TokenFeeds` computes on the host, as nodes. */
function tokenInputs({ encoder }: InferenceSpec, needed: ReadonlySet<string>) {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const ints = (name: string, ...values: number[]) => {
    initializers.push({ name, shape: [values.length], data: BigInt64Array.from(values, BigInt) });
    return name;
  };
  const number = (name: string, value: number) => {
    initializers.push({ name, shape: [], data: BigInt64Array.of(BigInt(value)) });
    return name;
  };
  const real = (name: string, value: number) => {
    initializers.push({ name, shape: [], data: Float32Array.of(value) });
    return name;
  };
  const node = (op: string, inputs: string[], output: string, attributes: OnnxNode['attributes'] = {}) => {
    nodes.push({ op, domain: '', inputs, outputs: [output], attributes });
    return output;
  };
  const cast = (from: string, to: 'float32' | 'int32', output: string) =>
    node('Cast', [from], output, { to: { type: 'int', value: to === 'float32' ? 1 : 6 } });
  const size = (axis: 0 | 1, output: string) => {
    const attributes = { start: { type: 'int', value: axis }, end: { type: 'int', value: axis + 1 } } as const;
    return node('Squeeze', [node('Shape', ['input_ids'], `${output}_of_shape`, attributes)], output);
  };

  const one = number('in_one', 1);
  const length = size(1, 'in_length');
  const flat = ints('in_flat', -1);
  cast(node('Reshape', ['input_ids', flat], 'in_flat_ids'), 'int32', 'word_index');
  const offset = number('in_position_offset', encoder.positionOffset ?? 0);
  const end = node('Add', [length, offset], 'in_position_end');
  cast(node('Range', [offset, end, one], 'in_positions'), 'int32', 'position_index');

  if (needed.has('token_types')) {
    initializers.push({
      name: 'in_type_zero',
      shape: [1, encoder.typeVocabSize],
      data: Float32Array.from({ length: encoder.typeVocabSize }, (_, type) => (type === 0 ? 1 : 0)),
    });
    const tokens = node('Shape', ['word_index'], 'in_tokens');
    const typeShape = node('Concat', [tokens, ints('in_width_one', 1)], 'in_type_shape', {
      axis: { type: 'int', value: 0 },
    });
    node('Expand', ['in_type_zero', typeShape], 'token_types');
  }

  const mask = cast('attention_mask', 'float32', 'in_mask');
  const absent = node('Sub', [real('in_present', 1), mask], 'in_absent');
  const penalty = node('Mul', [absent, real('in_masked', MASKED)], 'in_penalty');
  node('Unsqueeze', [penalty, ints('in_head_axes', 1, 2)], 'attention_bias');
  if (needed.has('cls_index')) {
    const rows = node('Range', [number('in_first', 0), size(0, 'in_rows'), one], 'in_row_numbers');
    cast(node('Mul', [rows, length], 'in_row_starts'), 'int32', 'cls_index');
  }
  if (needed.has('pool_weights')) {
    const count = node('ReduceSum', [mask, ints('in_length_axis', 1)], 'in_count', {
      keepdims: { type: 'int', value: 1 },
    });
    const atLeastOne = node('Max', [count, real('in_least', 1)], 'in_count_or_one');
    const share = node('Div', [mask, atLeastOne], 'in_share');
    node('Unsqueeze', [share, ints('in_middle_axis', 1)], 'pool_weights');
  }
  return { nodes, initializers };
}
