import { BugError } from '../errors/app-error.ts';
import {
  type Attrs,
  type ConstantData,
  type Dim,
  type DType,
  type Graph,
  type Node,
  type OpName,
  type Shape,
  sameShape,
  type Value,
} from './graph.ts';
import { OPS } from './ops.ts';

/** Appends operators to a graph; what no output needs is left out by `graph`. */
export class Builder {
  readonly #inputs: Value[] = [];
  readonly #constants = new Map<Value, ConstantData>();
  readonly #nodes: Node[] = [];
  readonly #cache = new Map<string, Value>();
  #next = 0;

  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  input(name: string, dtype: DType, shape: Shape): Value {
    if (this.#inputs.some((value) => value.name === name)) throw new BugError(`graph input ${name} declared twice`);
    const value = { id: this.#next++, name, dtype, shape };
    this.#inputs.push(value);
    return value;
  }

  constant(name: string, data: ConstantData, shape: readonly number[]): Value {
    const value: Value = { id: this.#next++, name, dtype: dtypeOf(data), shape };
    this.#constants.set(value, data);
    return value;
  }

  /** A float32 constant of rank 0; one value per number. */
  scalar(number: number): Value {
    return this.#cached(`scalar ${number}`, () => this.constant(`scalar_${this.#next}`, Float32Array.of(number), []));
  }

  /** A float32 tensor of one number; one value per number and shape. */
  filled(shape: Shape, value: number): Value {
    return this.#cached(`filled ${value} [${shape}]`, () => this.op('ConstantOfShape', [], { shape, value }));
  }

  /** Appends a node and returns its first output. @throws AppError 'autodiff.shape' */
  op(op: OpName, inputs: readonly Value[], attrs: Attrs = {}): Value {
    return this.emit(op, inputs, attrs)[0]!;
  }

  /** Appends a node and returns all its outputs. @throws AppError 'autodiff.shape' */
  emit(op: OpName, inputs: readonly Value[], attrs: Attrs = {}): readonly Value[] {
    const outputs = OPS[op].infer(inputs, attrs).map((aval) => {
      const id = this.#next++;
      return { id, name: `v${id}`, dtype: aval.dtype, shape: aval.shape };
    });
    this.#nodes.push({ op, inputs, outputs, attrs });
    return outputs;
  }

  reshape(x: Value, shape: Shape): Value {
    return sameShape(x.shape, shape) ? x : this.op('Reshape', [x], { shape });
  }

  transpose(x: Value, perm: readonly number[]): Value {
    return this.op('Transpose', [x], { perm });
  }

  /** Sum over axis 0 of a [n, columns] value as a product with a row of ones, which is faster than ReduceSum on CPU. Result [columns]. */
  columnSums(x: Value): Value {
    const [rows, columns] = x.shape as readonly [Dim, Dim];
    return this.reshape(this.op('MatMul', [this.filled([1, rows], 1), x]), [columns]);
  }

  /** The graph that computes `outputs`, without the nodes and constants that none of them needs. All inputs stay. */
  graph(outputs: Readonly<Record<string, Value>>): Graph {
    const needed = new Set<Value>(Object.values(outputs));
    const nodes: Node[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((value) => needed.has(value))) continue;
      nodes.push(node);
      for (const value of node.inputs) needed.add(value);
    }
    const constants = new Map([...this.#constants].filter(([value]) => needed.has(value)));
    return { inputs: this.#inputs, constants, nodes: nodes.reverse(), outputs: new Map(Object.entries(outputs)) };
  }

  #cached(key: string, make: () => Value): Value {
    const found = this.#cache.get(key);
    if (found !== undefined) return found;
    const value = make();
    this.#cache.set(key, value);
    return value;
  }
}

function dtypeOf(data: ConstantData): DType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof Int8Array ? 'int8' : 'uint8';
}
