import { describe, expect, it } from 'vitest';
import { createRng } from '../../../rng.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import { compareRecall, nearestAgree } from './nearest.ts';

/** Unit vectors at these angles in degrees. */
const at = (...angles: number[]) =>
  Float32Array.from(angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]));

describe('nearest neighbours', () => {
  it('agree where the most similar other row has the label; a label of one row is left out', () => {
    // 0° and 10° are each other's nearest, 30° is nearest to 10°, 90° to 80°, 200° to 90°.
    const labels = Int32Array.of(0, 0, 1, 2, 2, 3);
    expect([...nearestAgree(at(0, 10, 30, 80, 90, 200), labels)]).toEqual([1, 1, -1, 1, 1, -1]);
    expect([...nearestAgree(at(0, 80, 10, 90), Int32Array.of(0, 0, 1, 1))]).toEqual([0, 0, 0, 0]);
  });

  it('are compared on the same rows, with the intervals of a proportion and of a paired difference', () => {
    const before = Int8Array.from({ length: 101 }, (_, i) => (i === 100 ? -1 : Number(i < 60)));
    const after = Int8Array.from({ length: 101 }, (_, i) => (i === 100 ? -1 : Number(i < 80)));
    const found = compareRecall(before, after, createRng(1))!;
    expect(found).toMatchObject({ rows: 100, before: { value: 0.6 }, after: { value: 0.8 } });
    expect([found.after.low, found.after.high]).toEqual(wilsonInterval(80, 100));
    expect(found.difference.value).toBeCloseTo(0.2, 12);
    // 20 of 100 rows are gained and none lost: ± 1.96·√(0.2·0.8/100).
    expect(found.difference.low).toBeCloseTo(0.2 - 1.96 * 0.04, 1);
    expect(found.difference.low).toBeGreaterThan(0.1);
    expect(compareRecall(Int8Array.of(-1), Int8Array.of(-1), createRng(1))).toBeNull();
  });
});
