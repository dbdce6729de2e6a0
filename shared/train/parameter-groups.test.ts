import { expect, it } from 'vitest';
import { depthOf, layerRate } from './parameter-groups.ts';
import { unfrozenInEpoch, unfrozenNames } from './unfreezing.ts';

it('rates by depth are those of electra’s formula: the head at the rate itself, the top layer at decay², the embeddings lowest', () => {
  // model/optimization.py: learning_rate * layer_decay ** (n_layers + 2 - depth), embeddings 0, layer i at i + 1, task-specific n_layers + 2.
  const names = [
    'bert.embeddings.LayerNorm.bias',
    'bert.encoder.layer.0.output.dense.weight',
    'bert.encoder.layer.3.x',
    'classifier.weight',
    'bert.pooler.dense.weight',
  ];
  expect(names.map((name) => depthOf(name, 4))).toEqual([0, 1, 4, 6, 6]);
  expect(names.map((name) => layerRate(depthOf(name, 4), 4, 0.5))).toEqual([0.5 ** 6, 0.5 ** 5, 0.5 ** 2, 1, 1]);
});

it('layers are unfrozen from the top, one an epoch, then the embeddings', () => {
  expect([6, 4, 3, 1, 0].map((depth) => unfrozenInEpoch(depth, 4))).toEqual([0, 0, 1, 3, 4]);
  const names = new Set(['classifier.bias', 'bert.encoder.layer.1.x', 'bert.encoder.layer.0.x', 'bert.embeddings.x']);
  expect([0, 1, 2].map((epoch) => unfrozenNames(names, 2, epoch).size)).toEqual([2, 3, 4]);
});
