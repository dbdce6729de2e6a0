import { z } from 'zod';
import { DECODINGS, packInfoSchema } from '../../translation/pack.ts';

/** Training rows that were translated into the other language and back. */

const count = z.int().min(0);

/** What became of a row: it may be used; nothing came back whole; it came back as it was; its meaning changed. */
export const PARAPHRASE = ['kept', 'empty', 'same', 'changed'] as const;
export type ParaphraseOutcome = (typeof PARAPHRASE)[number];

export const paraphrasesResultSchema = z.strictObject({
  pack: packInfoSchema,
  modelId: z.string(),
  decoding: z.enum(DECODINGS),
  /** Cosine of the two vectors below which the meaning is taken to have changed. */
  minSimilarity: z.number(),
  rows: count,
  kept: count,
  empty: count,
  same: count,
  changed: count,
});
export type ParaphrasesResult = z.output<typeof paraphrasesResultSchema>;

export const paraphraseRowSchema = z.strictObject({
  text: z.string(),
  paraphrase: z.string(),
  similarity: z.number(),
  outcome: z.enum(PARAPHRASE),
});
export type ParaphraseRow = z.output<typeof paraphraseRowSchema>;

/** Letters and figures alone tell whether a text is the same. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What a row that came back as `paraphrase` is good for. */
export function paraphraseOutcome(
  text: string,
  paraphrase: string,
  similarity: number,
  minSimilarity: number,
): ParaphraseOutcome {
  if (paraphrase.trim() === '') return 'empty';
  if (bare(text) === bare(paraphrase)) return 'same';
  return similarity >= minSimilarity ? 'kept' : 'changed';
}
