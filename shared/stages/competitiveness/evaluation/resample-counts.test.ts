import { describe, expect, it } from 'vitest';
import { createRng } from '../../../rng.ts';
import { resampleCounts } from './resample-counts.ts';

describe('resampling counts', () => {
  it('keeps the total and has the mean and variance of the multinomial', () => {
    const counts = [700, 30, 5, 265];
    const n = 1000;
    const out = new Float64Array(4);
    const rng = createRng(5);
    const draws = 20_000;
    const sum = new Float64Array(4);
    const squares = new Float64Array(4);
    for (let draw = 0; draw < draws; draw++) {
      resampleCounts(counts, out, rng);
      expect(out.reduce((a, b) => a + b, 0)).toBe(n);
      out.forEach((value, i) => {
        sum[i]! += value;
        squares[i]! += value * value;
      });
    }
    counts.forEach((count, i) => {
      const variance = count * (1 - count / n);
      const mean = sum[i]! / draws;
      expect(Math.abs(mean - count)).toBeLessThan(5 * Math.sqrt(variance / draws));
      expect((squares[i]! / draws - mean * mean) / variance).toBeCloseTo(1, 1);
    });
  });
});
