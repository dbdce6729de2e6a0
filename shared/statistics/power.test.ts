import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/experiments.json' with { type: 'json' };
import {
  detectableMean,
  detectableProportion,
  meanPower,
  meanSampleSize,
  proportionPower,
  proportionSampleSize,
} from './power.ts';

describe('power', () => {
  it('of two shares equals statsmodels, and so does the size of an arm', () => {
    for (const { baseline, effect, ratio, level, power, n, powerAt150 } of golden.proportionPower) {
      expect(proportionPower(baseline, effect, 150, { level, ratio })).toBeCloseTo(powerAt150, 9);
      expect(proportionPower(baseline, effect, n, { level, ratio })).toBeCloseTo(power, 6);
      expect(proportionSampleSize(baseline, effect, power, { level, ratio })).toBe(Math.ceil(n));
    }
  });

  it('of two means equals statsmodels, and so do the size of an arm and the effect that can be found', () => {
    for (const { effect, ratio, level, power, n, powerAt8, powerAt150, detectableAt40 } of golden.meanPower) {
      expect(meanPower(effect, 8, { level, ratio })).toBeCloseTo(powerAt8, 6);
      expect(meanPower(effect / 5, 150, { level, ratio })).toBeCloseTo(powerAt150, 8);
      expect(meanSampleSize(effect, power, { level, ratio })).toBe(Math.ceil(n - 1e-6));
      expect(detectableMean(40, power, { level, ratio })).toBeCloseTo(detectableAt40, 5);
    }
  });

  it('names the smallest difference of shares that would be found', () => {
    const up = detectableProportion(0.6, 1200, 0.8, 'up')!;
    expect(proportionPower(0.6, up, 1200)).toBeCloseTo(0.8, 9);
    const down = detectableProportion(0.6, 1200, 0.8, 'down')!;
    expect(proportionPower(0.6, -down, 1200)).toBeCloseTo(0.8, 9);
  });

  it('is undefined without an effect, without units, or beyond 0 and 1', () => {
    expect([
      proportionSampleSize(0.5, 0, 0.8),
      proportionSampleSize(0.95, 0.1, 0.8),
      detectableProportion(0.97, 20, 0.8, 'up'),
      detectableProportion(0.5, 0, 0.8, 'up'),
      meanSampleSize(0, 0.8),
      detectableMean(1, 0.8),
    ]).toEqual([null, null, null, null, null, null]);
  });
});
