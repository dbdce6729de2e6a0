import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/tables.json' with { type: 'json' };
import { denseRows } from '../../../linear-algebra/sparse.ts';
import { designOf, featuresOf, scalingOf, standardise } from './design.ts';
import { fitAt, fitLinearModel, linearContributions, logOddsOf, TABLE_C_GRID } from './logistic-model.ts';
import type { TableData } from './table-data.ts';

const { amount, purpose, default: defaulted, fits } = golden.logistic;
const levels = ['car', 'home', 'study'];
const table: TableData = {
  columns: [
    { type: 'number', id: 'c0', name: 'amount', values: Float64Array.from(amount) },
    {
      type: 'category',
      id: 'c1',
      name: 'purpose',
      levels,
      codes: Int32Array.from(purpose, (value) => levels.indexOf(value)),
    },
  ],
  event: Uint8Array.from(defaulted),
  row: Int32Array.from(amount.keys()),
};
const design = designOf(featuresOf(table), table.columns, amount.length);
const z = standardise(design.x, table.row, scalingOf(design, table.row));
const x = denseRows(z, 4);

describe('logistic regression on one-hot and standardised columns', () => {
  it('has the coefficients, log-odds and linear contributions of scikit-learn', () => {
    for (const { c, coef, intercept, logOdds, contributions } of fits) {
      const model = fitAt(x, table.event, c);
      expect([...model.weights]).toEqual(coef.map((value) => expect.closeTo(value, 4)));
      expect(model.intercept).toBeCloseTo(intercept, 4);
      const found = logOddsOf(model, x);
      logOdds.forEach((value, row) => {
        expect(found[row]).toBeCloseTo(value, 4);
        const phi = linearContributions(model.weights, z.subarray(row * 4, row * 4 + 4), new Float64Array(4));
        expect([...phi]).toEqual(contributions[row]!.map((each) => expect.closeTo(each, 4)));
      });
    }
  });

  it('has contributions that add up to 1e-6 against any background', () => {
    const model = fitAt(x, table.event, 1);
    const mean = [0.3, -0.2, 0.1, 0.7];
    const base = logOddsOf(model, denseRows(Float32Array.from(mean), 4))[0]!;
    const all = logOddsOf(model, x);
    for (let row = 0; row < amount.length; row++) {
      const phi = linearContributions(model.weights, z.subarray(row * 4, row * 4 + 4), Float32Array.from(mean));
      const sum = phi.reduce((before, value) => before + value, base);
      expect(Math.abs(sum - all[row]!)).toBeLessThan(1e-6);
    }
  });

  it('chooses a penalty of the grid, the same every time', () => {
    const model = fitLinearModel(x, table.event, 3);
    expect(TABLE_C_GRID).toContain(model.c);
    expect(fitLinearModel(x, table.event, 3).weights).toEqual(model.weights);
  });

  it('stands a gap at the mean and says that it was one', () => {
    const gaps: TableData = {
      ...table,
      columns: [
        {
          type: 'number',
          id: 'c0',
          name: 'amount',
          values: Float64Array.from(amount, (value, row) => (row < 40 ? Number.NaN : value)),
        },
      ],
    };
    const features = featuresOf(gaps);
    expect(features.map(({ part }) => part.type)).toEqual(['number', 'missing']);
    const own = designOf(features, gaps.columns, amount.length);
    const rows = standardise(own.x, gaps.row, scalingOf(own, gaps.row));
    expect(rows[0]).toBe(0);
    expect(rows[1]).toBeGreaterThan(0);
    expect(rows.some(Number.isNaN)).toBe(false);
  });
});
