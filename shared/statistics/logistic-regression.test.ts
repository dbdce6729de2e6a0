import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/logistic-regression.json' with { type: 'json' };
import { denseRows, type SparseRows, sparseFromMaps } from '../linear-algebra/sparse.ts';
import { fitLogistic, type LogisticModel, predictLogistic } from './logistic-regression.ts';

function coefficients(model: LogisticModel): number[][] {
  const outputs = model.intercepts.length;
  return Array.from({ length: outputs }, (_, k) =>
    Array.from({ length: model.features }, (_, j) => model.weights[j * outputs + k]!),
  );
}

function toSparse(values: readonly number[], columns: number): SparseRows {
  const maps = Array.from({ length: values.length / columns }, (_, row) => {
    const cells = values.slice(row * columns, (row + 1) * columns);
    return new Map(cells.map((value, column) => [column, value]));
  });
  return sparseFromMaps(maps, columns);
}

describe('logistic regression', () => {
  describe.each(golden.cases)('$name', ({ columns, classes, c, x, y, rowWeights, coef, intercept, probabilities }) => {
    const options = { classes, c, tolerance: 1e-8, maxIterations: 2000, ...(rowWeights && { rowWeights }) };
    it.each([
      ['dense', denseRows(Float32Array.from(x), columns)],
      ['sparse', toSparse(x, columns)],
    ] as const)('has the coefficients of scikit-learn from %s rows', (_, rows) => {
      const model = fitLogistic(rows, y, options);
      expect(model.converged).toBe(true);
      const far = coefficients(model).flatMap((row, k) => row.map((value, j) => Math.abs(value - coef[k]![j]!)));
      far.push(...intercept.map((value, k) => Math.abs(value - model.intercepts[k]!)));
      expect(Math.max(...far)).toBeLessThan(1e-4);
      const predicted = predictLogistic(model, rows);
      probabilities.flat().forEach((p, i) => {
        expect(Math.abs(predicted[i]! - p)).toBeLessThan(1e-4);
      });
    });
  });

  it('gives a class without rows probability 0 and refuses a single class', () => {
    const rows = denseRows(Float32Array.from([0, 1, 2, 3]), 1);
    const model = fitLogistic(rows, [0, 0, 3, 3], { classes: 4, c: 1 });
    expect([...predictLogistic(model, rows)].filter((_, i) => i % 4 === 1 || i % 4 === 2)).toEqual(Array(8).fill(0));
    expect(() => fitLogistic(rows, [1, 1, 1, 1], { classes: 4, c: 1 })).toThrow('stats.too-few');
  });

  it('repeats bit for bit', () => {
    const { columns, classes, c, x, y } = golden.cases[0]!;
    const weights = () => fitLogistic(denseRows(Float32Array.from(x), columns), y, { classes, c }).weights;
    expect(weights()).toEqual(weights());
  });
});
