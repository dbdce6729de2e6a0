import { AppError } from '../errors/app-error.ts';

/** Compressed sparse rows: row r has `values[start[r] … start[r+1])` at the columns `column[…]`, ascending, no duplicates. */
export interface SparseRows {
  readonly type: 'sparse';
  readonly rows: number;
  readonly columns: number;
  /** rows + 1 offsets. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
}

/** Row-major dense rows: `value[r * columns + c]`. */
export interface DenseRows {
  readonly type: 'dense';
  readonly rows: number;
  readonly columns: number;
  readonly value: Float32Array;
}

export type Rows = SparseRows | DenseRows;

/** Wraps a row-major array. @throws AppError 'stats.shape' when its length is not rows × columns */
export function denseRows(value: Float32Array, columns: number): DenseRows {
  if (columns < 1 || value.length % columns !== 0)
    throw new AppError('stats.shape', { what: 'dense rows', problem: `${value.length} values in ${columns} columns` });
  return { type: 'dense', rows: value.length / columns, columns, value };
}

/** Sparse rows from one map column → value per row. */
export function sparseFromMaps(maps: readonly ReadonlyMap<number, number>[], columns: number): SparseRows {
  let total = 0;
  for (const map of maps) total += map.size;
  const start = new Int32Array(maps.length + 1);
  const column = new Int32Array(total);
  const value = new Float32Array(total);
  let at = 0;
  maps.forEach((map, row) => {
    const sorted = Int32Array.from(map.keys()).sort();
    for (const c of sorted) {
      column[at] = c;
      value[at++] = map.get(c)!;
    }
    start[row + 1] = at;
  });
  return { type: 'sparse', rows: maps.length, columns, start, column, value };
}

/** The given rows, in the given order; a row may be named more than once. */
export function selectRows<R extends Rows>(from: R, rows: ArrayLike<number>): R;
export function selectRows(from: Rows, rows: ArrayLike<number>): Rows {
  const n = rows.length;
  if (from.type === 'dense') {
    const d = from.columns;
    const value = new Float32Array(n * d);
    for (let i = 0; i < n; i++) value.set(from.value.subarray(rows[i]! * d, (rows[i]! + 1) * d), i * d);
    return { ...from, rows: n, value };
  }
  const start = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) start[i + 1] = start[i]! + from.start[rows[i]! + 1]! - from.start[rows[i]!]!;
  const column = new Int32Array(start[n]!);
  const value = new Float32Array(start[n]!);
  for (let i = 0; i < n; i++) {
    const [a, b] = [from.start[rows[i]!]!, from.start[rows[i]! + 1]!];
    column.set(from.column.subarray(a, b), start[i]!);
    value.set(from.value.subarray(a, b), start[i]!);
  }
  return { ...from, rows: n, start, column, value };
}
