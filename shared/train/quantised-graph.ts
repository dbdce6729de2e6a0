import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import type { Graph, Node, Value } from '../autodiff/graph.ts';
import { BugError } from '../errors/app-error.ts';
import { byteScale } from './activation-range.ts';
import { quantiseRows, transposeBytes, ZERO_POINT } from './quantise.ts';
import { BLOCK, quantiseFourBits } from './quantise-4bit.ts';
import { isStored, type Storage } from './storage.ts';

const INTEGERS: ReadonlySet<Storage['format']> = new Set(['int8', 'int8-static', 'int4']);

/** Whether the words stand in the graph as bytes. */
export const hasByteTable = (storage: Storage, table: string) =>
  INTEGERS.has(storage.format) && isStored(storage, table);

/** The forward pass with weights as integers, where the storage has them so: products of encoder layers with one scale per output channel
 *  (`int8`: the other side is quantised when the graph runs, one scale for a whole batch; `int8-static`: on scales known beforehand) or per
 *  block of 32 (`int4`), and embedding tables as bytes with one scale per row. Everything else, the head included, stays float32.
 */
export function quantiseGraph(graph: Graph, storage: Storage): Graph {
  if (!INTEGERS.has(storage.format)) return graph;
  const b = new Builder();
  const rewritten = new Map<Value, Value>();
  const now = (value: Value): Value => {
    const known = rewritten.get(value);
    if (known !== undefined) return known;
    const data = graph.constants.get(value);
    if (data === undefined) throw new BugError(`value ${value.name} is used before it is made`);
    const constant = b.constant(value.name, data, value.shape.map(Number));
    rewritten.set(value, constant);
    return constant;
  };
  for (const input of graph.inputs) rewritten.set(input, b.input(input.name, input.dtype, input.shape));
  for (const node of graph.nodes) {
    const table = storedWeight(node, graph, storage);
    const outputs =
      table === null
        ? b.emit(node.op, node.inputs.map(now), node.attrs)
        : [node.op === 'Gather' ? gathered(b, node, table, graph, now) : product(b, node, table, graph, now, storage)];
    for (const [i, output] of node.outputs.entries()) rewritten.set(output, outputs[i]!);
  }
  const outputs = [...graph.outputs].map(([name, value]) => [name, now(value)] as const);
  const result = b.graph(Object.fromEntries(outputs));
  checkGraph(result);
  return result;
}

/** What is multiplied with each weight that the storage has as integers: [tokens, inputs] by the weight's name. */
export function storedInputs(graph: Graph, storage: Storage): ReadonlyMap<string, Value> {
  return new Map(
    graph.nodes.flatMap((node) => {
      const table = node.op === 'Gemm' ? storedWeight(node, graph, storage) : null;
      return table === null ? [] : [[table.name, node.inputs[0]!] as const];
    }),
  );
}

/** The weight that a node reads and the storage changes; null for a node that stays as it is. */
function storedWeight({ op, inputs }: Node, { constants }: Graph, storage: Storage): Value | null {
  if (op !== 'Gather' && op !== 'Gemm') return null;
  const weight = inputs[op === 'Gather' ? 0 : 1];
  return weight !== undefined && constants.has(weight) && isStored(storage, weight.name) ? weight : null;
}

function gathered(b: Builder, node: Node, table: Value, graph: Graph, now: (value: Value) => Value): Value {
  const [rows, width] = table.shape.map(Number) as [number, number];
  const { bytes, scales } = quantiseRows(floatsOf(graph, table), width);
  const index = now(node.inputs[1]!);
  const picked = b.op('Gather', [b.constant(`${table.name}.bytes`, bytes, [rows, width]), index]);
  const centred = b.op('Sub', [b.op('Cast', [picked], { to: 'float32' }), b.scalar(ZERO_POINT)]);
  return b.op('Mul', [centred, b.op('Gather', [b.constant(`${table.name}.scale`, scales, [rows, 1]), index])]);
}

function product(
  b: Builder,
  node: Node,
  table: Value,
  graph: Graph,
  now: (value: Value) => Value,
  { format, ranges }: Storage,
): Value {
  const { transB, alpha = 1, beta = 1 } = node.attrs;
  if (transB !== 1 || alpha !== 1 || beta !== 1) throw new BugError(`product with ${table.name} is scaled`);
  const [rows, width] = table.shape.map(Number) as [number, number];
  const values = floatsOf(graph, table);
  const [x, bias] = [now(node.inputs[0]!), now(node.inputs[2]!)];
  const named = (part: string) => `${table.name}.${part}`;
  if (format === 'int4') {
    const { bytes, scales, blocks } = quantiseFourBits(values, width);
    const inputs = [
      x,
      b.constant(named('bytes'), bytes, [rows, blocks, BLOCK / 2]),
      b.constant(named('scale'), scales, [rows * blocks]),
    ];
    // Level 4: activations go to 8 bits as the graph runs, and products are integers.
    const attributes = { K: width, N: rows, bits: 4, block_size: BLOCK, accuracy_level: 4 };
    return b.op('Add', [b.op('MatMulNBits', inputs, attributes), bias]);
  }
  const { bytes, scales } = quantiseRows(values, width);
  const weight = b.constant(named('bytes'), transposeBytes(bytes, width), [width, rows]);
  const scale = b.constant(named('scale'), scales, [rows]);
  const zero = b.constant(named('zero'), Uint8Array.of(ZERO_POINT), []);
  if (format === 'int8') return b.op('DynamicQuantizeMatMul', [x, weight, scale, zero, bias]);
  const range = ranges[table.name];
  if (range === undefined) throw new BugError(`${table.name} was not calibrated`);
  const input = byteScale({ low: range[0], high: range[1] });
  const inputScale = b.constant(named('input_scale'), Float32Array.of(input.scale), []);
  const inputZero = b.constant(named('input_zero'), Uint8Array.of(input.zero), []);
  const quantised = b.op('QuantizeLinear', [x, inputScale, inputZero]);
  return b.op('MatMulIntegerToFloat', [quantised, weight, inputScale, scale, inputZero, zero, bias]);
}

function floatsOf({ constants }: Graph, value: Value): Float32Array {
  const data = constants.get(value);
  if (!(data instanceof Float32Array)) throw new BugError(`${value.name} is no float32 constant`);
  return data;
}
