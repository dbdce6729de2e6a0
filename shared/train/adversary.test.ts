import { describe, expect, it } from 'vitest';
import { ascend, attackPlan, firstShift } from './adversary.ts';

const FREELB = attackPlan({ type: 'freelb', steps: 3, stepSize: 0.5, initialSize: 0.6, limit: 1 }, 4);
const BATCH = {
  rows: 2,
  length: 2,
  inputIds: Int32Array.from([5, 6, 7, 0]),
  attentionMask: Uint8Array.from([1, 1, 1, 0]),
};
const HIDDEN = 3;

describe('passes of an update', () => {
  it('FGM takes two that both count; PGD counts the clean and the last; FreeLB shares the loss among all', () => {
    const counted = (plan: ReturnType<typeof attackPlan>) =>
      Array.from({ length: plan.passes }, (_, pass) => Number(plan.counts(pass))).join('');
    expect(counted(attackPlan({ type: 'fgm', epsilon: 1 }, 0))).toBe('11');
    expect(counted(attackPlan({ type: 'pgd', steps: 3, stepSize: 0.3, epsilon: 1 }, 0))).toBe('1001');
    expect([counted(FREELB), FREELB.weight]).toEqual(['111', 1 / 3]);
  });
});

describe('the shift', () => {
  it('moves each text by the step along its own gradient, and a text without a gradient not at all', () => {
    const shift = Float32Array.from([0, 0, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0]);
    ascend(FREELB, shift, Float32Array.from([3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]), 2);
    [0.3, 0, 0, 0, 0.4, 0, 0.2].forEach((value, i) => {
      expect(shift[i]).toBeCloseTo(value, 6);
    });
  });

  it('never leaves the ball of its limit', () => {
    const shift = new Float32Array(12);
    for (let pass = 0; pass < 4; pass++)
      ascend(
        FREELB,
        shift,
        Float32Array.from({ length: 12 }, (_, i) => i + 1),
        2,
      );
    expect(Math.hypot(...shift.subarray(0, 6))).toBeCloseTo(1, 6);
    expect(Math.hypot(...shift.subarray(6))).toBeCloseTo(1, 6);
  });

  it('begins within ±size/√(tokens × hidden), at 0 in padding, the same for the same update only', () => {
    const shift = firstShift(FREELB, BATCH, HIDDEN, 7);
    expect([...shift.subarray(9)]).toEqual([0, 0, 0]);
    for (const value of shift.subarray(0, 6)) expect(Math.abs(value)).toBeLessThanOrEqual(0.6 / Math.sqrt(6));
    for (const value of shift.subarray(6, 9)) expect(Math.abs(value)).toBeLessThanOrEqual(0.6 / Math.sqrt(3));
    expect(shift.filter((value) => value === 0)).toHaveLength(3);
    expect(firstShift(FREELB, BATCH, HIDDEN, 7)).toEqual(shift);
    expect(firstShift(FREELB, BATCH, HIDDEN, 8)).not.toEqual(shift);
  });
});
