import type { SegmentedText } from '../../../shared/worker/explanation.ts';
import type { TextTokenizer } from '../tokenizer.ts';

/** A text's tokens by word. */
export interface WordPieces {
  /** With special tokens, cut to the longest that the model reads. */
  readonly ids: Int32Array;
  /** In the order of the text; each has its place in the text and its tokens [from, to) among `ids`. */
  readonly words: readonly Word[];
  readonly truncated: boolean;
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** Characters behind a place that are enough to see which token begins there. */
const LOOK_AHEAD = 200;

/** Finds the tokens of each word. Words that the tokenizer joins, as in the middle of a Latin word, count as one; what has no tokens of its own, such as
 *  blanks, belongs to no word. */
export function wordPieces({ text, wordEnds }: SegmentedText, tokenizer: TextTokenizer, maxLength: number): WordPieces {
  const { opening, closing } = tokenizer.specials;
  const { tokens, truncated } = tokenizer.encode([text], maxLength);
  const ids = tokens.ids;
  const last = ids.length - closing;
  const whole = tokenizer.pieces(text);
  const words: Word[] = [];
  let start = 0;
  let at = 0;
  for (const end of wordEnds) {
    if (opening + at >= last) break;
    const own = tokenizer.pieces(text.slice(start, end));
    const [next] = tokenizer.pieces(text.slice(end, end + LOOK_AHEAD));
    const isWord =
      end >= text.length ||
      (own.every((id, i) => whole[at + i] === id) && (next === undefined || next === whole[at + own.length]));
    if (!isWord) continue;
    const to = end >= text.length ? whole.length : at + own.length;
    if (to > at) words.push({ ...trimmed(text, start, end), from: opening + at, to: Math.min(last, opening + to) });
    at = to;
    start = end;
  }
  return { ids, words, truncated: truncated > 0 };
}

/** The place without blanks around it. */
function trimmed(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const own = text.slice(start, end);
  const lead = own.length - own.trimStart().length;
  return { start: start + lead, end: end - (own.length - own.trimEnd().length) };
}

/** The text with each token of the words in `hidden` replaced. */
export function replaceWords({ ids, words }: WordPieces, hidden: Iterable<number>, by: number): Int32Array {
  const replaced = ids.slice();
  for (const word of hidden) replaced.fill(by, words[word]!.from, words[word]!.to);
  return replaced;
}

/** The text without the tokens of words whose flag is 0; special tokens stay. */
export function keepWords({ ids, words }: WordPieces, kept: Uint8Array): Int32Array {
  const stays = new Uint8Array(ids.length).fill(1);
  for (const [i, { from, to }] of words.entries()) if (kept[i] === 0) stays.fill(0, from, to);
  return ids.filter((_, token) => stays[token] === 1);
}
