/** Scores closer than this are a tie: sums of the same gains in another order. */
const TIE = 1e-12;

/** Share of draws at each rank, [strategies][ranks], highest score first. Tied strategies split the ranks that they fill evenly.
 *  `scores` is one array of draws per strategy.
 *  @source Lahdelma, Hokkanen and Salminen 1998 (rank acceptability indices) */
export function rankShares(scores: readonly Float64Array[]): number[][] {
  const n = scores.length;
  const shares = scores.map(() => new Array<number>(n).fill(0));
  const draws = scores[0]?.length ?? 0;
  const order = scores.map((_, i) => i);
  for (let draw = 0; draw < draws; draw++) {
    order.sort((a, b) => scores[b]![draw]! - scores[a]![draw]! || a - b);
    for (let from = 0; from < n; ) {
      let to = from + 1;
      while (to < n && scores[order[to - 1]!]![draw]! - scores[order[to]!]![draw]! <= TIE) to++;
      const each = 1 / (to - from);
      for (let i = from; i < to; i++) for (let rank = from; rank < to; rank++) shares[order[i]!]![rank]! += each;
      from = to;
    }
  }
  return shares.map((row) => row.map((sum) => Math.min(1, sum / draws)));
}
