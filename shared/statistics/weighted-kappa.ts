/** Cohen's kappa with quadratic weights of a K × K table (row-major counts, row = actual, column = answered): 1 − Σ w·observed / Σ w·expected with
 *  w = (i − j)². Null without rows, and where all rows and all answers are one level, so that it is not defined.
 *  @source Cohen 1968; as scikit-learn cohen_kappa_score(weights='quadratic') */
export function quadraticKappa(counts: ArrayLike<number>, levels: number): number | null {
  const rows = new Float64Array(levels);
  const columns = new Float64Array(levels);
  let observed = 0;
  let n = 0;
  for (let i = 0; i < levels; i++) {
    for (let j = 0; j < levels; j++) {
      const count = counts[i * levels + j]!;
      rows[i]! += count;
      columns[j]! += count;
      observed += count * (i - j) ** 2;
      n += count;
    }
  }
  let expected = 0;
  for (let i = 0; i < levels; i++)
    for (let j = 0; j < levels; j++) expected += (rows[i]! * columns[j]! * (i - j) ** 2) / n;
  return n === 0 || expected === 0 ? null : 1 - observed / expected;
}
