// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2060\ufeff]/g;
/** Fullwidth punctuation of Chinese text, which NFKC would turn into ASCII. */
const CHINESE_PUNCTUATION = /[，！？：；（）～]/;

/** A cell as it is worked with: NFKC (full-width letters and figures become half-width) except for Chinese punctuation, no control
 *  or zero-width characters, single spaces, no outer ones. Line ends stay. */
export function normaliseText(text: string): string {
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

/** The form in which texts are compared: NFKC throughout, lower case, letters, figures and symbols only, words parted by one space.
 *  Texts of punctuation alone keep it, so that `???` and `!!!` stay apart. */
export function comparisonForm(text: string): string {
  const folded = normaliseText(text).normalize('NFKC').toLowerCase();
  const words = folded.replace(/[\p{P}\s]+/gu, ' ').trim();
  return words === '' ? folded : words;
}
