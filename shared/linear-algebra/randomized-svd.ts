import type { Rng } from '../rng.ts';
import { addTransposed, rowsTimes } from './row-products.ts';
import { type DenseRows, denseRows, type Rows } from './sparse.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const OVERSAMPLING = 10;
const BLOCK = 64;

/** Rows in the space of the `rank` leading right singular vectors (not centred): X V, or X itself where it is not wider.
 *  Distances between rows are kept as far as the leading directions carry them.
 *  @source Halko, Martinsson and Tropp 2011, algorithm 4.4 */
export function projectToLeading(x: Rows, rank: number, rng: Rng, powerIterations = 3): DenseRows {
  if (x.type === 'dense' && x.columns <= rank) return x;
  const width = Math.min(rank + OVERSAMPLING, x.columns, x.rows);
  let basis: Float64Array = Float64Array.from({ length: x.columns * width }, () => rng.normal());
  for (let iteration = 0; iteration < powerIterations; iteration++) {
    orthonormalise(basis, x.columns, width);
    basis = gramTimes(x, basis, width);
  }
  orthonormalise(basis, x.columns, width);
  const small = new Float64Array(width * width);
  const image = gramTimes(x, basis, width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let c = 0; c < x.columns; c++) sum += basis[c * width + i]! * image[c * width + j]!;
      small[i * width + j] = sum;
    }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) {
      const mean = (small[i * width + j]! + small[j * width + i]!) / 2;
      small[i * width + j] = mean;
      small[j * width + i] = mean;
    }
  const { vectors } = symmetricEigen(small, width);
  const kept = Math.min(rank, width);
  const directions = new Float64Array(x.columns * kept);
  for (let c = 0; c < x.columns; c++)
    for (let k = 0; k < kept; k++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += basis[c * width + i]! * vectors[i * width + k]!;
      directions[c * kept + k] = sum;
    }
  const projected = new Float64Array(x.rows * kept);
  rowsTimes(x, 0, x.rows, directions, new Float64Array(kept), projected);
  return denseRows(Float32Array.from(projected), kept);
}

/** XᵀX B for a columns × width matrix B. */
function gramTimes(x: Rows, basis: Float64Array, width: number): Float64Array {
  const sum = new Float64Array(basis.length);
  const block = new Float64Array(BLOCK * width);
  const zero = new Float64Array(width);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    rowsTimes(x, from, to, basis, zero, block);
    addTransposed(x, from, to, block, width, sum);
  }
  return sum;
}

/** Modified Gram–Schmidt, twice, on the columns of a rows × width matrix in place; a dependent column becomes zero. */
function orthonormalise(a: Float64Array, rows: number, width: number): void {
  for (let k = 0; k < width; k++) {
    const before = columnNorm(a, rows, width, k);
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < k; j++) {
        let dot = 0;
        for (let i = 0; i < rows; i++) dot += a[i * width + j]! * a[i * width + k]!;
        for (let i = 0; i < rows; i++) a[i * width + k]! -= dot * a[i * width + j]!;
      }
    const norm = columnNorm(a, rows, width, k);
    const factor = norm > 1e-10 * before ? 1 / norm : 0;
    for (let i = 0; i < rows; i++) a[i * width + k]! *= factor;
  }
}

function columnNorm(a: Float64Array, rows: number, width: number, column: number): number {
  let squares = 0;
  for (let i = 0; i < rows; i++) squares += a[i * width + column]! * a[i * width + column]!;
  return Math.sqrt(squares);
}
