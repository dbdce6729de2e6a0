export interface ParetoPoint {
  /** More is better. */
  readonly score: number;
  /** Less is better; null where unknown. */
  readonly latencyP95Ms: number | null;
  readonly sizeMb: number | null;
}

/** Which points no other dominates, i.e. is at least as good in everything and better in something. An unknown value can neither be shown to be
 *  as good as another's nor worse, so it neither dominates nor is dominated, unless both are unknown: then it says nothing. */
export function paretoSet(points: readonly ParetoPoint[]): boolean[] {
  return points.map((point, i) => !points.some((other, j) => i !== j && dominates(other, point)));
}

function dominates(a: ParetoPoint, b: ParetoPoint): boolean {
  const latency = atLeastAsGood(a.latencyP95Ms, b.latencyP95Ms);
  const size = atLeastAsGood(a.sizeMb, b.sizeMb);
  if (a.score < b.score || latency === null || size === null) return false;
  return a.score > b.score || latency === 'better' || size === 'better';
}

/** Null where it is not shown that `a` is at most `b`. */
function atLeastAsGood(a: number | null, b: number | null): 'equal' | 'better' | null {
  if (a === null && b === null) return 'equal';
  if (a === null || b === null || a > b) return null;
  return a < b ? 'better' : 'equal';
}
