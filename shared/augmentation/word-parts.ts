/** A text cut into words and what stands between them; joined again it is the text. */
export interface TextPart {
  readonly text: string;
  readonly isWord: boolean;
}

/** Ideographs bind no words with blanks. */
export const HAN = /\p{Script=Han}/u;

const segmenters = new Map<string, Intl.Segmenter>();

/** Words by Unicode segmentation (for Chinese a dictionary inside ICU). */
export function wordParts(text: string): readonly TextPart[] {
  const locale = HAN.test(text) ? 'zh' : 'en';
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, segmenter);
  return [...segmenter.segment(text)].map(({ segment, isWordLike }) => ({
    text: segment,
    isWord: isWordLike === true,
  }));
}

export const joinParts = (parts: readonly TextPart[]): string => parts.map(({ text }) => text).join('');

/** Places of the words among the parts. */
export const wordPlaces = (parts: readonly TextPart[]): number[] =>
  [...parts.keys()].filter((place) => parts[place]!.isWord);
