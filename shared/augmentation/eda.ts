import type { Rng } from '../rng.ts';
import { HAN, joinParts, type TextPart, wordParts, wordPlaces } from './word-parts.ts';

/** Easy data augmentation: four small changes of the words of a text, each of n = max(1, ⌊α·words⌋) words. Null where a text gives nothing to change.
 *  @source Wei and Zou 2019, "EDA: Easy data augmentation techniques for boosting performance on text classification tasks", section 2 */

/** Words that may stand for a word, best first; empty where there are none. Stop words have none. */
export type Neighbours = (word: string) => readonly string[];

const edits = (words: number, rate: number) => Math.max(1, Math.floor(rate * words));
const pick = <T>(items: readonly T[], rng: Rng): T => items[rng.int(items.length)]!;

/** n words that have neighbours, each replaced by one of them; the same word by the same everywhere. */
export function replaceSynonyms(text: string, rate: number, neighbours: Neighbours, rng: Rng): string | null {
  const parts = wordParts(text);
  const words = [...new Set(wordPlaces(parts).map((place) => parts[place]!.text))];
  const able = words.filter((word) => neighbours(word).length > 0);
  if (able.length === 0) return null;
  const chosen = new Map<string, string>();
  for (let left = edits(wordPlaces(parts).length, rate); left > 0 && able.length > 0; left--) {
    const [word] = able.splice(rng.int(able.length), 1);
    chosen.set(word!, pick(neighbours(word!), rng));
  }
  return joinParts(parts.map((part) => ({ ...part, text: (part.isWord && chosen.get(part.text)) || part.text })));
}

/** n times a neighbour of a word of the text, put before a word drawn at random. */
export function insertSynonyms(text: string, rate: number, neighbours: Neighbours, rng: Rng): string | null {
  const parts = [...wordParts(text)];
  const words = wordPlaces(parts);
  const able = words.map((place) => parts[place]!.text).filter((word) => neighbours(word).length > 0);
  if (able.length === 0) return null;
  const blank = HAN.test(text) ? '' : ' ';
  for (let left = edits(words.length, rate); left > 0; left--) {
    const inserted = { text: `${pick(neighbours(pick(able, rng)), rng)}${blank}`, isWord: true };
    parts.splice(pick(wordPlaces(parts), rng), 0, inserted);
  }
  return joinParts(parts);
}

/** n times two words change places. */
export function swapWords(text: string, rate: number, rng: Rng): string | null {
  const parts = [...wordParts(text)];
  const words = wordPlaces(parts);
  if (words.length < 2) return null;
  for (let left = edits(words.length, rate); left > 0; left--) {
    const from = rng.int(words.length);
    const to = (from + 1 + rng.int(words.length - 1)) % words.length;
    const [a, b] = [words[from]!, words[to]!];
    [parts[a], parts[b]] = [parts[b]!, parts[a]!];
  }
  return joinParts(parts);
}

/** Each word left out with probability `rate`; one word stays always. */
export function deleteWords(text: string, rate: number, rng: Rng): string | null {
  const parts = wordParts(text);
  const words = wordPlaces(parts);
  if (words.length < 2) return null;
  const gone = new Set(words.filter(() => rng.float() < rate));
  if (gone.size === words.length) gone.delete(pick(words, rng));
  return joinParts(parts.filter((_, place) => !gone.has(place)))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Punctuation before 1 to a third of the words, so that every word and its order stay.
 *  @source Karimi et al. 2021, "AEDA: An easier data augmentation technique for text classification" */
export function insertPunctuation(text: string, rng: Rng): string | null {
  const parts = [...wordParts(text)];
  const words = wordPlaces(parts);
  if (words.length < 2) return null;
  const chinese = HAN.test(text);
  const marks = chinese ? ['。', '；', '？', '：', '！', '，'] : ['.', ';', '?', ':', '!', ','];
  const count = 1 + rng.int(Math.max(1, Math.floor(words.length / 3)));
  // From the end, so that earlier places stay where they are.
  for (const place of drawn(words, count, rng).sort((a, b) => b - a)) {
    const mark: TextPart = { text: `${pick(marks, rng)}${chinese ? '' : ' '}`, isWord: false };
    parts.splice(place, 0, mark);
  }
  return joinParts(parts);
}

function drawn(places: readonly number[], count: number, rng: Rng): number[] {
  const left = [...places];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(rng.int(left.length), 1)[0]!);
}
