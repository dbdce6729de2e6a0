import { expect, test } from 'vitest';
import { worstClasses } from './worst-classes.ts';

test('Classes come by rows missed plus rows wrongly given to them, most first, and no more than asked for', () => {
  const counts = [
    [9, 0, 1],
    [0, 5, 0],
    [3, 0, 7],
  ];
  expect(worstClasses(counts, 2)).toEqual([0, 2]);
  expect(worstClasses(counts, 9)).toEqual([0, 2, 1]);
});
