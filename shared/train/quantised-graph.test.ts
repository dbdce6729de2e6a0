import { expect, test } from 'vitest';
import type { Graph } from '../autodiff/graph.ts';
import { createRng } from '../rng.ts';
import { buildStandaloneGraph, type InferenceSpec, inferenceTensors } from './inference-graph.ts';
import { quantiseGraph, storedInputs } from './quantised-graph.ts';
import { AS_TRAINED, aloneIn, type Storage, storedGroups } from './storage.ts';

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

const LAYERS = spec.encoder.layers;
const INT8: Storage = { ...AS_TRAINED, format: 'int8' };

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
  const graph = quantiseGraph(graphOf(), INT8);
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
  const all = storedGroups(LAYERS);
  expect(all).toEqual([
    'embeddings',
    'layer.0.attention',
    'layer.0.feed-forward',
    'layer.1.attention',
    'layer.1.feed-forward',
  ]);
  const each = all.flatMap((group) => bytesOf(quantiseGraph(graphOf(), aloneIn(INT8, group, LAYERS))));
  expect(each.toSorted()).toEqual(bytesOf(quantiseGraph(graphOf(), INT8)).toSorted());
  const feedForward = bytesOf(quantiseGraph(graphOf(), aloneIn(INT8, 'layer.1.feed-forward', LAYERS)));
  expect(feedForward.filter((name) => name.endsWith('bytes'))).toEqual([
    'bert.encoder.layer.1.intermediate.dense.weight.bytes',
    'bert.encoder.layer.1.output.dense.weight.bytes',
  ]);
});

test('with scales known beforehand every product of bytes has its range; a part that is kept stays float32', () => {
  const inputs = storedInputs(graphOf(), { ...INT8, format: 'int8-static' });
  expect([...inputs.keys()]).toHaveLength(4 + 5);
  const ranges = Object.fromEntries([...inputs.keys()].map((name) => [name, [-1, 3] as [number, number]]));
  const graph = quantiseGraph(graphOf(), { format: 'int8-static', keep: ['layer.0.attention', 'embeddings'], ranges });
  expect([
    count(graph, 'MatMulIntegerToFloat'),
    count(graph, 'QuantizeLinear'),
    count(graph, 'DynamicQuantizeMatMul'),
  ]).toEqual([7, 7, 0]);
  expect(bytesOf(graph).some((name) => /embeddings|layer\.0\.attention/.test(name))).toBe(false);
});

test('in 4 bits a product has half a byte per weight, in blocks of 32 of a row that is filled up with zeros', () => {
  const graph = quantiseGraph(graphOf(), { ...INT8, format: 'int4' });
  expect(count(graph, 'MatMulNBits')).toBe(4 + 5);
  const up = graph.nodes.find(
    ({ op, inputs }) => op === 'MatMulNBits' && inputs[1]!.name.includes('layer.0.intermediate'),
  )!;
  // 16 columns of 8 inputs.
  expect(up.inputs[1]!.shape).toEqual([16, 1, 16]);
  expect(up.attrs).toMatchObject({ K: 8, N: 16, bits: 4, block_size: 32 });
});
