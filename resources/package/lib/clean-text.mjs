/** A text as the model saw texts in training. The same steps as in the workbench that made this package, in the same order. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2060\ufeff]/g;
/** Full-width punctuation of Chinese text, which NFKC would turn into ASCII. */
const CHINESE_PUNCTUATION = /[，！？：；（）～]/;

/** NFKC except for Chinese punctuation, no control or zero-width characters, single spaces, no outer ones. Line ends stay.
 *  @param {string} text */
export function normaliseText(text) {
  const composed = CHINESE_PUNCTUATION.test(text)
    ? text.replace(/[^，！？：；（）～]+/g, (part) => part.normalize('NFKC'))
    : text.normalize('NFKC');
  return composed
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether an 18-character resident identity number has a possible birth date and the right check character.
 *  @param {string} id */
function isResidentId(id) {
  const [year, month, day] = [Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1850 || year > 2100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return '10X98765432'[sum % 11] === id.charAt(17).toUpperCase();
}

/** @param {string} digits */
function passesLuhn(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum > 0 && sum % 10 === 0;
}

/** @param {string} found */
function isBankCard(found) {
  const digits = found.replace(/[ -]/g, '');
  return digits.length >= 13 && digits.length <= 19 && passesLuhn(digits);
}

/** Longer kinds come first and take their place; all quantifiers are bounded, so the search is linear. */
const KINDS = [
  {
    kind: 'idCard',
    mask: '[id-card]',
    pattern: /(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])/g,
    check: isResidentId,
  },
  {
    kind: 'bankCard',
    mask: '[bank-card]',
    pattern: /(?<!\d)(?<!\d[ -])[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,4}(?:[ -]?\d{1,3})?(?![ -]?\d)/g,
    check: isBankCard,
  },
  {
    kind: 'mobile',
    mask: '[mobile]',
    pattern: /(?<![\dA-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
    check: () => true,
  },
  {
    kind: 'email',
    mask: '[email]',
    pattern: /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/g,
    check: () => true,
  },
];

/** Full-width forms as their ASCII ones; the length stays the same.
 *  @param {string} text */
function foldWidth(text) {
  return text.replace(/[\uFF01-\uFF5E\u3000]/g, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}

/** Masks identity numbers and bank cards whose check digit holds, mobile numbers and e-mail addresses.
 *  @param {string} text
 *  @param {readonly string[]} kinds */
export function maskPersonalData(text, kinds) {
  if (!/[\d@\uFF10-\uFF19\uFF20]/.test(text)) return text;
  let masked = text;
  for (const { kind, mask, pattern, check } of KINDS) {
    if (!kinds.includes(kind)) continue;
    let result = '';
    let from = 0;
    for (const match of foldWidth(masked).matchAll(pattern)) {
      if (!check(match[0])) continue;
      result += masked.slice(from, match.index) + mask;
      from = match.index + match[0].length;
    }
    masked = result + masked.slice(from);
  }
  return masked;
}

/** @param {string} text
 *  @param {{ readonly normalise: boolean, readonly maskPersonalData: readonly string[] }} steps */
export function cleanText(text, steps) {
  const normalised = steps.normalise ? normaliseText(text) : text;
  return maskPersonalData(normalised, steps.maskPersonalData);
}
