import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DATA = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

/** The real file of this name, or null where this machine has none. */
export function realFile(name: string): string | null {
  const path = join(DATA, name);
  return existsSync(path) ? path : null;
}

/** Writes some lines of a file to another, under its own header. `choose` gets the lines without it. */
export function writeSubset(from: string, to: string, choose: (lines: readonly string[]) => readonly string[]): void {
  const [header = '', ...lines] = readFileSync(from, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const chosen = choose(lines.filter((line) => line !== ''));
  writeFileSync(to, `${[header, ...chosen].join('\n')}\n`);
}

export const REVIEW_ROWS = 400;

/** Reviews that differ in punctuation alone, so that cleaning has something to take out, and then the first others. */
export function someReviews(lines: readonly string[]): string[] {
  const keyOf = (line: string) => line.replace(/[^\p{L}\p{N}]/gu, '');
  const times = new Map<string, number>();
  for (const line of lines) times.set(keyOf(line), (times.get(keyOf(line)) ?? 0) + 1);
  const isRepeated = (line: string) => (times.get(keyOf(line)) ?? 0) > 1;
  const plain = lines.filter((line) => !line.startsWith('"'));
  return [...plain.filter(isRepeated), ...plain.filter((line) => !isRepeated(line))].slice(0, REVIEW_ROWS);
}

const ROWS_PER_CLASS = 45;
export const INTENTS = [
  'activate_my_card',
  'age_limit',
  'card_arrival',
  'card_delivery_estimate',
  'card_linking',
  'change_pin',
  'exchange_rate',
  'lost_or_stolen_phone',
  'passcode_forgotten',
  'terminate_account',
];

/** As many questions of each of a few intents; some of these intents are easily taken for each other. */
export function someQuestions(lines: readonly string[]): string[] {
  return INTENTS.flatMap((intent) => lines.filter((line) => line.endsWith(`,${intent}`)).slice(0, ROWS_PER_CLASS));
}
