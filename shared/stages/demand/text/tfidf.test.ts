import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/tfidf.json' with { type: 'json' };
import { type SparseRows, selectRows } from '../../../linear-algebra/sparse.ts';
import { DEFAULT_TFIDF, fitTfidf, transformTfidf } from './tfidf.ts';

function toDense(m: SparseRows): number[][] {
  return Array.from({ length: m.rows }, (_, r) => {
    const row = new Array<number>(m.columns).fill(0);
    for (let i = m.start[r]!; i < m.start[r + 1]!; i++) row[m.column[i]!] = m.value[i]!;
    return row;
  });
}

describe('TF-IDF', () => {
  it.each(golden.cases)('equals scikit-learn with $options', ({ options, terms, idf, dense }) => {
    const model = fitTfidf(golden.documents, options);
    expect(model.terms).toEqual(terms);
    [...model.idf].forEach((value, i) => {
      expect(value).toBeCloseTo(idf[i]!, 12);
    });
    const rows = toDense(transformTfidf(model, golden.documents));
    rows.forEach((row, r) => {
      row.forEach((value, c) => {
        expect(Math.abs(value - dense[r]![c]!)).toBeLessThan(1e-6);
      });
    });
  });

  it('keeps the most frequent terms when their number is bounded', () => {
    const model = fitTfidf([['a', 'a', 'b'], ['b', 'a'], ['c']], { ...DEFAULT_TFIDF, maxTerms: 2 });
    expect(model.terms).toEqual(['a', 'b']);
  });

  it('refuses documents without any term', () => {
    expect(() => fitTfidf([[], []])).toThrow('stats.empty');
  });

  it('selects rows in the order asked for, with repeats', () => {
    const rows = transformTfidf(fitTfidf([['a'], ['b'], ['c']]), [['a'], ['b'], ['c']]);
    expect(toDense(selectRows(rows, [2, 0, 2]))).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });
});
