import { AppError } from '../errors/app-error.ts';
import { type Graph, sameShape, type Value } from './graph.ts';
import { OPS } from './ops.ts';

/** Verifies a graph before it is lowered: every value defined once and before use, every type as its rule infers it,
 *  unique names, every symbolic dimension bound by an input. @throws AppError 'autodiff.graph' */
export function checkGraph(graph: Graph): void {
  const fail = (problem: string): never => {
    throw new AppError('autodiff.graph', { problem });
  };
  const defined = new Set<Value>();
  const names = new Set<string>();
  const define = (value: Value) => {
    if (names.has(value.name)) fail(`two values are named ${value.name}`);
    names.add(value.name);
    defined.add(value);
  };
  const symbols = new Set(graph.inputs.flatMap(({ shape }) => shape.filter((dim) => typeof dim === 'string')));
  for (const value of graph.inputs) define(value);
  for (const [value, data] of graph.constants) {
    const size = value.shape.reduce<number>((product, dim) => product * Number(dim), 1);
    if (data.length !== size) fail(`constant ${value.name} has ${data.length} elements for [${value.shape}]`);
    define(value);
  }
  for (const node of graph.nodes) {
    for (const value of node.inputs)
      if (!defined.has(value)) fail(`${node.op} uses ${value.name} before it is defined`);
    const types = OPS[node.op].infer(node.inputs, node.attrs);
    for (const [i, output] of node.outputs.entries()) {
      const type = types[i];
      if (type === undefined || type.dtype !== output.dtype || !sameShape(type.shape, output.shape)) {
        fail(`${node.op} output ${i} is [${output.shape}], its rule says [${type?.shape}]`);
      }
      for (const dim of output.shape) {
        if (typeof dim !== 'string') continue;
        for (const factor of dim.split('*')) {
          if (Number.isNaN(Number(factor)) && !symbols.has(factor)) fail(`no input has the dimension ${factor}`);
        }
      }
      define(output);
    }
  }
  for (const [name, value] of graph.outputs) if (!defined.has(value)) fail(`output ${name} is not defined`);
}
