import { expect, test } from 'vitest';
import { chooseSamples } from './choose-samples.ts';

const LABELS = [0, 0, 0, 0, 0, 0, 1, 1, 2];

test('every class is there before one is there twice', () => {
  const classes = (rows: readonly number[]) => rows.map((row) => LABELS[row]).sort();
  expect(classes(chooseSamples(LABELS, 3, 1))).toEqual([0, 1, 2]);
  expect(classes(chooseSamples(LABELS, 5, 1))).toEqual([0, 0, 1, 1, 2]);
  expect(classes(chooseSamples(LABELS, 6, 9))).toEqual([0, 0, 0, 1, 1, 2]);
});

test('the seed decides, and nothing is taken twice or from nowhere', () => {
  expect(chooseSamples(LABELS, 3, 5)).toEqual(chooseSamples(LABELS, 3, 5));
  expect(chooseSamples(LABELS, 100, 5)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(chooseSamples([], 20, 5)).toEqual([]);
});
