import type { DriftResult } from '../results.ts';

export type WordShift = DriftResult['words'][number];

const MOST_WORDS = 20;
const FEWEST_TEXTS = 5;
/** Smaller differences are what chance gives among thousands of words. */
const LEAST_Z = 3.5;

/** Words whose share of texts differs most between two sets, by the pooled z of two proportions. A word counts once for each text.
 *  @param reference, current words of each text, each once */
export function wordShifts(
  reference: readonly ReadonlySet<string>[],
  current: readonly ReadonlySet<string>[],
): WordShift[] {
  const counts = new Map<string, [number, number]>();
  const add = (texts: readonly ReadonlySet<string>[], side: 0 | 1) => {
    for (const words of texts) {
      for (const word of words) {
        const known = counts.get(word) ?? [0, 0];
        known[side] += 1;
        counts.set(word, known);
      }
    }
  };
  add(reference, 0);
  add(current, 1);
  const [n, m] = [reference.length, current.length];
  if (n === 0 || m === 0) return [];
  return [...counts]
    .filter(([, [before, now]]) => before + now >= FEWEST_TEXTS)
    .map(([word, [referenceTexts, newTexts]]): WordShift => {
      const referenceShare = referenceTexts / n;
      const newShare = newTexts / m;
      const pooled = (referenceTexts + newTexts) / (n + m);
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
      const z = error === 0 ? 0 : (newShare - referenceShare) / error;
      return { word, referenceTexts, newTexts, referenceShare, newShare, z, direction: z > 0 ? 'more' : 'less' };
    })
    .filter(({ z }) => Math.abs(z) >= LEAST_Z)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_WORDS);
}
