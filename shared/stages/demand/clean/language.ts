/** `none`: no letters at all (figures, emoji). */
export const LANGUAGES = ['zh', 'en', 'other', 'none'] as const;
export type Language = (typeof LANGUAGES)[number];

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[A-Za-z]+/g;
const OTHER_SCRIPT = /(?![\p{Script=Han}A-Za-z])\p{L}/gu;
const KANA_OR_HANGUL = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Language by script: a Han character weighs as much as a Latin word. Text with a tenth of kana or hangul is `other`; so is text
 *  in which letters beyond A–Z outnumber the rest. French and German without many accents pass as `en`. */
export function languageOf(text: string): Language {
  const han = text.match(HAN)?.length ?? 0;
  const words = text.match(LATIN_WORD)?.length ?? 0;
  const others = text.match(OTHER_SCRIPT)?.length ?? 0;
  if (han + words + others === 0) return 'none';
  const kana = text.match(KANA_OR_HANGUL)?.length ?? 0;
  if (kana * 10 > han + kana || others > han + words) return 'other';
  return han >= words ? 'zh' : 'en';
}
