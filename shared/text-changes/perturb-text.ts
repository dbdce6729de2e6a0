import type { Rng } from '../rng.ts';
import { LOOK_ALIKES } from './look-alikes.ts';
import type { PerturbationId } from './perturbations.ts';
import { TO_TRADITIONAL } from './script-pairs.ts';

const HAN = /\p{Script=Han}/u;
/** Neighbours on a QWERTY keyboard. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'qsz',
  b: 'vgn',
  c: 'xdv',
  d: 'sfe',
  e: 'wrd',
  f: 'dgr',
  g: 'fht',
  h: 'gjy',
  i: 'uok',
  j: 'hku',
  k: 'jli',
  l: 'ko',
  m: 'nj',
  n: 'bm',
  o: 'ipl',
  p: 'o',
  q: 'wa',
  r: 'etf',
  s: 'adw',
  t: 'ryg',
  u: 'yij',
  v: 'cb',
  w: 'qes',
  x: 'zc',
  y: 'tuh',
  z: 'xa',
};
const CONFUSED = new Map<string, string>(LOOK_ALIKES.flatMap(([a, b]) => [[b, a] as const, [a, b] as const]));
const PUNCTUATION = /[\p{P}]+/gu;
const EMOJI = ['🙂', '😡', '🙏', '👍', '😢', '🤔'];
/** One typing error for about this many characters, at least one and at most four. */
const CHARACTERS_PER_ERROR = { letters: 30, han: 12 } as const;
const MOST_ERRORS = 4;
const SHORTEST_WORD = 4;

/** A text after one harmless change; null where the change has nothing to work on (no letters for `case`, no Chinese for `script` …), so that
 *  unchanged texts never count as unmoved answers. The same rng gives the same change. */
export function perturbText(id: PerturbationId, text: string, rng: Rng): string | null {
  const changed = CHANGES[id](text, rng);
  return changed === null || changed === text ? null : changed;
}

const CHANGES: Readonly<Record<PerturbationId, (text: string, rng: Rng) => string | null>> = {
  typos: (text, rng) => (HAN.test(text) ? hanTypos(text, rng) : letterTypos(text, rng)),
  case: (text, rng) => (rng.int(2) === 0 ? text.toUpperCase() : capitalised(text)),
  punctuation: (text, rng) => {
    const bare = text
      .replace(PUNCTUATION, HAN.test(text) ? '' : ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (bare === '') return null;
    if (bare !== text) return bare;
    return text + pick(HAN.test(text) ? ['。', '！', '……', '？？'] : ['.', '!', '...', '??'], rng);
  },
  spaces: (text, rng) => (HAN.test(text) ? spacedHan(text, rng) : joinedWords(text, rng)),
  homophones: (text, rng) => {
    const characters = [...text];
    const places = [...characters.keys()].filter((i) => CONFUSED.has(characters[i]!));
    if (places.length === 0) return null;
    for (const i of drawn(places, errors(characters.length, 'han'), rng)) characters[i] = CONFUSED.get(characters[i]!)!;
    return characters.join('');
  },
  // Of Chinese texts only: elsewhere nobody writes full width.
  width: (text) =>
    HAN.test(text) ? text.replace(/[0-9A-Za-z]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)) : null,
  script: (text) => [...text].map((c) => TO_TRADITIONAL.get(c) ?? c).join(''),
  emoji: (text, rng) =>
    `${text}${HAN.test(text) ? '' : ' '}${pick(EMOJI, rng)}${rng.int(2) === 0 ? pick(EMOJI, rng) : ''}`,
  personalData: (text, rng) => {
    const number = String(1000 + rng.int(9000));
    if (HAN.test(text)) {
      const name = pick(['王建国', '李秀英', '张伟', '陈静', '欧阳明'], rng);
      return `${text}${/[。！？]$/u.test(text) ? '' : '。'}我叫${name}，电话139${number}${number}。`;
    }
    const name = pick(['John Carter', 'Mary Lee', 'Ahmed Khan', 'Olga Novak', 'Grace Obi'], rng);
    return `${text}${/[.!?]$/.test(text) ? '' : '.'} My name is ${name}, phone 555-01${number.slice(0, 2)}.`;
  },
};

function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.int(items.length)]!;
}

function errors(length: number, kind: keyof typeof CHARACTERS_PER_ERROR): number {
  return Math.max(1, Math.min(MOST_ERRORS, Math.round(length / CHARACTERS_PER_ERROR[kind])));
}

/** Some of the places, without repeats. */
function drawn(places: readonly number[], count: number, rng: Rng): number[] {
  const left = [...places];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(rng.int(left.length), 1)[0]!);
}

/** Two characters swapped, one left out, or one hit beside its key, inside words of four letters or more. */
function letterTypos(text: string, rng: Rng): string | null {
  const words = text.split(' ');
  const places = [...words.keys()].filter((i) => /^[A-Za-z]+\W?$/.test(words[i]!) && words[i]!.length >= SHORTEST_WORD);
  if (places.length === 0) return null;
  for (const i of drawn(places, errors(text.length, 'letters'), rng)) {
    const word = words[i]!;
    const at = 1 + rng.int(word.length - 3);
    const letter = word[at]!;
    const neighbours = NEIGHBOURS[letter.toLowerCase()] ?? letter;
    const kind = rng.int(3);
    words[i] =
      kind === 0
        ? word.slice(0, at) + word[at + 1]! + letter + word.slice(at + 2)
        : kind === 1
          ? word.slice(0, at) + word.slice(at + 1)
          : word.slice(0, at) + neighbours[rng.int(neighbours.length)]! + word.slice(at + 1);
  }
  return words.join(' ');
}

/** Two neighbouring characters swapped, one doubled, or one left out. */
function hanTypos(text: string, rng: Rng): string | null {
  const characters = [...text];
  const places = [...characters.keys()].filter((i) => HAN.test(characters[i]!) && HAN.test(characters[i + 1] ?? ''));
  if (places.length === 0) return null;
  // From the end, so that earlier places stay where they are.
  for (const i of drawn(places, errors(characters.length, 'han'), rng).sort((a, b) => b - a)) {
    const kind = rng.int(3);
    if (kind === 0) characters.splice(i, 2, characters[i + 1]!, characters[i]!);
    else if (kind === 1) characters.splice(i, 0, characters[i]!);
    else characters.splice(i, 1);
  }
  return characters.join('');
}

function capitalised(text: string): string {
  return text.toLowerCase() === text ? text.replace(/\b[a-z]/g, (c) => c.toUpperCase()) : text.toLowerCase();
}

function spacedHan(text: string, rng: Rng): string | null {
  const characters = [...text];
  const places = [...characters.keys()].filter((i) => HAN.test(characters[i]!) && HAN.test(characters[i + 1] ?? ''));
  if (places.length === 0) return null;
  for (const i of drawn(places, errors(characters.length, 'han'), rng)) characters[i] += ' ';
  return characters.join('');
}

function joinedWords(text: string, rng: Rng): string | null {
  const places = [...text].flatMap((c, i) => (c === ' ' ? [i] : []));
  if (places.length === 0) return null;
  const gone = new Set(drawn(places, errors(text.length, 'letters'), rng));
  return [...text].filter((_, i) => !gone.has(i)).join('');
}
