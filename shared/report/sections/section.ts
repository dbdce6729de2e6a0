import { isI18nKey, type TextParams, type Translate } from '../../i18n/translate.ts';
import type { Block, Column } from '../blocks.ts';
import type { SectionReader } from '../input.ts';

/** Writes what a step found; empty where there is nothing to print. */
export type SectionWriter = (reader: SectionReader) => readonly Block[];

export const right = (title: string): Column => ({ title, align: 'right' });
export const left = (title: string): Column => ({ title });

/** The word of an id below a group of texts; the id itself where a later version of the product made the result. */
export function wordOf(t: Translate, group: string, id: string, params: TextParams = {}): string {
  const key = `${group}.${id}`;
  return isI18nKey(key) ? t(key, params) : id;
}

/** A model or another numbered thing by id and name, its id once where nobody named it. */
export function idAndName(id: string, name: string): string {
  return name === '' || name === id ? id : `${id} ${name}`;
}

/** Sentences in a row, spaced as the language does. */
export function sentences(t: Translate, parts: readonly string[]): string {
  const [first = '', ...rest] = parts;
  return rest.reduce((before, second) => t('report.sheet.sentences', { first: before, second }), first);
}
