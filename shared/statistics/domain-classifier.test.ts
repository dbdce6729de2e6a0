import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/domain-classifier.json' with { type: 'json' };
import { denseRows } from '../linear-algebra/sparse.ts';
import { createRng } from '../rng.ts';
import { crossValidatedAuc, type DomainClassifierInput, domainClassifier } from './domain-classifier.ts';

const DIMENSIONS = 40;
const ROWS = 120;

/** Normal vectors, the second set moved along its first direction. */
function drawn(shift: number, seed: number): Pick<DomainClassifierInput, 'reference' | 'current' | 'dimensions'> {
  const rng = createRng(seed);
  const set = (by: number) =>
    Float32Array.from({ length: ROWS * DIMENSIONS }, (_, i) => rng.normal() + (i % DIMENSIONS === 0 ? by : 0));
  return { reference: set(0), current: set(shift), dimensions: DIMENSIONS };
}

describe('domain classifier', () => {
  it.each(golden.cases)(
    'has the cross-validated area of scikit-learn: $name',
    ({ columns, c, x, current, fold, auc }) => {
      const found = crossValidatedAuc(
        denseRows(Float32Array.from(x), columns),
        current.map((side) => side === 1),
        fold,
        c,
      );
      expect(found).toBeCloseTo(auc, 2);
      expect(Math.abs(found - auc)).toBeLessThan(2e-3);
    },
  );

  it('stays within its band where both sets come from one source', () => {
    const flagged = [1, 2, 3, 4, 5, 6].filter(
      (seed) => domainClassifier({ ...drawn(0, seed), groups: null, permutations: 40, rng: createRng(seed) }).differs,
    );
    expect(flagged.length).toBeLessThanOrEqual(2);
  });

  it('rises above its band where one set is moved', () => {
    const found = domainClassifier({ ...drawn(2, 9), groups: null, permutations: 40, rng: createRng(1) });
    expect(found.differs).toBe(true);
    expect(found.auc).toBeGreaterThan(0.75);
    expect(found.pValue).toBeCloseTo(1 / 41, 10);
  });

  it('is not fooled by texts that stand on both sides', () => {
    const { reference, dimensions } = drawn(0, 3);
    const groups = Array.from({ length: 2 * ROWS }, (_, row) => String(row % ROWS));
    const same = { reference, current: reference, dimensions, permutations: 40 };
    expect(domainClassifier({ ...same, groups, rng: createRng(1) }).auc).toBeCloseTo(0.5, 6);
    expect(domainClassifier({ ...same, groups: null, rng: createRng(1) }).auc).toBeLessThan(0.35);
  });

  it('gives the same figures for the same seed', () => {
    const once = () => domainClassifier({ ...drawn(0.5, 4), groups: null, permutations: 10, rng: createRng(8) });
    expect(once()).toEqual(once());
  });

  it('refuses sides of fewer than 20 rows', () => {
    const few = { reference: new Float32Array(19 * 2), current: new Float32Array(40 * 2), dimensions: 2 };
    expect(() => domainClassifier({ ...few, groups: null, permutations: 5, rng: createRng(1) })).toThrow(
      expect.objectContaining({ code: 'stats.too-few' }),
    );
  });
});
