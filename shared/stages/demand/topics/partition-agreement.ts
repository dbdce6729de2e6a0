import { AppError } from '../../../errors/app-error.ts';

/** Adjusted Rand index of two partitions of the same rows; 1 for equal partitions, about 0 for unrelated ones.
 *  @throws AppError 'stats.shape', 'stats.empty'   @source Hubert and Arabie 1985 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { cells, ofA, ofB, n } = contingency(a, b);
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const sum = (counts: Iterable<number>) => {
    let total = 0;
    for (const count of counts) total += pairs(count);
    return total;
  };
  const together = sum(cells.values());
  const inA = sum(ofA.values());
  const inB = sum(ofB.values());
  const expected = n > 1 ? (inA * inB) / pairs(n) : 0;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

/** Mutual information over the arithmetic mean of the two entropies, in [0, 1]; 1 when both partitions have one part.
 *  @throws AppError 'stats.shape', 'stats.empty'   @source scikit-learn normalized_mutual_info_score */
export function normalizedMutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { cells, ofA, ofB, n } = contingency(a, b);
  if (ofA.size === 1 && ofB.size === 1) return 1;
  let information = 0;
  for (const [key, count] of cells) {
    const [x, y] = key.split(' ').map(Number) as [number, number];
    information += (count / n) * Math.log((count * n) / (ofA.get(x)! * ofB.get(y)!));
  }
  const entropy = (counts: Iterable<number>) => {
    let total = 0;
    for (const count of counts) total -= (count / n) * Math.log(count / n);
    return total;
  };
  const mean = (entropy(ofA.values()) + entropy(ofB.values())) / 2;
  return Math.min(1, Math.max(0, information / mean));
}

function contingency(a: ArrayLike<number>, b: ArrayLike<number>) {
  if (a.length !== b.length)
    throw new AppError('stats.shape', { what: 'partitions', problem: `${a.length} and ${b.length} rows` });
  if (a.length === 0) throw new AppError('stats.empty', { what: 'partitions' });
  const cells = new Map<string, number>();
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    const key = `${a[i]} ${b[i]}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
    ofA.set(a[i]!, (ofA.get(a[i]!) ?? 0) + 1);
    ofB.set(b[i]!, (ofB.get(b[i]!) ?? 0) + 1);
  }
  return { cells, ofA, ofB, n: a.length };
}
