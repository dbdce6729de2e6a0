import { expect, it } from 'vitest';
import { linearScale, roundTicks } from './scale.ts';

it('maps a range to pixels, also downwards', () => {
  const scale = linearScale([0, 10], [100, 0]);
  expect([0, 2.5, 10].map(scale)).toEqual([100, 75, 0]);
});

it('puts everything in the middle when the data is one point', () => {
  expect(linearScale([3, 3], [0, 80])(3)).toBe(40);
});

it('chooses round ticks inside the range', () => {
  expect([roundTicks(0, 0.33, 3), roundTicks(91.7, 94.2, 3), roundTicks(4, 4, 3)]).toEqual([
    [0, 0.2],
    [92, 93, 94],
    [4],
  ]);
});
