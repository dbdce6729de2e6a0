import type { Scale } from './column-role.ts';

/** Full-width forms (U+FF01–FF5E) and the ideographic space as their ASCII ones; the length stays the same. */
export function foldWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3000]/g, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}

const SCORE = /^([+-]?\d{1,9}(?:\.\d{1,9})?)\s*(?:分|星|级|stars?|points?)?$/i;
/** `5 - very satisfied`, `5（非常满意）`, `5、非常满意` */
const SCORE_WITH_WORDS = /^([+-]?\d{1,3})\s*[-—–:.、(=]\s*[^\d\s]/;

/** The score in a cell: a number, a number with its unit or wording, or one of the scale's words; null for anything else. */
export function parseScore(cell: string, scale: Scale | undefined): number | null {
  const folded = foldWidth(cell).trim();
  if (folded === '') return null;
  const place = scale?.labels?.findIndex((label) => label.toLowerCase() === folded.toLowerCase()) ?? -1;
  if (scale !== undefined && place >= 0) return scale.min + place;
  const number = (SCORE.exec(folded) ?? SCORE_WITH_WORDS.exec(folded))?.[1];
  return number === undefined ? null : Number(number);
}

const DATE = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T\s]+\d{1,2}[:时]\d{1,2}.*)?$/;

/** The day of a cell as `YYYY-MM-DD`: year first, with -, /, . or 年月日, or eight digits, with or without a time. Null for anything
 *  else, day-month orders included, since 03/04/2024 does not say which it is. */
export function parseDay(cell: string): string | null {
  const match = DATE.exec(foldWidth(cell).trim());
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? match[4]), Number(match[3] ?? match[5])];
  if (year < 1900 || year > 2199) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}
