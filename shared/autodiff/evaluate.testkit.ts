import {
  type Attrs,
  dimProduct,
  type Graph,
  type Node,
  numberAttr,
  type OpName,
  type Shape,
  shapeAttr,
} from './graph.ts';

/** A float64 evaluator of graphs, slow and plain, as the yardstick of the rules and of ONNX Runtime. For tests. */

export interface Dense {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}
export type Symbols = Readonly<Record<string, number>>;

const sizeOf = (shape: readonly number[]) => shape.reduce((product, dim) => product * dim, 1);

export function dense(shape: readonly number[], values: ArrayLike<number>): Dense {
  if (values.length !== sizeOf(shape)) throw new Error(`${values.length} values for [${shape}]`);
  return { shape, data: Float64Array.from(values) };
}

function bindShape(shape: Shape, symbols: Symbols): readonly number[] {
  return shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    const bound = dim.split('*').map((factor) => symbols[factor] ?? Number(factor));
    return Number(dimProduct(...bound));
  });
}

/** The values of a graph's outputs by name. `symbols` binds the symbolic dimensions. */
export function evaluateGraph(
  graph: Graph,
  inputs: Readonly<Record<string, Dense>>,
  symbols: Symbols = {},
): ReadonlyMap<string, Dense> {
  const values = new Map<unknown, Dense>();
  for (const value of graph.inputs) {
    const input = inputs[value.name];
    if (input !== undefined) values.set(value, input);
  }
  for (const [value, data] of graph.constants) values.set(value, dense(value.shape.map(Number), data));
  for (const node of graph.nodes) {
    const results = evaluateNode(
      node,
      node.inputs.map((value) => values.get(value)!),
      symbols,
    );
    for (const [i, output] of node.outputs.entries()) values.set(output, results[i]!);
  }
  return new Map([...graph.outputs].map(([name, value]) => [name, values.get(value)!]));
}

const UNARY: Partial<Record<OpName, (x: number) => number>> = {
  Neg: (x) => -x,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Log: Math.log,
  Erf: erf,
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Relu: (x) => Math.max(x, 0),
  Gelu: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
  Cast: (x) => x,
};

const BINARY: Partial<Record<OpName, (x: number, y: number) => number>> = {
  Add: (x, y) => x + y,
  Sub: (x, y) => x - y,
  Mul: (x, y) => x * y,
  Div: (x, y) => x / y,
  Min: Math.min,
  Greater: (x, y) => (x > y ? 1 : 0),
};

function evaluateNode({ op, attrs }: Node, inputs: readonly Dense[], symbols: Symbols): readonly Dense[] {
  const [x, y, z] = inputs as readonly [Dense, Dense, Dense];
  const unary = UNARY[op];
  if (unary !== undefined) return [{ shape: x.shape, data: x.data.map(unary) }];
  const binary = BINARY[op];
  if (binary !== undefined) return [broadcastWith(binary, x, y)];
  switch (op) {
    case 'MatMul':
    case 'FusedMatMul':
    case 'Gemm': {
      const product = matmul(x, y, attrs);
      if (z === undefined) return [product];
      const beta = numberAttr(attrs, 'beta', 1);
      return [broadcastWith((p, c) => p + beta * c, product, z)];
    }
    case 'ReduceSum':
      return [reduce(x, attrs, (value) => value)];
    case 'ReduceSumSquare':
      return [reduce(x, attrs, (value) => value * value)];
    case 'Softmax':
      return [perRow(x, (row) => softmaxRow(row).map(Math.exp))];
    case 'LogSoftmax':
      return [perRow(x, softmaxRow)];
    case 'LayerNormalization':
      return layerNormalization(x, y, z, numberAttr(attrs, 'epsilon', 1e-5));
    case 'Gather':
      return [{ shape: [y.shape[0]!, x.shape[1]!], data: gatherRows(x, y) }];
    case 'ScatterElements':
      return [scatterAdd(x, y, z)];
    case 'Reshape':
      return [{ shape: bindShape(shapeAttr(op, attrs, 'shape'), symbols), data: x.data }];
    case 'Expand': {
      const shape = bindShape(shapeAttr(op, attrs, 'shape'), symbols);
      return [broadcastWith((value) => value, x, { shape, data: new Float64Array(sizeOf(shape)) })];
    }
    case 'ConstantOfShape': {
      const shape = bindShape(shapeAttr(op, attrs, 'shape'), symbols);
      return [{ shape, data: new Float64Array(sizeOf(shape)).fill(numberAttr(attrs, 'value', 0)) }];
    }
    case 'Transpose':
      return [transpose(x, shapeAttr(op, attrs, 'perm').map(Number))];
    case 'Split':
      return split(x, numberAttr(attrs, 'axis', 0), shapeAttr(op, attrs, 'sizes').map(Number));
    case 'Concat':
      return [concat(inputs, numberAttr(attrs, 'axis', 0))];
    default:
      throw new Error(`no evaluation of ${op}`);
  }
}

