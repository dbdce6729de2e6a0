/** Sums of m variables over rows, packed: [rows, m sums, upper triangle of the m×m cross products row by row]. */
export function momentSlots(variables: number): number {
  return 1 + variables + (variables * (variables + 1)) / 2;
}

/** Adds one row of complete values to packed moments that begin at slot `offset`; zeros cost nothing. */
export function addToMoments(
  values: ArrayLike<number>,
  add: (slot: number, value: number) => void,
  offset: number,
): void {
  const m = values.length;
  add(offset, 1);
  let triangle = offset + 1 + m;
  for (let i = 0; i < m; i++) {
    const v = values[i]!;
    if (v !== 0) {
      add(offset + 1 + i, v);
      for (let j = i; j < m; j++) if (values[j] !== 0) add(triangle + j - i, v * values[j]!);
    }
    triangle += m - i;
  }
}

export interface Correlations {
  /** Rows, or their summed counts. */
  readonly n: number;
  /** Indices of the variables that vary, ascending. */
  readonly varying: readonly number[];
  /** Correlations of the varying variables, row-major. */
  readonly matrix: Float64Array;
}

/** A variable whose variance is below this share of its mean square does not vary. */
const CONSTANT = 1e-12;

/** Correlations from packed moments that begin at slot `offset`. */
export function correlationsOf(sums: Float64Array, variables: number, offset: number): Correlations {
  const n = sums[offset]!;
  const cross = (i: number, j: number) => sums[offset + 1 + variables + i * variables - (i * (i - 1)) / 2 + j - i]!;
  const mean = (i: number) => sums[offset + 1 + i]! / n;
  const varying: number[] = [];
  const deviation: number[] = [];
  for (let i = 0; i < variables && n > 0; i++) {
    const square = cross(i, i) / n;
    const variance = square - mean(i) ** 2;
    if (variance > CONSTANT * Math.max(square, Number.MIN_VALUE)) {
      varying.push(i);
      deviation.push(Math.sqrt(variance));
    }
  }
  const m = varying.length;
  const matrix = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    matrix[a * m + a] = 1;
    for (let b = a + 1; b < m; b++) {
      const [i, j] = [varying[a]!, varying[b]!];
      const r = (cross(i, j) / n - mean(i) * mean(j)) / (deviation[a]! * deviation[b]!);
      matrix[a * m + b] = r;
      matrix[b * m + a] = r;
    }
  }
  return { n, varying, matrix };
}
