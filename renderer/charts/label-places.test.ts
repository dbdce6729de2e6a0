import { expect, it } from 'vitest';
import { placeLabels, textWidth } from './label-places.ts';

it('counts a Chinese character as one em and a Latin one as three fifths', () => {
  expect([textWidth('价格', 12), Number(textWidth('ab', 12).toFixed(2))]).toEqual([24, 14.88]);
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

it('shares the least crowded places where none is free', () => {
  // Too narrow for right and left: four places are left for eight names.
  const crowd = Array.from({ length: 8 }, () => ({ x: 30, y: 50, text: '价格' }));
  const places = placeLabels(crowd, 60, 12).map(({ y, anchor }) => `${anchor} ${y}`);
  const round = ['start 42', 'start 66', 'end 42', 'end 66'];
  expect(places).toEqual([...round, ...round]);
});
