import { expect, it } from 'vitest';
import { placeLabels, textWidth } from './label-places.ts';

it('counts a Chinese character as one em and a Latin one as a little more than half', () => {
  expect([textWidth('价格', 12), Number(textWidth('ab', 12).toFixed(2))]).toEqual([24, 13.44]);
});

it('puts a label at the right of its point when there is room', () => {
  expect(placeLabels([{ x: 50, y: 50, text: '价格' }], 200, 12)).toEqual([{ x: 59, y: 54, anchor: 'start' }]);
});

it('turns to the left at the right edge', () => {
  expect(placeLabels([{ x: 190, y: 50, text: '价格' }], 200, 12)).toEqual([{ x: 181, y: 54, anchor: 'end' }]);
});

it('gives two points at one place different label places', () => {
  const [a, b] = placeLabels(
    [
      { x: 100, y: 50, text: '价格' },
      { x: 100, y: 50, text: '速度' },
    ],
    200,
    12,
  );
  expect(a).not.toEqual(b);
});
