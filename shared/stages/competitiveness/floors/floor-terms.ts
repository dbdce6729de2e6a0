import type { Segmenter } from '../../demand/text/segment.ts';
import { tokenGrams } from '../../demand/text/tfidf.ts';

const HAN = /\p{Script=Han}/u;

/** Terms of a text for the TF-IDF floor: runs of one and two words; with Han characters instead runs of one and two characters, and words of
 *  two or more characters. `segment` gives the words. */
export function floorTerms(text: string, segment: Segmenter): readonly string[] {
  const words = segment(text);
  if (!HAN.test(text)) return tokenGrams(words, 2);
  const characters = [...text.normalize('NFKC').toLowerCase()].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  return [...tokenGrams(characters, 2), ...words.filter((word) => [...word].length > 1)];
}
