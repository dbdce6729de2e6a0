import { expect, test } from 'vitest';
import type { Graph } from '../autodiff/graph.ts';
import { createRng } from '../rng.ts';
import { buildStandaloneGraph, type InferenceSpec, inferenceTensors } from './inference-graph.ts';
import { quantisedGroups, quantiseGraph } from './quantised-graph.ts';

const spec: InferenceSpec = {
  encoder: {
    vocabSize: 11,
    hiddenSize: 8,
    layers: 2,
    heads: 2,
    intermediateSize: 16,
    maxPositions: 12,
    typeVocabSize: 2,
    layerNormEps: 1e-12,
    activation: 'gelu',
  },
  pooling: 'cls',
  head: 'linear',
  labels: 3,
};

function graphOf(): Graph {
  const rng = createRng(3);
  const tensors = inferenceTensors(spec).map(({ name, shape }) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return [name, Float32Array.from({ length: size }, () => rng.normal())] as const;
  });
  return buildStandaloneGraph(spec, new Map(tensors));
}

const count = ({ nodes }: Graph, op: string) => nodes.filter((node) => node.op === op).length;
const bytesOf = ({ constants }: Graph) =>
  [...constants].filter(([, data]) => data instanceof Uint8Array).map(([{ name }]) => name);

test('every product of a layer and every table becomes bytes; the head and the token types stay float32', () => {
  const graph = quantiseGraph(graphOf(), null);
  // Layer 0: QKV, output, up, down. Layer 1 asks position 0 only: Q apart from KV.
  expect(count(graph, 'DynamicQuantizeMatMul')).toBe(4 + 5);
  expect(graph.nodes.filter(({ op }) => op === 'Gemm').map(({ inputs }) => inputs[1]!.name)).toEqual([
    'bert.embeddings.token_type_embeddings.weight',
    'classifier.weight',
  ]);
  expect(bytesOf(graph).filter((name) => name.includes('embeddings'))).toEqual([
    'bert.embeddings.word_embeddings.weight.bytes',
    'bert.embeddings.position_embeddings.weight.bytes',
  ]);
});

test('groups together are the whole, and one group is its own weights only', () => {
  const all = quantisedGroups(spec.encoder.layers);
  expect(all).toEqual([
    'embeddings',
    'layer.0.attention',
    'layer.0.feed-forward',
    'layer.1.attention',
    'layer.1.feed-forward',
  ]);
  const each = all.flatMap((group) => bytesOf(quantiseGraph(graphOf(), new Set([group]))));
  expect(each.toSorted()).toEqual(bytesOf(quantiseGraph(graphOf(), null)).toSorted());
  const feedForward = bytesOf(quantiseGraph(graphOf(), new Set(['layer.1.feed-forward'])));
  expect(feedForward.filter((name) => name.endsWith('bytes'))).toEqual([
    'bert.encoder.layer.1.intermediate.dense.weight.bytes',
    'bert.encoder.layer.1.output.dense.weight.bytes',
  ]);
});
