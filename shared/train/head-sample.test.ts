import { expect, test } from 'vitest';
import { headEffort, headSample } from './head-sample.ts';

const counts = (rows: Int32Array, labels: readonly number[], classes: number) =>
  Array.from({ length: classes }, (_, k) => rows.filter((row) => labels[row] === k).length);
/** 600, 300, 97 and 3 rows of four classes, one after another. */
const LABELS = [600, 300, 97, 3].flatMap((count, k) => Array<number>(count).fill(k));

test('every class keeps its share, and a rare class all that it has', () => {
  const rows = headSample(LABELS, 4, { rows: 100, perClass: 4 }, 0);
  expect(counts(rows, LABELS, 4)).toEqual([60, 30, 10, 3]);
  expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
});

test('many classes get their fewest rows each, though that is more than was asked for', () => {
  const labels = Array.from({ length: 2000 }, (_, row) => row % 100);
  expect(counts(headSample(labels, 100, { rows: 50, perClass: 4 }, 1), labels, 100)).toEqual(Array(100).fill(4));
});

test('thousands of classes do not make thousands of rows more', () => {
  const labels = Array.from({ length: 20_000 }, (_, row) => row % 1000);
  expect(headSample(labels, 1000, { rows: 128, perClass: 20 }, 0)).toHaveLength(3000);
});

test('few rows are all taken; a class without rows has none', () => {
  expect([...headSample([0, 2, 2], 3, { rows: 3, perClass: 1 }, 0)]).toEqual([0, 1, 2]);
  const rows = headSample([0, 2, 2, 0, 2, 2], 3, { rows: 3, perClass: 1 }, 0);
  expect(counts(rows, [0, 2, 2, 0, 2, 2], 3)).toEqual([1, 0, 2]);
});

test('the same seed gives the same rows, another seed others', () => {
  const draw = (seed: number) => [...headSample(LABELS, 4, { rows: 100, perClass: 4 }, seed)];
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5)).not.toEqual(draw(6));
});

test('a classifier that learns alone is made of more rows than one whose encoder learns with it', () => {
  const alone = headEffort({ method: { type: 'head' } }, undefined);
  const full = { method: { type: 'full', freezeEmbeddings: true } } as const;
  const together = headEffort(full, undefined);
  expect(alone.rows).toBeGreaterThan(10 * together.rows);
  expect(alone.tolerance).toBeLessThan(together.tolerance);
  expect(headEffort(full, 'regression')).toEqual(alone);
});
