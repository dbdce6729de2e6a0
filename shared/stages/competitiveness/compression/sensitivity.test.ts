import { expect, test } from 'vitest';
import { sensitivity } from './sensitivity.ts';

const actual = Int32Array.of(0, 1);
/** Around their means: ±1 and ±2, so the squares sum to 10. */
const reference = Float32Array.of(1, -1, 3, 7);

test('parts are ranked by how far they move logits relative to their spread; rows that change class are counted', () => {
  const { rows, groups } = sensitivity({
    actual,
    classes: 2,
    reference,
    groups: [
      // A constant in a row changes no answer: only the second row moves, by ±0.5 around its mean.
      { group: 'embeddings', logits: Float32Array.of(6, 4, 3.5, 6.5) },
      // Both logits of the first row change places: squares 2² + 2² = 8.
      { group: 'layer.0.attention', logits: Float32Array.of(-1, 1, 3, 7) },
    ],
  });
  expect(rows).toBe(2);
  expect(groups.map(({ group, changedRows, accuracyChange }) => [group, changedRows, accuracyChange])).toEqual([
    ['layer.0.attention', 1, -0.5],
    ['embeddings', 0, 0],
  ]);
  expect(groups[0]!.logitChange).toBeCloseTo(Math.sqrt(8 / 10), 6);
  expect(groups[1]!.logitChange).toBeCloseTo(Math.sqrt(0.5 / 10), 6);
});

test('no rows and logits of another shape are refused', () => {
  const none = { classes: 2, reference: new Float32Array(0), groups: [] };
  expect(() => sensitivity({ actual: new Int32Array(0), ...none })).toThrow('stats.empty');
  expect(() => sensitivity({ actual, ...none })).toThrow('stats.shape');
});
