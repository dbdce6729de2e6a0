import { roundedToHalf, toHalf } from '../../../shared/train/half.ts';
import { type InferenceSpec, inferenceTensors } from '../../../shared/train/inference-graph.ts';
import { toBitmask } from '../../../shared/train/sparsity.ts';
import type { NamedTensors } from '../../../shared/train/spec.ts';
import { isStored, type Storage } from '../../../shared/train/storage.ts';
import { ELEMENT_CODE, type OnnxModel, type OnnxNode, type OnnxTensor } from './onnx-writer.ts';
import { pack } from './packed.ts';

/** Weights that are smaller in the file than in memory: nodes that make float32 of them stand at the head of the graph, and ONNX Runtime
 *  computes these once, when it loads the file. */

/** The tensors of a model with the values that its storage gives them, in packed form. */
export function storedTensors(
  spec: InferenceSpec,
  weights: NamedTensors,
  storage: Storage,
): ReadonlyMap<string, Float32Array> {
  const halves = (name: string) => storage.format === 'float16' && isStored(storage, name);
  return new Map(
    inferenceTensors(spec).map((tensor) => {
      const data = pack(tensor, weights);
      return [tensor.name, halves(tensor.name) ? roundedToHalf(data) : data];
    }),
  );
}

/** A file with its weights as halves, or without their zeros; other formats are matters of the graph. */
export function storeInitializers(model: OnnxModel, storage: Storage): OnnxModel {
  if (storage.format !== 'float16' && storage.format !== 'sparse') return model;
  const store = storage.format === 'float16' ? asHalves : withoutZeros;
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  let isFirst = true;
  for (const tensor of model.initializers) {
    if (!(tensor.data instanceof Float32Array) || !isStored(storage, tensor.name)) {
      initializers.push(tensor);
      continue;
    }
    const stored = store(tensor.name, tensor.shape, tensor.data);
    if (isFirst) initializers.push(...stored.common);
    isFirst = false;
    initializers.push(...stored.initializers);
    nodes.push(...stored.nodes);
  }
  return { ...model, nodes: [...nodes, ...model.nodes], initializers };
}

interface Stored {
  /** Needed once in a file. */
  readonly common: readonly OnnxTensor[];
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

const node = (op: string, inputs: string[], output: string, attributes: OnnxNode['attributes'] = {}): OnnxNode => ({
  ...{ op, domain: '' as const, inputs, outputs: [output], attributes },
});
const to = (type: keyof typeof ELEMENT_CODE) => ({ to: { type: 'int' as const, value: ELEMENT_CODE[type] } });

function asHalves(name: string, shape: readonly number[], data: Float32Array): Stored {
  const half = `${name}.half`;
  const initializers = [{ name: half, shape, data: toHalf(data) }];
  return { common: [], initializers, nodes: [node('Cast', [half], name, to('float32'))] };
}

/** Bit k of a byte is byte / 2ᵏ mod 2; a value stands at the count of ones up to it, and place 0 holds a zero. */
const BIT = {
  powers: 'sparse_powers',
  two: 'sparse_two',
  axis: 'sparse_axis',
  first: 'sparse_first',
  flat: 'sparse_flat',
};
const BITS: readonly OnnxTensor[] = [
  { name: BIT.powers, shape: [8], data: Int32Array.from({ length: 8 }, (_, bit) => 2 ** bit) },
  { name: BIT.two, shape: [], data: Int32Array.of(2) },
  { name: BIT.axis, shape: [1], data: BigInt64Array.of(1n) },
  { name: BIT.first, shape: [], data: Int32Array.of(0) },
  { name: BIT.flat, shape: [1], data: BigInt64Array.of(-1n) },
];

function withoutZeros(name: string, shape: readonly number[], data: Float32Array): Stored {
  const { values, bits } = toBitmask(data);
  const part = (of: string) => `${name}.${of}`;
  const fromZero = new Float32Array(values.length + 1);
  fromZero.set(values, 1);
  const initializers: OnnxTensor[] = [
    { name: part('values'), shape: [fromZero.length], data: fromZero },
    { name: part('bits'), shape: [bits.length], data: bits },
    { name: part('count'), shape: [1], data: BigInt64Array.of(BigInt(data.length)) },
    { name: part('shape'), shape: [shape.length], data: BigInt64Array.from(shape, BigInt) },
  ];
  const nodes = [
    node('Unsqueeze', [part('bits'), BIT.axis], part('column')),
    node('Cast', [part('column')], part('wide'), to('int32')),
    node('Div', [part('wide'), BIT.powers], part('shifted')),
    node('Mod', [part('shifted'), BIT.two], part('apart')),
    node('Reshape', [part('apart'), BIT.flat], part('ones')),
    node('CumSum', [part('ones'), BIT.first], part('places')),
    node('Mul', [part('places'), part('ones')], part('index')),
    node('Gather', [part('values'), part('index')], part('all')),
    node('Slice', [part('all'), `${BIT.flat}_start`, part('count')], part('cut')),
    node('Reshape', [part('cut'), part('shape')], name),
  ];
  const start: OnnxTensor = { name: `${BIT.flat}_start`, shape: [1], data: BigInt64Array.of(0n) };
  return { common: [...BITS, start], initializers, nodes };
}
