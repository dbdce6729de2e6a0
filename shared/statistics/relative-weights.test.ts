import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/relative-weights.json' with { type: 'json' };
import { relativeWeights, relativeWeightsOfMoments } from './relative-weights.ts';

describe('relative weights', () => {
  it.each(golden.cases)('equal an independent computation for $name', ({ x, y, rowWeights, ...expected }) => {
    const found = relativeWeights(x, y, rowWeights ?? undefined);
    for (const key of ['weights', 'coefficients', 'vif'] as const)
      found[key].forEach((value, i) => {
        expect(Math.abs(value! - expected[key][i]!)).toBeLessThan(1e-9 * Math.max(1, expected[key][i]!));
      });
    expect(found.rSquared).toBeCloseTo(expected.rSquared, 10);
    expect(found.adjustedRSquared).toBeCloseTo(expected.adjustedRSquared, 10);
    expect(found.weights.reduce((sum: number, weight) => sum + weight!, 0)).toBeCloseTo(found.rSquared, 10);
  });

  it('equal the output published with R package rwa 0.1 for mpg ~ cyl + disp + hp + wt', () => {
    // https://martinctc.github.io/rwa/articles/regression-methods.html
    const { x, y } = golden.cases[0]!;
    const published = [0.2096904, 0.1883043, 0.179959, 0.2706812];
    const found = relativeWeights(x, y);
    found.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(published[i]!, 6);
    });
    expect(found.coefficients.every((coefficient, i) => coefficient! < 0 || i === 1)).toBe(true);
  });

  it('equal the output published with R package iopsych for its example matrix', () => {
    // https://rdrr.io/cran/iopsych/man/relWt.html
    const upper = [[1, 0.2, 0.3, 0.4, -0.4], [1, 0.5, 0.1, 0.1], [1, 0.2, -0.3], [1, 0.4], [1]];
    const n = 100;
    const moments = Float64Array.from([n, 0, 0, 0, 0, 0, ...upper.flat().map((r) => n * r)]);
    const { weights } = relativeWeightsOfMoments(moments, 4)!;
    [0.24066119, 0.05492664, 0.12143476, 0.28158189].forEach((published, i) => {
      expect(weights[i]).toBeCloseTo(published, 8);
    });
  });

  const a = [1, 2, 3, 4, 5, 6, 7, 8];
  const b = [2, 1, 4, 3, 6, 5, 8, 9];
  const y = [1, 2, 2, 4, 5, 5, 8, 7];

  it('give a constant predictor null and the others what they have without it', () => {
    const found = relativeWeights([a, Array(8).fill(3), b], y);
    const without = relativeWeights([a, b], y);
    expect(found.weights[1]).toBeNull();
    expect(found.vif[1]).toBeNull();
    expect([found.weights[0], found.weights[2]]).toEqual(without.weights);
  });

  it('share the weight of an exactly repeated predictor, without coefficients for it', () => {
    const found = relativeWeights([a, b, a], y);
    expect(found.collinear).toBe(true);
    expect(found.weights[0]).toBeCloseTo(found.weights[2]!, 10);
    expect(found.weights.reduce((sum: number, weight) => sum + weight!, 0)).toBeCloseTo(found.rSquared, 10);
    expect([found.coefficients[0], found.vif[2]]).toEqual([null, null]);
    expect(found.coefficients[1]).not.toBeNull();
    expect(found.rSquared).toBeCloseTo(relativeWeights([a, b], y).rSquared, 10);
  });

  it('leave out rows with a missing value', () => {
    const found = relativeWeights(
      [
        [...a, Number.NaN],
        [...b, 3],
      ],
      [...y, 4],
    );
    expect(found).toEqual(relativeWeights([a, b], y));
  });

  it('refuse fewer complete rows than predictors and a constant outcome', () => {
    expect(() => relativeWeights([a.slice(0, 4), b.slice(0, 4), [1, 5, 2, 2]], y.slice(0, 4))).toThrow('stats.too-few');
    expect(() => relativeWeights([a, b], Array(8).fill(2))).toThrow('stats.shape');
  });
});
