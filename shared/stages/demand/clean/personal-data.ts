import { foldWidth } from '../import/parse-cell.ts';

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

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether an 18-character resident identity number has a possible birth date and the right check character.
 *  @source GB 11643-1999 (ISO 7064 MOD 11-2) */
export function isResidentId(id: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(id)) return false;
  const [year, month, day] = [Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1850 || year > 2100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return '10X98765432'[sum % 11] === id[17]!.toUpperCase();
}

/** @source Luhn 1960, US patent 2950048; ISO/IEC 7812-1 annex B */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum > 0 && sum % 10 === 0;
}
