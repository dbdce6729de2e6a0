import type { DenseRows, Rows, SparseRows } from './sparse.ts';

/** Writes rows [from, to) × `weights` (columns × width, row-major) + `offset` (width) into `out`, one row of width each. */
export function rowsTimes(
  x: Rows,
  from: number,
  to: number,
  weights: Float64Array,
  offset: Float64Array,
  out: Float64Array,
): void {
  const width = offset.length;
  for (let i = 0; i < to - from; i++) out.set(offset, i * width);
  if (x.type === 'sparse') sparseTimes(x, from, to, weights, width, out);
  else denseTimes(x, from, to, weights, width, out);
}

/** Adds (rows [from, to))ᵀ × `factors` (one row of width each) to `sum` (columns × width). */
export function addTransposed(
  x: Rows,
  from: number,
  to: number,
  factors: Float64Array,
  width: number,
  sum: Float64Array,
): void {
  if (x.type === 'sparse') sparseAddTransposed(x, from, to, factors, width, sum);
  else denseAddTransposed(x, from, to, factors, width, sum);
}

function sparseTimes(x: SparseRows, from: number, to: number, w: Float64Array, width: number, out: Float64Array): void {
  for (let row = from; row < to; row++) {
    const at = (row - from) * width;
    for (let i = x.start[row]!; i < x.start[row + 1]!; i++) {
      const v = x.value[i]!;
      const base = x.column[i]! * width;
      for (let k = 0; k < width; k++) out[at + k]! += v * w[base + k]!;
    }
  }
}

function sparseAddTransposed(
  x: SparseRows,
  from: number,
  to: number,
  f: Float64Array,
  width: number,
  sum: Float64Array,
): void {
  for (let row = from; row < to; row++) {
    const at = (row - from) * width;
    for (let i = x.start[row]!; i < x.start[row + 1]!; i++) {
      const v = x.value[i]!;
      const base = x.column[i]! * width;
      for (let k = 0; k < width; k++) sum[base + k]! += v * f[at + k]!;
    }
  }
}

/** Four rows by four outputs at a time: sixteen sums stay in registers, each loaded number is used four times. */
// biome-ignore format: a block of sixteen is read as a block
function denseTimes(x: DenseRows, from: number, to: number, w: Float64Array, width: number, out: Float64Array): void {
  const d = x.columns;
  const v = x.value;
  const wholeRows = from + ((to - from) & ~3);
  const wholeWidth = width & ~3;
  for (let row = from; row < wholeRows; row += 4) {
    const a = row * d;
    const b = a + d;
    const c = b + d;
    const e = c + d;
    const o = (row - from) * width;
    for (let k = 0; k < wholeWidth; k += 4) {
      let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
      let s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
      let p = k;
      for (let j = 0; j < d; j++) {
        const w0 = w[p]!, w1 = w[p + 1]!, w2 = w[p + 2]!, w3 = w[p + 3]!;
        p += width;
        const x0 = v[a + j]!, x1 = v[b + j]!, x2 = v[c + j]!, x3 = v[e + j]!;
        s00 += x0 * w0; s01 += x0 * w1; s02 += x0 * w2; s03 += x0 * w3;
        s10 += x1 * w0; s11 += x1 * w1; s12 += x1 * w2; s13 += x1 * w3;
        s20 += x2 * w0; s21 += x2 * w1; s22 += x2 * w2; s23 += x2 * w3;
        s30 += x3 * w0; s31 += x3 * w1; s32 += x3 * w2; s33 += x3 * w3;
      }
      let q = o + k;
      out[q]! += s00; out[q + 1]! += s01; out[q + 2]! += s02; out[q + 3]! += s03;
      q += width;
      out[q]! += s10; out[q + 1]! += s11; out[q + 2]! += s12; out[q + 3]! += s13;
      q += width;
      out[q]! += s20; out[q + 1]! += s21; out[q + 2]! += s22; out[q + 3]! += s23;
      q += width;
      out[q]! += s30; out[q + 1]! += s31; out[q + 2]! += s32; out[q + 3]! += s33;
    }
    denseTimesPlain(x, row, row + 4, wholeWidth, w, width, out, o);
  }
  denseTimesPlain(x, wholeRows, to, 0, w, width, out, (wholeRows - from) * width);
}

function denseTimesPlain(
  x: DenseRows,
  from: number,
  to: number,
  firstOutput: number,
  w: Float64Array,
  width: number,
  out: Float64Array,
  outAt: number,
): void {
  const d = x.columns;
  for (let row = from; row < to; row++)
    for (let k = firstOutput; k < width; k++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += x.value[row * d + j]! * w[j * width + k]!;
      out[outAt + (row - from) * width + k]! += sum;
    }
}

// biome-ignore format: a block of sixteen is read as a block
function denseAddTransposed(
  x: DenseRows,
  from: number,
  to: number,
  f: Float64Array,
  width: number,
  sum: Float64Array,
): void {
  const d = x.columns;
  const v = x.value;
  const n = to - from;
  const wholeColumns = d & ~3;
  const wholeWidth = width & ~3;
  for (let j = 0; j < wholeColumns; j += 4) {
    for (let k = 0; k < wholeWidth; k += 4) {
      let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
      let s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
      let p = from * d + j;
      let q = k;
      for (let i = 0; i < n; i++) {
        const x0 = v[p]!, x1 = v[p + 1]!, x2 = v[p + 2]!, x3 = v[p + 3]!;
        const f0 = f[q]!, f1 = f[q + 1]!, f2 = f[q + 2]!, f3 = f[q + 3]!;
        p += d;
        q += width;
        s00 += x0 * f0; s01 += x0 * f1; s02 += x0 * f2; s03 += x0 * f3;
        s10 += x1 * f0; s11 += x1 * f1; s12 += x1 * f2; s13 += x1 * f3;
        s20 += x2 * f0; s21 += x2 * f1; s22 += x2 * f2; s23 += x2 * f3;
        s30 += x3 * f0; s31 += x3 * f1; s32 += x3 * f2; s33 += x3 * f3;
      }
      let o = j * width + k;
      sum[o]! += s00; sum[o + 1]! += s01; sum[o + 2]! += s02; sum[o + 3]! += s03;
      o += width;
      sum[o]! += s10; sum[o + 1]! += s11; sum[o + 2]! += s12; sum[o + 3]! += s13;
      o += width;
      sum[o]! += s20; sum[o + 1]! += s21; sum[o + 2]! += s22; sum[o + 3]! += s23;
      o += width;
      sum[o]! += s30; sum[o + 1]! += s31; sum[o + 2]! += s32; sum[o + 3]! += s33;
    }
  }
  for (let j = 0; j < d; j++)
    for (let k = j < wholeColumns ? wholeWidth : 0; k < width; k++) {
      let total = 0;
      for (let i = 0; i < n; i++) total += v[(from + i) * d + j]! * f[i * width + k]!;
      sum[j * width + k]! += total;
    }
}
