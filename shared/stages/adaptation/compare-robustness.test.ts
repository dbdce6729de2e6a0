import { expect, it } from 'vitest';
import { createRng } from '../../rng.ts';
import { compareRobustness, type PairedChange } from './compare-robustness.ts';

it('counts answers that moved, and their difference', () => {
  const pairs = [
    { row: 1, moved: false, referenceMoved: true },
    { row: 1, moved: true, referenceMoved: true },
    { row: 2, moved: false, referenceMoved: true },
    { row: 3, moved: false, referenceMoved: false },
  ];
  const found = compareRobustness(pairs, 200, 1)!;
  expect(found).toMatchObject({ changes: 4, texts: 3, moved: 1 / 4, referenceMoved: 3 / 4 });
  expect(found.difference.value).toBeCloseTo(-1 / 2, 12);
  expect(compareRobustness(pairs, 200, 1)).toEqual(found);
});

it('says nothing without changes', () => {
  expect(compareRobustness([], 200, 1)).toBeNull();
});

// With one change a row the bootstrap's deviation is √(Σ(d − d̄)²/n)/√n, the plug-in error of a mean.
it('its interval is that of a mean of paired differences', () => {
  const rng = createRng(5);
  const pairs: PairedChange[] = Array.from({ length: 400 }, (_, row) => ({
    row,
    moved: rng.float() < 0.1,
    referenceMoved: rng.float() < 0.3,
  }));
  const { difference } = compareRobustness(pairs, 4000, 2)!;
  const each = pairs.map(({ moved, referenceMoved }) => Number(moved) - Number(referenceMoved));
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
  const error = Math.sqrt(each.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / each.length;
  expect(difference.low).toBeCloseTo(mean - 1.96 * error, 2);
  expect(difference.high).toBeCloseTo(mean + 1.96 * error, 2);
});

it('changes of one row are drawn together: repeating every change makes the interval no narrower', () => {
  const once: PairedChange[] = Array.from({ length: 60 }, (_, row) => ({
    row,
    moved: row % 5 === 0,
    referenceMoved: row % 3 === 0,
  }));
  const thrice = [...once, ...once, ...once];
  expect(compareRobustness(thrice, 500, 3)!.difference).toEqual(compareRobustness(once, 500, 3)!.difference);
});
