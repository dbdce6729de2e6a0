import { expect, it } from 'vitest';
import { packByTraining } from './packing.ts';
import type { PackedTensor } from './parameters.ts';

const PREFIX = 'bert.encoder.layer.0.attention.self.';
const part = (module: string) => ({ name: `${PREFIX}${module}.bias`, shape: [4] });
const packed: PackedTensor = {
  name: `${PREFIX}query+key+value.bias`,
  shape: [12],
  parts: ['query', 'key', 'value'].map(part),
};
const pack = (...trained: string[]) =>
  packByTraining([packed], new Set(trained.map((module) => `${PREFIX}${module}.bias`)));

it('keeps a tensor packed whose parts all learn, or none', () => {
  expect(pack('query', 'key', 'value')).toEqual({ trainable: [packed], frozen: [], pieces: new Map() });
  expect(pack()).toEqual({ trainable: [], frozen: [packed], pieces: new Map() });
});

it('takes a tensor apart of which a part learns, into as few pieces as there are changes', () => {
  const query: PackedTensor = { ...part('query'), parts: [part('query')] };
  const rest: PackedTensor = { name: `${PREFIX}key+value.bias`, shape: [8], parts: ['key', 'value'].map(part) };
  expect(pack('query')).toEqual({
    trainable: [query],
    frozen: [rest],
    pieces: new Map([[packed.name, [query, rest]]]),
  });
  expect(
    pack('key')
      .pieces.get(packed.name)!
      .map(({ name, shape }) => [name.slice(PREFIX.length), shape]),
  ).toEqual([
    ['query.bias', [4]],
    ['key.bias', [4]],
    ['value.bias', [4]],
  ]);
});
