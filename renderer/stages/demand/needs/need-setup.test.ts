import { expect, it } from 'vitest';
import { mergeNeeds, renameNeed, takeApart } from './need-setup.ts';

const NEEDS = [
  { id: 'a', name: 'A', topicIds: ['t1'], items: [] },
  { id: 'b', name: 'B', topicIds: ['t2'], items: [{ datasetId: 'd1', columnId: 'c0' }] },
  { id: 'c', name: 'C', topicIds: ['t3'], items: [] },
];

it('merges into the first need, which keeps id and place and takes over topics and items', () => {
  expect(mergeNeeds(NEEDS, ['b', 'a'], 'Both')).toEqual([
    { id: 'a', name: 'Both', topicIds: ['t1', 't2'], items: [{ datasetId: 'd1', columnId: 'c0' }] },
    NEEDS[2],
  ]);
});

it('keeps the name of the first where none is given, and changes nothing for unknown needs', () => {
  expect([mergeNeeds(NEEDS, ['b', 'c'], null)[1]?.name, mergeNeeds(NEEDS, ['x'], 'X')]).toEqual(['B', NEEDS]);
});

it('renames one need and takes one apart', () => {
  expect([renameNeed(NEEDS, 'c', 'New')[2]?.name, takeApart(NEEDS, 'b').map(({ id }) => id)]).toEqual([
    'New',
    ['a', 'c'],
  ]);
});
