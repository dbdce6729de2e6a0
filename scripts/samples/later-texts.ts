import type { Rng } from '../../shared/rng.ts';
import { shuffle } from '../../shared/rng.ts';
import { composeMessage, type SampleLanguage } from './compose.ts';
import { INDEPENDENT_BELOW, SAMPLE_PHRASES, SHINGLE_KIND } from './messages.ts';
import type { Author, Intent, LanguagePhrases } from './phrases.ts';
import { REPAYMENT_PHRASES } from './phrases-repayment.ts';
import { createNeighbourIndex, shingles } from './similarity.ts';

/** What a later text is about: a kind of request of before, or the new one. */
export type LaterIntent = Intent | 'repayment';

/** Writes texts that are near none of those given and none of each other. */
export function createLaterComposer(language: SampleLanguage, existing: readonly string[]) {
  const kind = SHINGLE_KIND[language];
  const index = createNeighbourIndex(INDEPENDENT_BELOW);
  for (const text of existing) if (text.trim() !== '') index.add(shingles(text, kind));
  const known = SAMPLE_PHRASES[language];
  // The new kind is written by the same rules, in the place of one that it does not borrow from.
  const withRepayment: LanguagePhrases = {
    ...known,
    intents: { ...known.intents, 'interface-integration': REPAYMENT_PHRASES[language] },
  };
  return (intent: LaterIntent, author: Author, rng: Rng): string => {
    for (let attempt = 0; attempt <= 300; attempt++) {
      const text =
        intent === 'repayment'
          ? composeMessage(withRepayment, language, 'interface-integration', author, rng)
          : composeMessage(known, language, intent, author, rng);
      const set = shingles(text, kind);
      if (index.neighbours(set).length > 0) continue;
      index.add(set);
      return text;
    }
    throw new Error(`The phrases of ${intent} in ${language} do not carry that many texts`);
  };
}

/** So many of each as the shares say (largest remainders), in random order. */
export function quota<T extends string>(shares: Readonly<Record<T, number>>, count: number, rng: Rng): T[] {
  const names = Object.keys(shares) as T[];
  const total = names.reduce((sum, name) => sum + shares[name], 0);
  const exact = names.map((name) => ({ name, share: (count * shares[name]) / total }));
  const floors = exact.map(({ name, share }) => ({ name, rows: Math.floor(share), rest: share - Math.floor(share) }));
  let left = count - floors.reduce((sum, { rows }) => sum + rows, 0);
  for (const entry of [...floors].sort((a, b) => b.rest - a.rest)) {
    if (left === 0) break;
    entry.rows += 1;
    left -= 1;
  }
  return shuffle(
    floors.flatMap(({ name, rows }) => Array.from({ length: rows }, () => name)),
    rng,
  );
}
