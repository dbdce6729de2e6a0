import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import type { Graph, Node, Value } from '../autodiff/graph.ts';
import { BugError } from '../errors/app-error.ts';
import { quantiseRows, transposeBytes, ZERO_POINT } from './quantise.ts';

/** A part of an encoder that can be kept in int8 by itself: the embedding tables, or attention or feed-forward of one layer. */
export type QuantisedGroup = 'embeddings' | `layer.${number}.${'attention' | 'feed-forward'}`;

/** All groups of an encoder, from the input up. */
export function quantisedGroups(layers: number): readonly QuantisedGroup[] {
  const ofLayer = (layer: number) => [`layer.${layer}.attention`, `layer.${layer}.feed-forward`] as const;
  return ['embeddings', ...Array.from({ length: layers }, (_, layer) => ofLayer(layer)).flat()];
}

/** The forward pass with weights as bytes: products of encoder layers with one scale per output channel, whose other side is quantised
 *  to uint8 when the graph runs (one scale for a whole batch), and embedding tables with one scale per row. Everything else, the head
 *  included, stays float32. `groups`: the parts to be kept so; null for all. */
export function quantiseGraph(graph: Graph, groups: ReadonlySet<QuantisedGroup> | null): Graph {
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
  const wanted = (group: QuantisedGroup | null) => group !== null && (groups === null || groups.has(group));
  for (const input of graph.inputs) rewritten.set(input, b.input(input.name, input.dtype, input.shape));
  for (const node of graph.nodes) {
    const quantised = wanted(groupOf(node, graph)) ? quantiseNode(b, node, graph, now) : null;
    const outputs = quantised === null ? b.emit(node.op, node.inputs.map(now), node.attrs) : [quantised];
    for (const [i, output] of node.outputs.entries()) rewritten.set(output, outputs[i]!);
  }
  const outputs = [...graph.outputs].map(([name, value]) => [name, now(value)] as const);
  const result = b.graph(Object.fromEntries(outputs));
  checkGraph(result);
  return result;
}

/** The group whose weights a node reads; null for one that stays as it is. */
function groupOf({ op, inputs }: Node, { constants }: Graph): QuantisedGroup | null {
  const weight = inputs[op === 'Gather' ? 0 : 1];
  if (weight === undefined || !constants.has(weight)) return null;
  if (op === 'Gather') return 'embeddings';
  const layer = /^bert\.encoder\.layer\.(\d+)\.(attention\.)?/.exec(weight.name);
  if (op !== 'Gemm' || layer === null) return null;
  return `layer.${Number(layer[1])}.${layer[2] === undefined ? 'feed-forward' : 'attention'}`;
}

function quantiseNode(b: Builder, node: Node, graph: Graph, now: (value: Value) => Value): Value {
  const table = node.inputs[node.op === 'Gather' ? 0 : 1]!;
  const [rows, width] = table.shape.map(Number) as [number, number];
  const { bytes, scales } = quantiseRows(floatsOf(graph, table), width);
  if (node.op === 'Gather') {
    const index = now(node.inputs[1]!);
    const picked = b.op('Gather', [b.constant(`${table.name}.bytes`, bytes, [rows, width]), index]);
    const centred = b.op('Sub', [b.op('Cast', [picked], { to: 'float32' }), b.scalar(ZERO_POINT)]);
    return b.op('Mul', [centred, b.op('Gather', [b.constant(`${table.name}.scale`, scales, [rows, 1]), index])]);
  }
  const { transB, alpha = 1, beta = 1 } = node.attrs;
  if (transB !== 1 || alpha !== 1 || beta !== 1) throw new BugError(`product with ${table.name} is scaled`);
  const [x, , bias] = node.inputs;
  return b.op('DynamicQuantizeMatMul', [
    now(x!),
    b.constant(`${table.name}.bytes`, transposeBytes(bytes, width), [width, rows]),
    b.constant(`${table.name}.scale`, scales, [rows]),
    b.constant(`${table.name}.zero`, Uint8Array.of(ZERO_POINT), []),
    now(bias!),
  ]);
}

function floatsOf({ constants }: Graph, value: Value): Float32Array {
  const data = constants.get(value);
  if (!(data instanceof Float32Array)) throw new BugError(`${value.name} is no float32 constant`);
  return data;
}