/** erf by its Maclaurin series below 3, by a continued fraction of erfc above; absolute error under 1e-15. @source Abramowitz and Stegun 7.1.5, 7.1.14 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 && n < 200; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction));
}

function strides(shape: readonly number[]): number[] {
  const result = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) result[i] = result[i + 1]! * shape[i + 1]!;
  return result;
}

/** Calls `visit` with every index of `shape`, in order. */
function eachIndex(shape: readonly number[], visit: (index: readonly number[], flat: number) => void): void {
  const index = shape.map(() => 0);
  for (let flat = 0; flat < sizeOf(shape); flat++) {
    visit(index, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
}

/** Flat position in a tensor of `shape` of an index of higher rank, broadcast. */
function broadcastPosition(shape: readonly number[], index: readonly number[]): number {
  const lead = index.length - shape.length;
  return strides(shape).reduce((sum, stride, i) => sum + (shape[i] === 1 ? 0 : index[i + lead]! * stride), 0);
}

function broadcastWith(f: (x: number, y: number) => number, a: Dense, b: Dense): Dense {
  const rank = Math.max(a.shape.length, b.shape.length);
  const shape = Array.from({ length: rank }, (_, i) =>
    Math.max(a.shape[a.shape.length - rank + i] ?? 1, b.shape[b.shape.length - rank + i] ?? 1),
  );
  const data = new Float64Array(sizeOf(shape));
  eachIndex(shape, (index, flat) => {
    data[flat] = f(a.data[broadcastPosition(a.shape, index)]!, b.data[broadcastPosition(b.shape, index)]!);
  });
  return { shape, data };
}

function matmul(a: Dense, b: Dense, attrs: Attrs): Dense {
  const [transA, transB] = [numberAttr(attrs, 'transA', 0), numberAttr(attrs, 'transB', 0)];
  const alpha = numberAttr(attrs, 'alpha', 1);
  const [p, q] = [transA ? swapLast(a) : a, transB ? swapLast(b) : b];
  const [rows, inner, columns] = [p.shape.at(-2)!, p.shape.at(-1)!, q.shape.at(-1)!];
  const rank = Math.max(p.shape.length, q.shape.length);
  const batch = Array.from({ length: rank - 2 }, (_, i) =>
    Math.max(p.shape[p.shape.length - rank + i] ?? 1, q.shape[q.shape.length - rank + i] ?? 1),
  );
  const shape = [...batch, rows, columns];
  const data = new Float64Array(sizeOf(shape));
  eachIndex(shape, (index, flat) => {
    const lead = index.slice(0, -2);
    const [row, column] = index.slice(-2) as [number, number];
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum +=
        p.data[broadcastPosition(p.shape, [...lead, row, k])]! *
        q.data[broadcastPosition(q.shape, [...lead, k, column])]!;
    }
    data[flat] = alpha * sum;
  });
  return { shape, data };
}

function swapLast(x: Dense): Dense {
  const axes = x.shape.map((_, i) => i);
  return transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

function transpose(x: Dense, perm: readonly number[]): Dense {
  const shape = perm.map((axis) => x.shape[axis]!);
  const source = strides(x.shape);
  const data = new Float64Array(x.data.length);
  eachIndex(shape, (index, flat) => {
    data[flat] = x.data[perm.reduce((sum, axis, i) => sum + index[i]! * source[axis]!, 0)]!;
  });
  return { shape, data };
}

function reduce(x: Dense, attrs: Attrs, f: (value: number) => number): Dense {
  const rank = x.shape.length;
  const axes = attrs.axes === undefined ? x.shape.map((_, i) => i) : shapeAttr('ReduceSum', attrs, 'axes').map(Number);
  const dropped = new Set(axes.map((axis) => (axis + rank) % rank));
  const kept = x.shape.map((dim, i) => (dropped.has(i) ? 1 : dim));
  const data = new Float64Array(sizeOf(kept));
  eachIndex(x.shape, (index, flat) => {
    const position = broadcastPosition(kept, index);
    data[position] = data[position]! + f(x.data[flat]!);
  });
  const shape = numberAttr(attrs, 'keepdims', 1) === 1 ? kept : kept.filter((_, i) => !dropped.has(i));
  return { shape, data };
}

function perRow(x: Dense, f: (row: Float64Array) => Float64Array): Dense {
  const width = x.shape.at(-1)!;
  const data = new Float64Array(x.data.length);
  for (let start = 0; start < data.length; start += width) data.set(f(x.data.subarray(start, start + width)), start);
  return { shape: x.shape, data };
}

/** Logarithm of the softmax of one row. */
function softmaxRow(row: Float64Array): Float64Array {
  const top = Math.max(...row);
  const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value - top), 0));
  return row.map((value) => value - top - total);
}

