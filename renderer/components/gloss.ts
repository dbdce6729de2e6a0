import { GLOSSARY_TERMS, type GlossaryTerm } from '../../shared/help/glossary.ts';
import type { Translate } from '../../shared/i18n/translate.ts';

/** Words of everyday language: found in the glossary, but not underlined wherever they stand. */
const EVERYDAY: ReadonlySet<GlossaryTerm> = new Set([
  'need',
  'topic',
  'share',
  'effect',
  'limit',
  'scenario',
  'accuracy',
  'slice',
  'data',
  'p',
  'u',
  'stale',
]);

export interface GlossPart {
  readonly text: string;
  readonly term: GlossaryTerm | null;
}

export type Gloss = (text: string) => readonly GlossPart[];

const escaped = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A word of Latin letters ends where letters end; Chinese has no such edge. */
const bounded = (word: string) =>
  `${/^\w/.test(word) ? '(?<![A-Za-z0-9])' : ''}${escaped(word)}${/\w$/.test(word) ? '(?![A-Za-z0-9])' : ''}`;

/** Words by which a term is known in a language: its name first. */
export function wordsOf(t: Translate, term: GlossaryTerm): readonly string[] {
  return [t(`glossary.${term}.name`), ...t(`glossary.${term}.also`).split('|')].filter((word) => word !== '');
}

/** Splits texts of a language at the terms of the glossary, longest words first; each term once a text. */
export function createGloss(t: Translate): Gloss {
  const termOf = new Map<string, GlossaryTerm>();
  for (const term of GLOSSARY_TERMS)
    if (!EVERYDAY.has(term)) for (const word of wordsOf(t, term)) termOf.set(word.toLowerCase(), term);
  const words = [...termOf.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(words.map(bounded).join('|'), 'giu');
  return (text) => {
    const parts: GlossPart[] = [];
    const met = new Set<GlossaryTerm>();
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      const term = termOf.get(match[0].toLowerCase());
      if (term === undefined || met.has(term)) continue;
      met.add(term);
      if (match.index > from) parts.push({ text: text.slice(from, match.index), term: null });
      parts.push({ text: match[0], term });
      from = match.index + match[0].length;
    }
    if (from < text.length) parts.push({ text: text.slice(from), term: null });
    return parts;
  };
}
