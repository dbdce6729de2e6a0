import {
  type Attr,
  type Dim,
  type DType,
  type Graph,
  type Node,
  type OpName,
  type Shape,
  shapeAttr,
  type Value,
} from '../../../shared/autodiff/graph.ts';
import { BugError } from '../../../shared/errors/app-error.ts';
import { withHalfProducts } from './half-products.ts';
import { composedLayerNorm } from './layer-norm.ts';
import {
  ELEMENT_CODE,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  writeOnnxModel,
} from './onnx-writer.ts';

/** Operators of the domain com.microsoft. */
const MICROSOFT: ReadonlySet<OpName> = new Set<OpName>([
  'FusedMatMul',
  'Gelu',
  'DynamicQuantizeMatMul',
  'MatMulIntegerToFloat',
  'MatMulNBits',
]);
const FLOAT_ATTRIBUTES: ReadonlySet<string> = new Set(['alpha', 'beta', 'epsilon']);
/** Attributes of ours that ONNX takes as an int64 input at this place. */
const SHAPE_INPUT: Partial<Record<OpName, { readonly attribute: string; readonly index: number }>> = {
  Reshape: { attribute: 'shape', index: 1 },
  Expand: { attribute: 'shape', index: 1 },
  ConstantOfShape: { attribute: 'shape', index: 0 },
  ReduceSum: { attribute: 'axes', index: 1 },
  ReduceSumSquare: { attribute: 'axes', index: 1 },
  Split: { attribute: 'sizes', index: 1 },
};

/** ONNX bytes of a checked graph for a session of our own. Symbolic dimensions in shapes are read from the inputs that bind them when the graph runs. */
export function lowerGraph(graph: Graph, products: 'float32' | 'float16' | 'rounded' = 'float32'): Uint8Array {
  const model = lowerToModel(graph, 'composed');
  return writeOnnxModel(products === 'float32' ? model : withHalfProducts(model, products === 'rounded'));
}

/** The same before it is written, for a caller who puts nodes of his own before it.
 *  @param norms `operator`: LayerNormalization as one node, which other programs know; `composed`: as what is quicker on the processor */
export function lowerToModel(graph: Graph, norms: 'operator' | 'composed' = 'operator'): OnnxModel {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [...graph.constants].map(([{ name, shape }, data]) => ({
    name,
    shape: shape.map(Number),
    data,
  }));
  const shapes = new ShapeTensors(graph, nodes, initializers);
  const names = outputNames(graph);
  const used = usedNames(graph);
  for (const node of graph.nodes) {
    const lowered = lowerNode(node, shapes, used, (value) => names.get(value) ?? value.name);
    if (node.op !== 'LayerNormalization' || norms === 'operator') {
      nodes.push(lowered);
      continue;
    }
    const composed = composedLayerNorm(lowered, Number(node.inputs[0]!.shape.at(-1)));
    nodes.push(...composed.nodes);
    const known = new Set(initializers.map(({ name }) => name));
    initializers.push(...composed.initializers.filter(({ name }) => !known.has(name)));
  }
  const outputs = [...graph.outputs].map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
  for (const [name, value] of graph.outputs) {
    const source = names.get(value) ?? value.name;
    if (source !== name) nodes.push({ op: 'Identity', domain: '', inputs: [source], outputs: [name], attributes: {} });
  }
  return { nodes, initializers, inputs: graph.inputs, outputs };
}

/** A value made by a node bears the name of the output it is, so that no copy is needed. */
function outputNames(graph: Graph): ReadonlyMap<Value, string> {
  const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  const names = new Map<Value, string>();
  for (const [name, value] of graph.outputs) if (made.has(value) && !names.has(value)) names.set(value, name);
  return names;
}

function usedNames(graph: Graph): ReadonlySet<string> {
  const used = new Set([...graph.outputs.values()].map(({ name }) => name));
  for (const node of graph.nodes) for (const { name } of node.inputs) used.add(name);
  return used;
}

