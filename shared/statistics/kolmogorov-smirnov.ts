/** Largest distance between the distributions of a score among positive and among other rows: the share of positives caught less the share of
 *  others caught, at the best threshold. `order` are the rows by ascending score, `weights` how often each counts (all once where absent).
 *  Null without both classes.   @source two-sample Kolmogorov–Smirnov statistic; as scipy ks_2samp */
export function kolmogorovSmirnov(
  scores: ArrayLike<number>,
  isPositive: ArrayLike<boolean>,
  order: Int32Array = ascending(scores),
  weights?: ArrayLike<number>,
): number | null {
  const weightOf = (row: number) => weights?.[row] ?? 1;
  let positives = 0;
  let others = 0;
  for (let i = 0; i < scores.length; i++) {
    if (isPositive[i] === true) positives += weightOf(i);
    else others += weightOf(i);
  }
  if (positives === 0 || others === 0) return null;
  let [p, o, largest] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) {
      if (isPositive[order[to]!] === true) p += weightOf(order[to]!);
      else o += weightOf(order[to]!);
    }
    largest = Math.max(largest, Math.abs(p / positives - o / others));
    from = to;
  }
  return largest;
}

/** Rows by ascending score. */
export function ascending(scores: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
}
