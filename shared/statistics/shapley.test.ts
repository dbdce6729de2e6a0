import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/tables.json' with { type: 'json' };
import { createRng } from '../rng.ts';
import { shapleyValues } from './shapley.ts';

const { weights, background, row, values, base, total } = golden.shapley;

/** The worth that the fixture's game gives to a row. */
function worth(x: readonly number[]): number {
  const sum = x.reduce((before, value, i) => before + value * weights[i]!, 0);
  return sum + 2 * x[0]! * x[1]! - x[2]! * x[3]! * x[4]! + Math.max(0, x[5]!);
}
const coalitionWorth = (mask: Uint8Array) =>
  background.reduce((sum, other) => sum + worth(row.map((own, i) => (mask[i] === 1 ? own : other[i]!))), 0) /
  background.length;

describe('Shapley values', () => {
  it('are those of the definition and of shap where every coalition is asked', () => {
    const found = shapleyValues(6, coalitionWorth, 64, createRng(1));
    expect(found).toMatchObject({ exact: true, coalitions: 64 });
    expect(found.base).toBeCloseTo(base, 10);
    expect(found.total).toBeCloseTo(total, 10);
    for (const [i, value] of values.entries()) expect(found.values[i]).toBeCloseTo(value, 8);
  });

  it('add up to the whole to 1e-6 and come near where coalitions are sampled', () => {
    // Twelve players, of whom the last six do nothing.
    const found = shapleyValues(12, (mask) => coalitionWorth(mask.slice(0, 6)), 1200, createRng(2));
    expect(found.exact).toBe(false);
    expect(found.coalitions).toBeLessThanOrEqual(1200);
    const sum = found.values.reduce((before, value) => before + value, 0);
    expect(Math.abs(found.base + sum - found.total)).toBeLessThan(1e-6);
    for (const [i, value] of [...values, 0, 0, 0, 0, 0, 0].entries()) {
      expect(Math.abs(found.values[i]! - value)).toBeLessThan(0.15);
    }
  });

  it('are exact for an additive game however few coalitions are asked, and for one player', () => {
    const additive = (mask: Uint8Array) => mask.reduce((sum, bit, i) => sum + bit * (i + 1), 3);
    const found = shapleyValues(15, additive, 60, createRng(3));
    for (const [i, value] of found.values.entries()) expect(value).toBeCloseTo(i + 1, 6);
    expect([...shapleyValues(1, additive, 2, createRng(4)).values]).toEqual([1]);
    expect(() => shapleyValues(0, additive, 2, createRng(4))).toThrow('stats.shape');
  });
});
