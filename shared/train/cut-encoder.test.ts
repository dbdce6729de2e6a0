import { describe, expect, it } from 'vitest';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { createRng } from '../rng.ts';
import { cutEncoder, keepAll } from './cut-encoder.ts';
import { buildStandaloneGraph, type InferenceSpec, inferenceTensors } from './inference-graph.ts';
import { layerPrefix } from './parameters.ts';
import type { EncoderConfig, NamedTensor, NamedTensors, Pooling } from './spec.ts';
import { structureAfter, structured } from './structure.ts';

const CONFIG: EncoderConfig = {
  vocabSize: 9,
  hiddenSize: 6,
  layers: 3,
  heads: 3,
  intermediateSize: 4,
  maxPositions: 5,
  typeVocabSize: 2,
  layerNormEps: 1e-5,
  activation: 'gelu',
};
const LABELS = 2;
const [ROWS, LENGTH] = [2, 4];

const specOf = (encoder: EncoderConfig, pooling: Pooling): InferenceSpec => ({
  encoder,
  pooling,
  head: 'linear',
  labels: LABELS,
});

function randomWeights(): Map<string, NamedTensor> {
  const rng = createRng(11);
  const parts = inferenceTensors(specOf(CONFIG, 'mean')).flatMap((tensor) => tensor.parts);
  return new Map(
    parts.map(({ name, shape }) => {
      const size = shape.reduce((product, dim) => product * dim, 1);
      return [name, { shape, data: Float32Array.from({ length: size }, () => rng.normal()) }] as const;
    }),
  );
}

function logitsOf(config: EncoderConfig, weights: NamedTensors, pooling: Pooling, ids: readonly number[]) {
  const spec = specOf(config, pooling);
  const tensors = inferenceTensors(spec).map(({ name, parts }) => {
    for (const part of parts) expect(weights.get(part.name)?.shape, part.name).toEqual(part.shape);
    return [name, Float32Array.from(parts.flatMap((part) => [...weights.get(part.name)!.data]))] as const;
  });
  const graph = buildStandaloneGraph(spec, new Map(tensors));
  const types = Array.from({ length: ROWS * LENGTH * 2 }, (_, at) => (at % 2 === 0 ? 1 : 0));
  const feeds = {
    word_index: dense([ROWS * LENGTH], ids),
    position_index: dense([LENGTH], [0, 1, 2, 3]),
    token_types: dense([ROWS * LENGTH, 2], types),
    attention_bias: dense([ROWS, 1, 1, LENGTH], [0, 0, 0, 0, 0, 0, 0, -1e9]),
    cls_index: dense([ROWS], [0, LENGTH]),
    pool_weights: dense([ROWS, 1, LENGTH], [0.25, 0.25, 0.25, 0.25, 1 / 3, 1 / 3, 1 / 3, 0]),
  };
  return [...evaluateGraph(graph, feeds, { rows: ROWS, length: LENGTH }).get('logits')!.data];
}

const IDS = [1, 4, 6, 2, 1, 8, 4, 0];

function zeroColumns(weights: Map<string, NamedTensor>, name: string, from: number, to: number): void {
  const { shape, data } = weights.get(name)!;
  weights.set(name, {
    shape,
    data: data.map((value, at) => (at % shape[1]! >= from && at % shape[1]! < to ? 0 : value)),
  });
}

