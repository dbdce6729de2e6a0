import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/experiments.json' with { type: 'json' };
import { chiSquaredTail } from './chi-squared.ts';
import { holmAdjusted } from './holm.ts';
import { meanAndDeviation, meanDifference } from './mean-difference.ts';
import { proportionDifference } from './proportion-difference.ts';
import { sampleRatioTest } from './sample-ratio.ts';
import { studentTTails } from './student-t.ts';

function arm(values: readonly number[]) {
  const { n, mean, sd } = meanAndDeviation(values);
  return { n, mean: mean!, sd: sd! };
}

describe('two arms', () => {
  it('have the share difference, interval and p of statsmodels', () => {
    for (const { group, reference, level, low, high, p } of golden.proportions) {
      const found = proportionDifference(
        { successes: group[0]!, n: group[1]! },
        { successes: reference[0]!, n: reference[1]! },
        level,
      )!;
      expect([found.low, found.high]).toEqual([expect.closeTo(low, 10), expect.closeTo(high, 10)]);
      if (p === null) expect(found.p).toBeNull();
      else expect(Math.abs(found.p! / p - 1)).toBeLessThan(1e-9);
    }
  });

  it("have the interval of Newcombe's table for 56/70 against 48/80 and 9/10 against 3/10", () => {
    // Newcombe 1998, Statistics in Medicine 17, table II, method 10.
    const first = proportionDifference({ successes: 56, n: 70 }, { successes: 48, n: 80 })!;
    expect([first.low.toFixed(4), first.high.toFixed(4)]).toEqual(['0.0524', '0.3339']);
    const second = proportionDifference({ successes: 9, n: 10 }, { successes: 3, n: 10 })!;
    expect([second.low.toFixed(4), second.high.toFixed(4)]).toEqual(['0.1705', '0.8090']);
  });

  it('have the mean difference, interval, p and degrees of freedom of scipy', () => {
    for (const { group, reference, ...expected } of golden.means) {
      const { value, low, high, p, degrees } = meanDifference(arm(group), arm(reference))!;
      expect({ value, low, high, p, degrees }).toEqual({
        value: expect.closeTo(expected.value, 10),
        low: expect.closeTo(expected.low, 9),
        high: expect.closeTo(expected.high, 9),
        p: expect.closeTo(expected.p, 10),
        degrees: expect.closeTo(expected.degrees, 7),
      });
    }
  });

  it('have no difference without units and no p where nothing varies', () => {
    expect(proportionDifference({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toBeNull();
    expect(meanDifference({ n: 1, mean: 3, sd: 0 }, { n: 5, mean: 2, sd: 1 })).toBeNull();
    expect(meanDifference({ n: 4, mean: 3, sd: 0 }, { n: 5, mean: 2, sd: 0 })).toEqual({
      value: 1,
      low: 1,
      high: 1,
      p: null,
      standardError: 0,
      degrees: null,
    });
    expect([meanAndDeviation([]), meanAndDeviation([4])]).toEqual([
      { n: 0, mean: null, sd: null },
      { n: 1, mean: 4, sd: null },
    ]);
  });

  it('are held against the planned split as scipy does, and 46/54 of 10 000 is not it', () => {
    const found = golden.ratios.map(({ units, shares, chiSquared, p }) => {
      const test = sampleRatioTest(units, shares)!;
      expect(test.chiSquared).toBeCloseTo(chiSquared, 9);
      expect(Math.abs(test.p / p - 1)).toBeLessThan(1e-9);
      return test.mismatch;
    });
    expect(found).toEqual([true, false, true, false, false]);
    expect([sampleRatioTest([5]), sampleRatioTest([0, 0]), sampleRatioTest([1, 2], [1, 0])]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('have the tails of scipy beneath them', () => {
    for (const { x, degrees, p } of golden.tails)
      expect(Math.abs(chiSquaredTail(x, degrees)! / p - 1)).toBeLessThan(1e-8);
    for (const { t, degrees, p } of golden.tTails)
      expect(Math.abs(studentTTails(t, degrees)! / p - 1)).toBeLessThan(1e-9);
    expect([chiSquaredTail(1, 0), chiSquaredTail(-1, 2), studentTTails(1, 0)]).toEqual([null, null, null]);
  });

  it("have Holm's adjusted p of statsmodels, untested ones left out", () => {
    for (const { p, adjusted } of golden.holm)
      expect(holmAdjusted(p)).toEqual(adjusted.map((value) => expect.closeTo(value, 12)));
    expect(holmAdjusted([null, 0.02, null, 0.03])).toEqual([null, 0.04, null, 0.04]);
  });
});
