/** Area under the ROC curve: the share of (positive, negative) pairs in which the positive has the larger score, ties
 *  counting half. Null without both classes.   @source Hanley and McNeil 1982 */
export function areaUnderRoc(scores: ArrayLike<number>, isPositive: ArrayLike<boolean>): number | null {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    const meanRank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++)
      if (isPositive[order[i]!]) {
        positives++;
        rankSum += meanRank;
      }
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
