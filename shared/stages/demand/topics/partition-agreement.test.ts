import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/partition-agreement.json' with { type: 'json' };
import { adjustedRandIndex, normalizedMutualInformation } from './partition-agreement.ts';

describe('agreement of partitions', () => {
  it.each(golden.cases)('has the adjusted Rand index $adjustedRandIndex of scikit-learn', (pair) => {
    expect(adjustedRandIndex(pair.a, pair.b)).toBeCloseTo(pair.adjustedRandIndex, 12);
  });

  it.each(golden.cases)('has the mutual information $normalizedMutualInformation of scikit-learn', (pair) => {
    expect(normalizedMutualInformation(pair.a, pair.b)).toBeCloseTo(pair.normalizedMutualInformation, 12);
  });

  it('refuses partitions of different length', () => {
    expect(() => adjustedRandIndex([0, 1], [0])).toThrow('stats.shape');
  });
});
