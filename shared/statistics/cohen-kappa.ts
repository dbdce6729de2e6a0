import { normalQuantile } from './normal.ts';

/** Cohen's kappa of a K × K table (row = one rater, column = the other; counts), with the normal interval of its large-sample variance.
 *  Value null without rows, and where expected agreement is 1, so that kappa is not defined; interval null there too.
 *  @source Cohen 1960; variance of Fleiss, Cohen and Everitt 1969; as statsmodels cohens_kappa */
export function cohenKappa(
  counts: readonly (readonly number[])[],
  level = 0.95,
): { readonly n: number; readonly value: number | null; readonly low: number | null; readonly high: number | null } {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const n = sum(counts.map(sum));
  const nothing = { n, value: null, low: null, high: null };
  if (n === 0) return nothing;
  const rows = counts.map((row) => sum(row) / n);
  const columns = counts.map((_, at) => sum(counts.map((row) => row[at] ?? 0)) / n);
  const observed = sum(counts.map((row, at) => (row[at] ?? 0) / n));
  const expected = sum(rows.map((share, at) => share * columns[at]!));
  if (expected >= 1) return nothing;
  const value = (observed - expected) / (1 - expected);
  let spread = 0;
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      const margin = i === j ? 1 - (rows[i]! + columns[i]!) * (1 - value) : (1 - value) * (columns[i]! + rows[j]!);
      spread += (count / n) * margin ** 2;
    });
  });
  const variance = (spread - (value - expected * (1 - value)) ** 2) / ((1 - expected) ** 2 * n);
  const half = normalQuantile(0.5 + level / 2)! * Math.sqrt(Math.max(0, variance));
  return { n, value, low: value - half, high: value + half };
}