function layerNormalization(x: Dense, scale: Dense, bias: Dense, epsilon: number): readonly Dense[] {
  const width = x.shape.at(-1)!;
  const shape = [...x.shape.slice(0, -1), 1];
  const mean = new Float64Array(sizeOf(shape));
  const inverse = new Float64Array(sizeOf(shape));
  const data = new Float64Array(x.data.length);
  for (let row = 0; row < mean.length; row++) {
    const values = x.data.subarray(row * width, (row + 1) * width);
    const m = values.reduce((sum, value) => sum + value, 0) / width;
    const variance = values.reduce((sum, value) => sum + (value - m) ** 2, 0) / width;
    mean[row] = m;
    inverse[row] = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < width; i++)
      data[row * width + i] = (values[i]! - m) * inverse[row]! * scale.data[i]! + bias.data[i]!;
  }
  return [
    { shape: x.shape, data },
    { shape, data: mean },
    { shape, data: inverse },
  ];
}

function gatherRows(table: Dense, index: Dense): Float64Array {
  const width = table.shape[1]!;
  const data = new Float64Array(index.data.length * width);
  for (const [i, row] of index.data.entries()) data.set(table.data.subarray(row * width, (row + 1) * width), i * width);
  return data;
}

function scatterAdd(base: Dense, index: Dense, updates: Dense): Dense {
  const width = base.shape[1]!;
  const data = base.data.slice();
  eachIndex(updates.shape, ([, column], flat) => {
    const position = index.data[flat]! * width + column!;
    data[position] = data[position]! + updates.data[flat]!;
  });
  return { shape: base.shape, data };
}

function split(x: Dense, axis: number, sizes: readonly number[]): readonly Dense[] {
  let start = 0;
  return sizes.map((size) => {
    const shape = x.shape.with(axis, size);
    const data = new Float64Array(sizeOf(shape));
    const offset = start;
    eachIndex(shape, (index, flat) => {
      data[flat] = x.data[broadcastPosition(x.shape, index.with(axis, index[axis]! + offset))]!;
    });
    start += size;
    return { shape, data };
  });
}

function concat(parts: readonly Dense[], axis: number): Dense {
  const shape = parts[0]!.shape.with(
    axis,
    parts.reduce((sum, part) => sum + part.shape[axis]!, 0),
  );
  const data = new Float64Array(sizeOf(shape));
  let start = 0;
  for (const part of parts) {
    const target = strides(shape);
    eachIndex(part.shape, (index, flat) => {
      const position = index.reduce((sum, value, i) => sum + (i === axis ? value + start : value) * target[i]!, 0);
      data[position] = part.data[flat]!;
    });
    start += part.shape[axis]!;
  }
  return { shape, data };
}
