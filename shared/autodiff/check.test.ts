import { expect, it } from 'vitest';
import { Builder } from './builder.ts';
import { checkGraph } from './check.ts';
import type { Graph } from './graph.ts';

function sample(): Graph {
  const b = new Builder();
  const x = b.input('x', 'float32', ['rows', 2]);
  return b.graph({ y: b.op('Exp', [b.op('Neg', [x])]) });
}

const refused = (graph: Graph) =>
  expect(() => checkGraph(graph)).toThrow(expect.objectContaining({ code: 'autodiff.graph' }));

it('accepts a graph as the builder makes it', () => {
  expect(() => checkGraph(sample())).not.toThrow();
});

it('refuses a value that is used before it is defined', () => {
  const graph = sample();
  refused({ ...graph, nodes: graph.nodes.toReversed() });
});

it('refuses a type that differs from what the rule infers', () => {
  const graph = sample();
  const [first, last] = graph.nodes;
  const wrong = { ...last!, outputs: [{ ...last!.outputs[0]!, shape: ['rows', 3] }] };
  refused({ ...graph, nodes: [first!, wrong] });
});

it('refuses two values of one name', () => {
  const graph = sample();
  refused({ ...graph, inputs: [...graph.inputs, { ...graph.inputs[0]!, id: 99 }] });
});

it('refuses a constant whose data does not fill its shape', () => {
  const b = new Builder();
  refused(b.graph({ y: b.op('Neg', [b.constant('c', Float32Array.of(1, 2), [3])]) }));
});

it('refuses a symbolic dimension that no input has', () => {
  const b = new Builder();
  refused(b.graph({ y: b.filled(['rows'], 1) }));
});
