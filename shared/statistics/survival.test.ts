import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/service.json' with { type: 'json' };
import { kaplanMeier, medianSurvival } from './kaplan-meier.ts';
import { quantileWithInterval } from './quantile-interval.ts';

describe('Kaplan and Meier', () => {
  it('give the curve, its log-log interval and the median with its interval of lifelines', () => {
    for (const { times, observed, points, median, low, high } of golden.survival) {
      const curve = kaplanMeier(times, observed);
      expect(curve.map(({ time, atRisk }) => [time, atRisk])).toEqual(points.map(({ time, atRisk }) => [time, atRisk]));
      curve.forEach((point, at) => {
        const expected = points[at]!;
        expect(point.surviving).toBeCloseTo(expected.surviving, 10);
        if (point.surviving === 0) return;
        expect([point.low, point.high]).toEqual([expect.closeTo(expected.low, 10), expect.closeTo(expected.high, 10)]);
      });
      expect(medianSurvival(curve)).toEqual({ value: median, low, high });
    }
  });

  it('have no median where fewer than half had the event, and none without events', () => {
    expect(medianSurvival(kaplanMeier([1, 2, 3, 4, 5], [true, true, false, false, false])).value).toBeNull();
    expect(kaplanMeier([1, 2], [false, false])).toEqual([]);
    expect(medianSurvival([])).toEqual({ value: null, low: null, high: null });
  });
});

describe('a quantile with an order-statistic interval', () => {
  it('is that of scipy quantile_test', () => {
    for (const { values, p, ...expected } of golden.quantiles) {
      const found = quantileWithInterval(values, p);
      expect(found).toEqual({ value: expect.closeTo(expected.value, 9), low: expected.low, high: expected.high });
    }
  });

  it('has no bounds where there are too few values, and no value for none', () => {
    expect(quantileWithInterval([1, 2, 3], 0.5)).toEqual({ value: 2, low: null, high: null });
    expect(quantileWithInterval([], 0.5)).toEqual({ value: null, low: null, high: null });
  });
});
