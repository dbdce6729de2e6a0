import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import type { TokenRows } from '../../shared/train/batches.ts';
import type { SealKey } from '../files/sealed-file.ts';
import { readTokenizerFile } from './tokenizer-file.ts';

const FILE = 'tokenizer.json';
/** One of these fills a batch's free places. */
const PADDING_TOKENS = ['[PAD]', '<pad>'];
const MASK_TOKENS = ['[MASK]', '<mask>'];

/** Texts as token ids, cut to a length with the closing special token kept. */
export interface TextTokenizer {
  readonly padId: number;
  /** What stands for a hidden word; the padding token where the vocabulary has none of its own. */
  readonly maskId: number;
  /** How many special tokens stand before and behind a text. */
  readonly specials: { readonly opening: number; readonly closing: number };
  /** Ids of a text without special tokens, uncut. */
  pieces(text: string): readonly number[];
  /** Ids of each text with special tokens, at most `maxLength`; `truncated` counts texts that lost tokens. */
  encode(texts: readonly string[], maxLength: number): { readonly tokens: TokenRows; readonly truncated: number };
}

/** Reads `tokenizer.json`. Its own truncation and padding are left out: the library ignores the first, batches do the second.
 *  @throws AppError 'model.file' */
export async function openTokenizer(path: string, key: SealKey = null): Promise<TextTokenizer> {
  return createTokenizer(await readTokenizerFile(path, key));
}

/** The same from a file that was read already. @throws AppError 'model.file' */
export function createTokenizer(file: object): TextTokenizer {
  const tokenizer = libraryTokenizer(file);
  const idOf = (tokens: readonly string[]) =>
    tokens.map((token) => tokenizer.token_to_id(token)).find((id) => id !== undefined);
  const padId = idOf(PADDING_TOKENS);
  if (padId === undefined) throw new AppError('model.file', { file: FILE, problem: because('no-padding-token', {}) });
  const { opening, closing: suffix } = specialTokens(tokenizer);

  return {
    padId,
    maskId: idOf(MASK_TOKENS) ?? padId,
    specials: { opening, closing: suffix.length },
    pieces: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    encode(texts, maxLength) {
      const offsets = new Int32Array(texts.length + 1);
      let ids = new Int32Array(Math.max(64, texts.length * 24));
      let truncated = 0;
      for (const [i, text] of texts.entries()) {
        let row = tokenizer.encode(text).ids;
        if (row.length > maxLength) {
          row = [...row.slice(0, maxLength - suffix.length), ...suffix];
          truncated++;
        }
        const start = offsets[i]!;
        const end = start + row.length;
        if (end > ids.length) ids = grown(ids, end);
        ids.set(row, start);
        offsets[i + 1] = end;
      }
      return { tokens: { ids: ids.slice(0, offsets[texts.length]), offsets }, truncated };
    },
  };
}

/** What the library makes of a file that was read already. @throws AppError 'model.file' */
export function libraryTokenizer(file: object, name = FILE): Tokenizer {
  try {
    return new Tokenizer(file, {});
  } catch (cause) {
    throw new AppError('model.file', { file: name, problem: because('no-tokenizer', {}) }, { cause });
  }
}

/** How many special tokens stand before a text, and those behind it: what surrounds the text's own tokens in the ids of a probe. */
function specialTokens(tokenizer: Tokenizer): { readonly opening: number; readonly closing: readonly number[] } {
  const probe = 'a';
  const bare = tokenizer.encode(probe, { add_special_tokens: false }).ids;
  const whole = tokenizer.encode(probe).ids;
  const start = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
  return { opening: start, closing: whole.slice(start + bare.length) };
}

function grown(ids: Int32Array<ArrayBuffer>, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(needed, ids.length * 2));
  larger.set(ids);
  return larger;
}