describe.each(['cls', 'mean'] as const)('pooling %s', (pooling) => {
  it('a head whose output reaches nothing can go, and nothing changes', () => {
    const weights = randomWeights();
    const kept = keepAll(CONFIG);
    // Head 1 has channels 2 and 3.
    for (const layer of [0, 2]) zeroColumns(weights, `${layerPrefix(layer)}attention.output.dense.weight`, 2, 4);
    const without = kept.layers.map((one) => (one.layer === 1 ? one : { ...one, heads: [0, 2] }));
    const cut = cutEncoder(CONFIG, weights, { ...kept, layers: without });
    expect(cut.config.layerSizes?.map(({ heads }) => heads)).toEqual([2, 3, 2]);
    const [before, after] = [logitsOf(CONFIG, weights, pooling, IDS), logitsOf(cut.config, cut.weights, pooling, IDS)];
    after.forEach((value, at) => {
      expect(value).toBeCloseTo(before[at]!, 10);
    });
  });

  it('a feed-forward column whose output reaches nothing can go, and nothing changes', () => {
    const weights = randomWeights();
    const kept = keepAll(CONFIG);
    for (const layer of [1, 2]) zeroColumns(weights, `${layerPrefix(layer)}output.dense.weight`, 0, 2);
    const without = kept.layers.map((one) => (one.layer === 0 ? one : { ...one, columns: [2, 3] }));
    const cut = cutEncoder(CONFIG, weights, { ...kept, layers: without });
    expect(cut.config.layerSizes?.map(({ intermediateSize }) => intermediateSize)).toEqual([4, 2, 2]);
    const [before, after] = [logitsOf(CONFIG, weights, pooling, IDS), logitsOf(cut.config, cut.weights, pooling, IDS)];
    after.forEach((value, at) => {
      expect(value).toBeCloseTo(before[at]!, 10);
    });
  });

  it('words that no text has can go: the ids are renumbered, the answers are the same bit for bit', () => {
    const weights = randomWeights();
    const tokens = [0, 1, 2, 4, 6, 8];
    const cut = cutEncoder(CONFIG, weights, { ...keepAll(CONFIG), tokens });
    expect(cut.config).toEqual({ ...CONFIG, vocabSize: 6 });
    const renumbered = IDS.map((id) => tokens.indexOf(id));
    expect(logitsOf(cut.config, cut.weights, pooling, renumbered)).toEqual(logitsOf(CONFIG, weights, pooling, IDS));
  });

  it('without layer 1 the answers are those of an encoder that never had it', () => {
    const weights = randomWeights();
    const kept = keepAll(CONFIG);
    const cut = cutEncoder(CONFIG, weights, { ...kept, layers: [kept.layers[0]!, kept.layers[2]!] });
    expect(cut.config).toEqual({ ...CONFIG, layers: 2 });
    // Layer 1 as the identity: it adds nothing to what goes by, and its norms, of scale 1, find it normalised already
    // by layer 0's own norm of scale 1.
    const same = new Map(weights);
    const set = (name: string, value: number) => {
      const { shape, data } = same.get(name)!;
      same.set(name, { shape, data: data.map(() => value) });
    };
    for (const [prefix, place] of [
      [0, 'output.'],
      [1, 'attention.output.'],
      [1, 'output.'],
    ] as const) {
      set(`${layerPrefix(prefix)}${place}LayerNorm.weight`, 1);
      set(`${layerPrefix(prefix)}${place}LayerNorm.bias`, 0);
    }
    for (const module of ['attention.output.dense', 'output.dense']) {
      set(`${layerPrefix(1)}${module}.weight`, 0);
      set(`${layerPrefix(1)}${module}.bias`, 0);
    }
    const without = cutEncoder(CONFIG, same, { ...kept, layers: [kept.layers[0]!, kept.layers[2]!] });
    const [whole, fewer] = [
      logitsOf(CONFIG, same, pooling, IDS),
      logitsOf(without.config, without.weights, pooling, IDS),
    ];
    fewer.forEach((value, at) => {
      expect(value).toBeCloseTo(whole[at]!, 3);
    });
  });
});

it('a cut of a cut keeps count of the base: its layers and token ids are found again', () => {
  const weights = randomWeights();
  const first = { ...keepAll(CONFIG), tokens: [0, 1, 2, 4, 6, 8] };
  const once = cutEncoder(CONFIG, weights, first);
  const structure = structureAfter(once.config, first, null);
  const second = { layers: [{ layer: 2, heads: [0], columns: [1, 3] }], tokens: [0, 1, 3, 5] };
  const twice = cutEncoder(once.config, once.weights, second);
  const result = structureAfter(twice.config, second, structure.tokens);
  expect(result).toEqual({ layers: [{ heads: 1, intermediateSize: 2 }], tokens: [0, 1, 4, 8] });
  expect(structured(CONFIG, result)).toEqual(twice.config);
});

it('refuses to leave nothing of a kind', () => {
  const kept = keepAll(CONFIG);
  const empty = kept.layers.map((layer) => ({ ...layer, heads: [] }));
  expect(() => cutEncoder(CONFIG, randomWeights(), { ...kept, layers: empty })).toThrow('model.unsupported');
  expect(() => cutEncoder(CONFIG, randomWeights(), { ...kept, layers: [] })).toThrow('model.unsupported');
});