function lowerNode(
  node: Node,
  shapes: ShapeTensors,
  used: ReadonlySet<string>,
  nameOf: (value: Value) => string,
): OnnxNode {
  const inputs = node.inputs.map(nameOf);
  const outputs = node.outputs.map((value) => (used.has(value.name) || node.op === 'Split' ? nameOf(value) : ''));
  while (outputs.at(-1) === '') outputs.pop();
  const asInput = SHAPE_INPUT[node.op];
  const attributes: Record<string, OnnxAttribute> = {};
  for (const [name, value] of Object.entries(node.attrs)) {
    if (name === asInput?.attribute) continue;
    attributes[name] = lowerAttribute(node.op, name, value);
  }
  if (asInput !== undefined && node.attrs[asInput.attribute] !== undefined) {
    inputs.splice(asInput.index, 0, shapes.tensor(node.op, shapeAttr(node.op, node.attrs, asInput.attribute)));
  }
  if (node.op === 'ScatterElements') {
    attributes.axis = { type: 'int', value: 0 };
    attributes.reduction = { type: 'string', value: 'add' };
  }
  return { op: node.op, domain: MICROSOFT.has(node.op) ? 'com.microsoft' : '', inputs, outputs, attributes };
}

function lowerAttribute(op: OpName, name: string, value: Attr): OnnxAttribute {
  if (op === 'Cast') return { type: 'int', value: ELEMENT_CODE[value as DType] };
  if (op === 'ConstantOfShape') return { type: 'tensor', value: Float32Array.of(Number(value)) };
  if (typeof value === 'number') return { type: FLOAT_ATTRIBUTES.has(name) ? 'float' : 'int', value };
  if (typeof value === 'string') return { type: 'string', value };
  return { type: 'ints', value: value.map(Number) };
}

/** The int64 tensors that hold shapes, axes and sizes; one per content. */
class ShapeTensors {
  readonly #graph: Graph;
  readonly #nodes: OnnxNode[];
  readonly #initializers: OnnxTensor[];
  readonly #made = new Set<string>();

  constructor(graph: Graph, nodes: OnnxNode[], initializers: OnnxTensor[]) {
    this.#graph = graph;
    this.#nodes = nodes;
    this.#initializers = initializers;
  }

  /** The name of a tensor that holds `shape` when the graph runs. */
  tensor(op: OpName, shape: Shape): string {
    const symbols = shape.filter((dim) => typeof dim === 'string');
    if (symbols.length === 0) return this.#constant(shape.map(Number));
    if (op === 'Reshape' && symbols.length === 1) {
      return this.#constant(shape.map((dim) => (typeof dim === 'string' ? -1 : dim)));
    }
    const name = `shape[${shape}]`;
    const parts = shape.map((dim) => (typeof dim === 'string' ? this.#symbol(dim) : this.#constant([dim])));
    this.#once(name, { op: 'Concat', inputs: parts, attributes: { axis: { type: 'int', value: 0 } } });
    return name;
  }

  #constant(values: readonly number[]): string {
    const name = `int64[${values}]`;
    if (!this.#made.has(name)) {
      this.#made.add(name);
      this.#initializers.push({ name, shape: [values.length], data: BigInt64Array.from(values, BigInt) });
    }
    return name;
  }

  /** A tensor [1] with the size of a symbolic dimension, from an input that has it. */
  #symbol(dim: Dim & string): string {
    const name = `dim[${dim}]`;
    for (const input of this.#graph.inputs) {
      const axis = input.shape.indexOf(dim);
      if (axis < 0) continue;
      const attributes = { start: { type: 'int', value: axis }, end: { type: 'int', value: axis + 1 } } as const;
      this.#once(name, { op: 'Shape', inputs: [input.name], attributes });
      return name;
    }
    throw new BugError(`no input has the dimension ${dim}`);
  }

  #once(name: string, node: Pick<OnnxNode, 'op' | 'inputs' | 'attributes'>): void {
    if (this.#made.has(name)) return;
    this.#made.add(name);
    this.#nodes.push({ ...node, domain: '', outputs: [name] });
  }
}
