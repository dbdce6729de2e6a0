import { foldWidth } from '../import/parse-cell.ts';
import { isResidentId, passesLuhn } from './check-digits.ts';

export const PERSONAL_DATA_KINDS = ['idCard', 'bankCard', 'mobile', 'email'] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

/** What stands in the place of a masked datum; the same in every language, so that texts stay comparable. */
const MASKS: Readonly<Record<PersonalDataKind, string>> = {
  idCard: '[id-card]',
  bankCard: '[bank-card]',
  mobile: '[mobile]',
  email: '[email]',
};

/** Candidates; all quantifiers are bounded, so the search is linear. Longer kinds come first and take their place. */
const PATTERNS: Readonly<Record<PersonalDataKind, RegExp>> = {
  idCard: /(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])/g,
  bankCard: /(?<!\d)(?<!\d[ -])[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,4}(?:[ -]?\d{1,3})?(?![ -]?\d)/g,
  mobile: /(?<![\dA-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
  email: /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/g,
};

const CHECKS: Readonly<Record<PersonalDataKind, (found: string) => boolean>> = {
  idCard: isResidentId,
  bankCard: (found) => {
    const digits = found.replace(/[ -]/g, '');
    return digits.length >= 13 && digits.length <= 19 && passesLuhn(digits);
  },
  mobile: () => true,
  email: () => true,
};

export interface MaskedText {
  readonly text: string;
  readonly found: Readonly<Record<PersonalDataKind, number>>;
}

/** Masks mobile numbers, resident identity numbers and bank card numbers whose check digit holds, and e-mail addresses.
 *  Full-width figures are found as well. */
export function maskPersonalData(text: string, kinds: readonly PersonalDataKind[]): MaskedText {
  const found = { idCard: 0, bankCard: 0, mobile: 0, email: 0 };
  let masked = text;
  if (!/[\d@\uFF10-\uFF19\uFF20]/.test(text)) return { text, found };
  for (const kind of PERSONAL_DATA_KINDS) {
    if (!kinds.includes(kind)) continue;
    const folded = foldWidth(masked);
    let result = '';
    let from = 0;
    for (const match of folded.matchAll(PATTERNS[kind])) {
      if (!CHECKS[kind](match[0])) continue;
      found[kind]++;
      result += masked.slice(from, match.index) + MASKS[kind];
      from = match.index + match[0].length;
    }
    masked = result + masked.slice(from);
  }
  return { text: masked, found };
}
