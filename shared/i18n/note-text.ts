import type { EvidenceRow } from '../contract/evidence.ts';
import { isI18nKey, type Translate } from './translate.ts';

/** A note of a row in words: its id is a text where one is known. */
export function noteText(t: Translate, note: EvidenceRow['notes'][number]): string {
  const key = `evidence.note.${note.id}`;
  return `${isI18nKey(key) ? t(key) : note.id} ${note.value}`;
}
