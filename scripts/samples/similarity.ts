export type ShingleKind = 'character-3-gram' | 'word-2-shingle';

/** The set of shingles of a text after NFKC and lower case, without punctuation; characters also without spaces.
 *  Texts shorter than a shingle give themselves. */
export function shingles(text: string, kind: ShingleKind): ReadonlySet<string> {
  const gap = kind === 'word-2-shingle' ? ' ' : '';
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, gap)
    .trim();
  const units = kind === 'word-2-shingle' ? plain.split(' ') : [...plain];
  const size = kind === 'word-2-shingle' ? 2 : 3;
  if (units.length < size) return new Set([plain]);
  return new Set(units.slice(size - 1).map((_, i) => units.slice(i, i + size).join(gap)));
}

/** Jaccard similarity of two sets, 0 to 1; 1 for two empty sets. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const item of few) if (many.has(item)) shared += 1;
  const union = a.size + b.size - shared;
  return union === 0 ? 1 : shared / union;
}

/** Remembers shingle sets and tells the most similar one; sets whose sizes rule out `atLeast` are skipped. */
export function createNeighbourIndex(atLeast: number) {
  const sets: ReadonlySet<string>[] = [];
  return {
    add(set: ReadonlySet<string>): void {
      sets.push(set);
    },
    /** Positions (in order of adding) of the sets at least as similar as `atLeast`. */
    neighbours(set: ReadonlySet<string>): readonly number[] {
      const found: number[] = [];
      for (const [position, other] of sets.entries()) {
        const [low, high] = other.size < set.size ? [other.size, set.size] : [set.size, other.size];
        if (low >= atLeast * high && jaccard(set, other) >= atLeast) found.push(position);
      }
      return found;
    },
  };
}
