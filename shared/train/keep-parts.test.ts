import { expect, it } from 'vitest';
import { evenLayers, leastMissedLayers } from './keep-layers.ts';
import { keepColumns, keepHeads } from './keep-parts.ts';

it('heads of least worth go first over all layers, each layer on its own scale, one staying in each', () => {
  // Norms 5 and 500: as shares of them 0.6, 0.8, 0 and 0.6, 0.8, 0.
  const importance = [Float64Array.of(3, 4, 0), Float64Array.of(300, 400, 0)];
  expect(keepHeads(importance, 2 / 6)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(keepHeads(importance, 3 / 6)).toEqual([[1], [0, 1]]);
  expect(keepHeads(importance, 5 / 6)).toEqual([[1], [1]]);
  expect(keepHeads(importance, 0)).toEqual([
    [0, 1, 2],
    [0, 1, 2],
  ]);
  expect(() => keepHeads(importance, 1)).toThrow('stats.shape');
});

it('columns go in blocks: a layer keeps as many as rank among the best, rounded to the block, at least one block', () => {
  const importance = [Float64Array.of(9, 1, 8, 7, 6, 2), Float64Array.of(0, 0, 0, 0, 0, 5)];
  // Five of twelve stay: four of the first layer, and one of the second, which is less than a block.
  expect(keepColumns(importance, 7 / 12, 2)).toEqual([
    [0, 2, 3, 4],
    [0, 5],
  ]);
});

it('every second layer stays evenly, first and last included, as DistilBERT takes them', () => {
  // transformers, scripts of DistilBERT: 12 → 6.
  expect(evenLayers(12, 6)).toEqual([0, 2, 4, 7, 9, 11]);
  expect(evenLayers(4, 2)).toEqual([0, 3]);
  expect(evenLayers(4, 1)).toEqual([0]);
  expect(() => evenLayers(4, 5)).toThrow('stats.shape');
});

it('layers go one at a time, each round the one that is missed least', async () => {
  const asked: string[] = [];
  const worth = [5, 1, 3, 2];
  const kept = await leastMissedLayers(4, 2, async (layers) => {
    asked.push(layers.join(''));
    return -layers.reduce((sum, layer) => sum + worth[layer]!, 0);
  });
  expect(kept).toEqual([0, 2]);
  expect(asked).toEqual(['123', '023', '013', '012', '23', '03', '02']);
});
