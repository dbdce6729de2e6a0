/** Lower Cholesky factor of a symmetric positive definite n×n matrix (row-major, lower half read), in place of it;
 *  null when a pivot falls below `tolerance` × its diagonal element (not positive definite, or nearly singular). */
export function cholesky(matrix: Float64Array, n: number, tolerance = 1e-12): Float64Array | null {
  const l = matrix.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = l[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      if (i === j) {
        if (!(sum > tolerance * matrix[i * n + i]!)) return null;
        l[i * n + i] = Math.sqrt(sum);
      } else {
        l[i * n + j] = sum / l[j * n + j]!;
      }
    }
  }
  return l;
}

/** Solves L Lᵀ X = B for `width` right sides at once; B is n×width row-major and is overwritten by X. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array, width: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) subtractRow(b, i * width, j * width, l[i * n + j]!, width);
    scaleRow(b, i * width, 1 / l[i * n + i]!, width);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) subtractRow(b, i * width, j * width, l[j * n + i]!, width);
    scaleRow(b, i * width, 1 / l[i * n + i]!, width);
  }
}

function subtractRow(b: Float64Array, to: number, from: number, factor: number, width: number): void {
  for (let c = 0; c < width; c++) b[to + c]! -= factor * b[from + c]!;
}

function scaleRow(b: Float64Array, at: number, factor: number, width: number): void {
  for (let c = 0; c < width; c++) b[at + c]! *= factor;
}
