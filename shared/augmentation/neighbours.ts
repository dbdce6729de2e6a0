import { STOP_WORDS } from '../stages/demand/text/stop-words.ts';
import type { Neighbours } from './eda.ts';
import { HAN, wordParts, wordPlaces } from './word-parts.ts';

/** Words that may stand for one another: those of the training texts whose vectors in the model's own word table lie close. */

/** Most different words that are compared; the rarest fall away. */
const MOST_WORDS = 2000;
const MOST_NEIGHBOURS = 5;
const LEAST_COSINE = 0.45;
/** Words with fewer rows say too little about classes. */
const FEW_ROWS = 4;
const LEAST_OVERLAP = 0.6;
/** What turns a meaning round stays as it is: near in every word table is also the opposite. */
const POLAR =
  /^(?:not?|never|none|without|un\w+|im\w+|good|bad|great|poor|best|worst|better|worse|more|less|high|low|fast|slow|hot|cold|old|new|easy|hard|right|wrong|always|before|after|up|down|in|out|on|off|love|hate|like|dislike)$|[不没无非未别难好差坏多少高低快慢冷热新旧大小早晚前后对错便贵香臭]/u;
const DIGIT = /\p{N}/u;

export interface NeighbourInput {
  readonly texts: readonly string[];
  readonly labels: Int32Array;
  readonly classes: number;
  /** A vector for a word, from the model's word table; null for a word that it does not know. All of one size. */
  readonly vectorOf: (word: string) => Float32Array | null;
}

/** Neighbours of every word, at most five: of the same script and, for Chinese, the same length; cosine of at least 0.45 after the mean of all
 *  words is taken off; not used in other classes (total variation of at most 0.4 where both words stand in four rows or more).
 *  Stop words, numbers and words that turn a meaning round have none and are none. */
export function wordNeighbours({ texts, labels, classes, vectorOf }: NeighbourInput): Neighbours {
  const rows = new Map<string, Float64Array>();
  for (const [i, text] of texts.entries()) {
    const parts = wordParts(text);
    for (const word of new Set(wordPlaces(parts).map((place) => parts[place]!.text.toLowerCase()))) {
      if (STOP_WORDS.has(word) || POLAR.test(word) || DIGIT.test(word) || [...word].length < 2) continue;
      const counts = rows.get(word) ?? new Float64Array(classes);
      counts[labels[i]!]!++;
      rows.set(word, counts);
    }
  }
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  const words = [...rows]
    .map(([word, counts]) => ({ word, counts, total: total(counts), vector: vectorOf(word) }))
    .filter((entry) => entry.vector !== null)
    .sort((a, b) => b.total - a.total || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_WORDS);
  const vectors = centred(words.map(({ vector }) => vector!));
  const found = new Map<string, readonly string[]>();
  for (const [i, { word, counts, total: n }] of words.entries()) {
    const near: { readonly word: string; readonly cosine: number }[] = [];
    for (const [j, other] of words.entries()) {
      if (i === j || !sameForm(word, other.word)) continue;
      const cosine = dot(vectors[i]!, vectors[j]!);
      if (cosine < LEAST_COSINE) continue;
      if (n >= FEW_ROWS && other.total >= FEW_ROWS && overlap(counts, n, other.counts, other.total) < LEAST_OVERLAP)
        continue;
      near.push({ word: other.word, cosine });
    }
    near.sort((a, b) => b.cosine - a.cosine);
    if (near.length > 0)
      found.set(
        word,
        near.slice(0, MOST_NEIGHBOURS).map((neighbour) => neighbour.word),
      );
  }
  return (word) => found.get(word.toLowerCase()) ?? [];
}

/** Of one script; Chinese words of one length, others not forms of the same stem. */
function sameForm(a: string, b: string): boolean {
  if (HAN.test(a) !== HAN.test(b)) return false;
  return HAN.test(a) ? [...a].length === [...b].length : !(a.startsWith(b) || b.startsWith(a));
}

/** Each vector without the mean of all, of length 1. */
function centred(vectors: readonly Float32Array[]): readonly Float32Array[] {
  const width = vectors[0]?.length ?? 0;
  const mean = new Float64Array(width);
  for (const vector of vectors) for (let k = 0; k < width; k++) mean[k]! += vector[k]! / vectors.length;
  return vectors.map((vector) => {
    const moved = vector.map((value, k) => value - mean[k]!);
    const length = Math.sqrt(dot(moved, moved));
    return length === 0 ? moved : moved.map((value) => value / length);
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** Share that two distributions over classes have in common, 1 − their total variation. */
function overlap(a: Float64Array, totalA: number, b: Float64Array, totalB: number): number {
  return a.reduce((sum, count, k) => sum + Math.min(count / totalA, b[k]! / totalB), 0);
}
