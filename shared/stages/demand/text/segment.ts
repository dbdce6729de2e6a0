/** A text as lower-case word tokens, punctuation and blanks left out. Given by the caller: a dictionary
 *  segmenter where there is one, else `intlSegmenter`. */
export type Segmenter = (text: string) => readonly string[];

const HAN = /\p{Script=Han}/u;
const WORD = /[\p{L}\p{N}]/u;

/** Word tokens by the runtime's own Unicode segmentation (for Chinese a dictionary inside ICU). */
export function intlSegmenter(locale: string): Segmenter {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
  return (text) => {
    const tokens: string[] = [];
    for (const part of segmenter.segment(text.normalize('NFKC').toLowerCase()))
      if (part.isWordLike === true) tokens.push(part.segment);
    return tokens;
  };
}

/** Uses `chinese` for texts with Han characters and `other` for the rest; drops what a segmenter lets through
 *  that has neither letter nor digit. */
export function segmenterByScript(chinese: Segmenter, other: Segmenter): Segmenter {
  return (text) => (HAN.test(text) ? chinese(text) : other(text)).filter((token) => WORD.test(token));
}

/** Without stop words (a contraction counts as its first part) and, for names of topics, without bare numbers and
 *  single Latin letters. */
export function contentTokens(tokens: readonly string[], stopWords: ReadonlySet<string>): readonly string[] {
  return tokens.filter(
    (token) => !stopWords.has(token.split(/['’]/u)[0]!) && !/^(?:[\d.,%]+|[a-z]|\p{Script=Han})$/u.test(token),
  );
}
