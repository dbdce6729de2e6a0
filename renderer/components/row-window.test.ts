import { expect, it } from 'vitest';
import { pagesOf, visibleRange } from './row-window.ts';

it('gives the rows on the screen and a margin around them', () => {
  expect(visibleRange(4400, 440, 44, 100_000, 5)).toEqual([95, 115]);
});

it('stays inside the list at both ends, and in an empty one', () => {
  expect([
    visibleRange(0, 440, 44, 3, 5),
    visibleRange(9_000_000, 440, 44, 100_000, 5),
    visibleRange(0, 440, 44, 0, 5),
  ]).toEqual([
    [0, 3],
    [100_000, 100_000],
    [0, 0],
  ]);
});

it('names every page that a range touches', () => {
  expect([pagesOf([95, 115], 100), pagesOf([0, 100], 100), pagesOf([5, 5], 100)]).toEqual([[0, 1], [0], []]);
});
