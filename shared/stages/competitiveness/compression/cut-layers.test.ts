import { expect, test } from 'vitest';
import type { RunRecord } from '../results.ts';
import { cutLayers } from './cut-layers.ts';

type Model = NonNullable<ReturnType<Parameters<typeof cutLayers>[1]>>;

const size = (layers: number) => ({ layers, heads: 8, columns: 64, words: 100 });
const from = (sourceId: string, made: Partial<NonNullable<RunRecord['compression']>> = {}): Model => ({
  compression: { parentId: 'R1', sourceId, technique: 'layer-drop', detail: '', ...made },
});
const MODELS: Readonly<Record<string, Model>> = {
  R1: { compression: null },
  C1: from('R1', { change: { before: size(6), after: size(3) } }),
  C2: from('C1', { technique: 'int8' }),
  C3: from('C1', { change: { before: size(3), after: size(2) } }),
  C4: from('R1', { technique: 'int8' }),
  A1: { compression: null, sourceId: 'R1' },
  A2: { compression: null, sourceId: 'C1' },
  A3: { compression: null, sourceId: 'A2' },
  // Adapted models that were made smaller keep their original's source.
  A4: { ...from('A3', { parentId: 'A3', technique: 'int8' }), sourceId: 'A2' },
  A5: { ...from('A1', { parentId: 'A1', change: { before: size(6), after: size(4) } }), sourceId: 'R1' },
  A6: { compression: null, sourceId: 'C9' },
};

test.each([
  ['R1', null],
  ['C1', 3],
  ['C2', 3],
  ['C3', 2],
  ['C4', null],
  ['A1', null],
  ['A2', 3],
  ['A3', 3],
  ['A4', 3],
  ['A5', 4],
  ['A6', null],
])('%s has the layers that the last cut on the way to it left: %s', (id, layers) => {
  expect(cutLayers(MODELS[id]!, (source) => MODELS[source])).toBe(layers);
});
