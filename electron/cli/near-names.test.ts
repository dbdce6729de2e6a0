import { expect, test } from 'vitest';
import { editDistance, nearNames } from './near-names.ts';

test.each([
  ['kitten', 'sitting', 3],
  ['saturday', 'sunday', 3],
  ['flaw', 'lawn', 2],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['same', 'same', 0],
])('%s becomes %s with %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
});

const NAMES = ['jobs.get', 'jobs.pause', 'competitiveness.train', 'competitiveness.trainTask', 'adaptation.adapt'];

test('a word that was typed wrong, or without its part, finds its name', () => {
  expect(nearNames('competitivness.train', NAMES, 2)).toEqual(['competitiveness.train', 'competitiveness.trainTask']);
  expect(nearNames('train', NAMES, 1)).toEqual(['competitiveness.train']);
  expect(nearNames('job.pause', NAMES, 1)).toEqual(['jobs.pause']);
});
