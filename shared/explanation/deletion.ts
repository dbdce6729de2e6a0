import { type Rng, shuffle } from '../rng.ts';

/** Shares of a text's words that are taken away or kept alone. */
export const FRACTIONS = [0.1, 0.2, 0.3, 0.5, 0.7] as const;

/** Places of `scores` from the largest to the smallest; of equal ones the earlier first. */
export function descendingOrder(scores: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** The places 0…n−1 in random order. */
export function randomOrder(n: number, rng: Rng): Int32Array {
  return shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );
}

/** How many of n words a share is: one at least. */
export function wordsOf(fraction: number, n: number): number {
  return Math.min(n, Math.max(1, Math.round(fraction * n)));
}

/** Which of n words stay: with `delete` all but the first of the order, with `keep` the first alone.
 *  @source DeYoung et al. 2020, "ERASER" (comprehensiveness, sufficiency) */
export function keptWords(order: Int32Array, fraction: number, mode: 'delete' | 'keep'): Uint8Array {
  const first = order.subarray(0, wordsOf(fraction, order.length));
  const kept = new Uint8Array(order.length).fill(mode === 'delete' ? 1 : 0);
  for (const word of first) kept[word] = mode === 'delete' ? 0 : 1;
  return kept;
}
