import type { Rng } from '../../shared/rng.ts';
import type { Author, Intent, LanguagePhrases } from './phrases.ts';
import { INTENTS } from './phrases.ts';

export type SampleLanguage = 'zh-CN' | 'en';

export function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.int(items.length)]!;
}

/** Index drawn with probability proportional to its weight. */
export function drawWeighted(weights: readonly number[], rng: Rng): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = rng.float() * total;
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return weights.length - 1;
}

/** Parts of a message in the order written, with how often that shape occurs (per cent). */
const SHAPES = [
  [10, ['core']],
  [22, ['core', 'ask']],
  [6, ['opener', 'core']],
  [13, ['opener', 'core', 'ask']],
  [11, ['core', 'detail']],
  [8, ['detail', 'core', 'ask']],
  [9, ['core', 'detail', 'ask']],
  [6, ['opener', 'core', 'detail', 'ask', 'closer']],
  [6, ['detail', 'ask']],
  [5, ['core', 'also', 'ask']],
  [4, ['other', 'core']],
] as const;

/** One message of an intent as its writer would type it: a core sentence with details, question, greeting, typos. */
export function composeMessage(
  phrases: LanguagePhrases,
  language: SampleLanguage,
  intent: Intent,
  author: Author,
  rng: Rng,
): string {
  const used = new Set<string>();
  const expand = (template: string) => expandTemplate(template, phrases.slots, used, rng);
  const own = phrases.intents[intent];
  const details = author === 'staff' ? phrases.staffDetails : own.details;
  const asks = author === 'staff' ? phrases.staffAsks : own.asks;
  const [, parts] =
    SHAPES[
      drawWeighted(
        SHAPES.map(([weight]) => weight),
        rng,
      )
    ]!;
  const clauses = parts.map((part) => {
    if (part === 'opener') return expand(pick(phrases.openers, rng));
    if (part === 'closer') return expand(pick(phrases.closers, rng));
    if (part === 'detail') return expand(pick(details, rng));
    if (part === 'ask') return expand(pick(asks, rng));
    if (part === 'core') return expand(pick(own[author], rng));
    const second = pick(
      INTENTS.filter((other) => other !== intent && other !== 'interface-integration'),
      rng,
    );
    const aside = expand(pick(phrases.intents[second][author], rng));
    if (part === 'other') return aside;
    return (language === 'zh-CN' ? '另外' : 'Also: ') + aside;
  });
  if (parts.length < 5 && rng.float() < 0.1) clauses.push(expand(pick(phrases.closers, rng)));
  return language === 'zh-CN' ? writeChinese(clauses, phrases, rng) : writeEnglish(clauses, phrases, rng);
}

/** Choices first, then slots; a slot used twice in a message gives two different values. */
function expandTemplate(template: string, slots: LanguagePhrases['slots'], used: Set<string>, rng: Rng): string {
  const chosen = template.replace(/\[([^\]]*)\]/gu, (_, choices: string) => pick(choices.split('|'), rng));
  return chosen.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const values = slots[name] ?? [];
    const fresh = values.filter((value) => !used.has(value));
    const value = pick(fresh.length > 0 ? fresh : values, rng);
    used.add(value);
    return value;
  });
}

function withTypo(text: string, phrases: LanguagePhrases, rng: Rng): string {
  const possible = phrases.typos.filter(([right]) => text.includes(right));
  if (possible.length === 0) return text;
  const [right, wrong] = pick(possible, rng);
  return text.replace(right, wrong);
}

function writeChinese(clauses: readonly string[], phrases: LanguagePhrases, rng: Rng): string {
  const mark = pick(['，', '，', '。', '。', ' ', '！'], rng);
  const ended = /[。？！]$/u;
  let text = clauses.reduce((sentence, clause) => sentence + (ended.test(sentence) ? '' : mark) + clause);
  if (!ended.test(text)) text += pick(['', '', '。', '。', '！', '…', '！！'], rng);
  return rng.float() < 0.1 ? withTypo(text, phrases, rng) : text;
}

function writeEnglish(clauses: readonly string[], phrases: LanguagePhrases, rng: Rng): string {
  const sentences = clauses.map((clause) => clause.charAt(0).toUpperCase() + clause.slice(1));
  let text = sentences.join(' ').replace(/\b([Aa]) (?=(?:equipment|overdraft|invoice|E\d))/gu, '$1n ');
  const casual = rng.float();
  if (casual < 0.14) text = text.toLowerCase().replace(/\.$/u, '');
  else if (casual < 0.24) text = text.replace(/\.$/u, pick(['', '!', '...', '!!'], rng));
  else if (casual < 0.3) text = text.replace(/\bplease\b/iu, 'pls').replace(/\byou\b/u, 'u');
  return rng.float() < 0.12 ? withTypo(text, phrases, rng) : text;
}
