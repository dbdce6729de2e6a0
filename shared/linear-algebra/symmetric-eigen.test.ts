import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { projectToLeading } from './randomized-svd.ts';
import { denseRows, sparseFromMaps } from './sparse.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

describe('symmetric eigen-decomposition', () => {
  it('has the known values of a second-difference matrix, 2 − 2 cos(kπ / (n + 1))', () => {
    const n = 12;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    const { values, vectors } = symmetricEigen(matrix, n);
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - i) * Math.PI) / (n + 1)), 12);
    });
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
        expect(sum).toBeCloseTo(matrix[i * n + j]!, 12);
      }
  });
});

describe('projection to leading directions', () => {
  it('keeps all inner products of rows of low rank, dense or sparse', () => {
    const rng = createRng(1);
    const [rows, columns, rank] = [40, 90, 6];
    const left = Float64Array.from({ length: rows * rank }, () => rng.normal());
    const right = Float64Array.from({ length: rank * columns }, () => rng.normal());
    const value = Float32Array.from({ length: rows * columns }, (_, at) => {
      let sum = 0;
      for (let k = 0; k < rank; k++)
        sum += left[Math.floor(at / columns) * rank + k]! * right[k * columns + (at % columns)]!;
      return sum;
    });
    const maps = Array.from(
      { length: rows },
      (_, row) => new Map(Array.from(value.subarray(row * columns, (row + 1) * columns), (v, c) => [c, v])),
    );
    for (const x of [denseRows(value, columns), sparseFromMaps(maps, columns)]) {
      const projected = projectToLeading(x, rank, createRng(2));
      expect(projected.columns).toBe(rank);
      const dot = (of: Float32Array, width: number, a: number, b: number) => {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += of[a * width + j]! * of[b * width + j]!;
        return sum;
      };
      for (let a = 0; a < rows; a += 3)
        for (let b = 0; b < rows; b += 5)
          expect(Math.abs(dot(projected.value, rank, a, b) - dot(value, columns, a, b))).toBeLessThan(1e-2);
    }
  });
});
