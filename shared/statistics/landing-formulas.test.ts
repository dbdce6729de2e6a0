import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/landing.json' with { type: 'json' };
import {
  type FourGroups,
  meanDifferenceInDifferences,
  proportionDifferenceInDifferences,
} from './difference-in-differences.ts';
import { harmBoundary } from './harm-boundary.ts';
import { meanAndDeviation } from './mean-difference.ts';
import { nonInferiority } from './non-inferiority.ts';
import { pairedDifference } from './paired-difference.ts';
import { proportionDifference } from './proportion-difference.ts';
import { triangularQuantile } from './triangular.ts';

function fourGroups<G>(cells: readonly (readonly number[])[], of: (values: readonly number[]) => G): FourGroups<G> {
  const [groupBefore, groupAfter, referenceBefore, referenceAfter] = cells.map(of) as [G, G, G, G];
  return {
    group: { before: groupBefore, after: groupAfter },
    reference: { before: referenceBefore, after: referenceAfter },
  };
}

describe('a triangular quantile', () => {
  it('is that of scipy', () => {
    for (const { range, u, value } of golden.triangular) {
      const [low, likely, high] = range as [number, number, number];
      expect(triangularQuantile({ low, likely, high }, u)).toBeCloseTo(value, 10);
    }
  });

  it('is the value itself where nothing is uncertain', () => {
    expect(triangularQuantile({ low: 3, likely: 3, high: 3 }, 0.4)).toBe(3);
  });
});

describe('a difference in differences', () => {
  it('has value, interval and p of the interaction in statsmodels', () => {
    for (const { kind, groups, value, low, high, p } of golden.differenceInDifferences) {
      const found =
        kind === 'mean'
          ? meanDifferenceInDifferences(
              fourGroups(groups, (values) => {
                const { n, mean, sd } = meanAndDeviation(values);
                return { n, mean: mean!, sd: sd! };
              }),
            )!
          : proportionDifferenceInDifferences(
              fourGroups(groups, (values) => ({
                n: values.length,
                successes: values.reduce((sum, each) => sum + each, 0),
              })),
            )!;
      expect([found.value, found.low, found.high, found.p]).toEqual(
        [value, low, high, p].map((expected) => expect.closeTo(expected, 9)),
      );
    }
  });

  it('is undefined where a group is empty', () => {
    const some = { successes: 3, n: 9 };
    const none = { successes: 0, n: 0 };
    expect(
      proportionDifferenceInDifferences({
        group: { before: some, after: none },
        reference: { before: some, after: some },
      }),
    ).toBeNull();
  });
});

describe('the boundary of harm', () => {
  it('spends the error as Lan and DeMets do', () => {
    for (const { fraction, level, z } of golden.harmBoundary) expect(harmBoundary(fraction, level)).toBeCloseTo(z, 8);
  });

  it('is 2.963 half-way at 95 %, as published tables say', () => {
    expect(harmBoundary(0.5)!.toFixed(3)).toBe('2.963');
  });

  it('is undefined before the first unit', () => {
    expect(harmBoundary(0)).toBeNull();
  });
});

describe('non-inferiority', () => {
  it('follows the interval of statsmodels and the margin', () => {
    for (const { new: treated, old, margin, better, low, high, verdict } of golden.nonInferiority) {
      const difference = proportionDifference(
        { successes: treated[0]!, n: treated[1]! },
        { successes: old[0]!, n: old[1]! },
      )!;
      const found = nonInferiority(difference, margin, better as 'higher' | 'lower');
      expect(found.verdict).toBe(verdict);
      expect([found.loss.low, found.loss.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
    }
  });
});

describe('a paired difference', () => {
  it('has mean change, interval and p of scipy', () => {
    for (const { changes, value, low, high, p } of golden.paired) {
      const found = pairedDifference(changes)!;
      expect([found.value, found.low, found.high, found.p]).toEqual(
        [value, low, high, p].map((expected) => expect.closeTo(expected, 9)),
      );
    }
  });

  it('is undefined with one unit', () => {
    expect(pairedDifference([1])).toBeNull();
  });
});
