import type { Rng } from '../rng.ts';

/** English forms written apart and together. Put together for this program. */
const PAIRS: readonly (readonly [apart: string, together: string])[] = [
  ['do not', "don't"],
  ['does not', "doesn't"],
  ['did not', "didn't"],
  ['is not', "isn't"],
  ['are not', "aren't"],
  ['was not', "wasn't"],
  ['were not', "weren't"],
  ['have not', "haven't"],
  ['has not', "hasn't"],
  ['had not', "hadn't"],
  ['cannot', "can't"],
  ['could not', "couldn't"],
  ['would not', "wouldn't"],
  ['should not', "shouldn't"],
  ['will not', "won't"],
  ['i am', "i'm"],
  ['you are', "you're"],
  ['we are', "we're"],
  ['they are', "they're"],
  ['it is', "it's"],
  ['that is', "that's"],
  ['what is', "what's"],
  ['i have', "i've"],
  ['you have', "you've"],
  ['we have', "we've"],
  ['i will', "i'll"],
  ['you will', "you'll"],
  ['let us', "let's"],
];
/** Any form of any pair, whole words only; a straight or a curly apostrophe. */
const ANY = new RegExp(`\\b(${PAIRS.flat().join('|').replaceAll("'", "['’]")})\\b`, 'gi');
const OTHER = new Map(PAIRS.flatMap(([apart, together]) => [[apart, together] as const, [together, apart] as const]));

/** One English form written apart where it stood together, or the other way round. Null where the text has none. */
export function changeContraction(text: string, rng: Rng): string | null {
  const found = [...text.matchAll(ANY)];
  if (found.length === 0) return null;
  const { 0: form, index } = found[rng.int(found.length)]!;
  const other = OTHER.get(form.toLowerCase().replace('’', "'"))!;
  const cased = form[0] === form[0]!.toUpperCase() ? other[0]!.toUpperCase() + other.slice(1) : other;
  return text.slice(0, index) + cased + text.slice(index + form.length);
}
