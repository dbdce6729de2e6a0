import { readJson } from './read-package.mjs';
import { loadVendored } from './vendored.mjs';

/** Texts as token ids, cut to a length with the closing special token kept.
 *  @param {string} folder */
export function openTokenizer(folder) {
  const { Tokenizer } = loadVendored(folder, '@huggingface/tokenizers');
  // The library ignores truncation in the file and pads nothing; both are done here.
  const tokenizer = new Tokenizer({ ...readJson(folder, 'tokenizer.json'), truncation: null, padding: null }, {});
  const closing = closingTokens(tokenizer);
  return {
    /** @param {string} text
     *  @param {number} maxLength
     *  @returns {{ readonly ids: readonly number[], readonly truncated: boolean }} */
    encode(text, maxLength) {
      /** @type {readonly number[]} */
      const ids = tokenizer.encode(text).ids;
      if (ids.length <= maxLength) return { ids, truncated: false };
      return { ids: [...ids.slice(0, maxLength - closing.length), ...closing], truncated: true };
    },
  };
}

/** The special tokens behind a text: what follows the text's own tokens in the ids of a probe.
 *  @param {{ encode(text: string, options?: object): { readonly ids: readonly number[] } }} tokenizer
 *  @returns {readonly number[]} */
function closingTokens(tokenizer) {
  const probe = 'a';
  const bare = tokenizer.encode(probe, { add_special_tokens: false }).ids;
  const whole = tokenizer.encode(probe).ids;
  const start = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
  return whole.slice(start + bare.length);
}
