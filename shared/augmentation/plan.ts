import { z } from 'zod';

/** Ways to change a text and keep its label. `synonyms`, `insertion`, `swap` and `deletion` are EDA's; `contractions` is of English, `homophones`
 *  (characters that sound or look alike) and `script` (traditional characters) of Chinese texts; `backtranslation` needs paraphrases that were made before. */
export const TECHNIQUES = [
  'synonyms',
  'insertion',
  'swap',
  'deletion',
  'punctuation',
  'clauses',
  'typos',
  'homophones',
  'script',
  'contractions',
  'backtranslation',
] as const;
export type Technique = (typeof TECHNIQUES)[number];

export const augmentationSchema = z.strictObject({
  techniques: z.array(z.enum(TECHNIQUES)).min(1),
  /** Copies of each training row, at most. */
  copies: z.int().min(1).max(16),
  /** α: share of a text's words that EDA changes. */
  rate: z.number().gt(0).max(0.5),
});
export type Augmentation = z.output<typeof augmentationSchema>;

/** EDA's recommendation by number of training rows. @source Wei and Zou 2019, table 3 */
const BY_ROWS = [
  { upTo: 500, rate: 0.05, copies: 16 },
  { upTo: 2000, rate: 0.05, copies: 8 },
  { upTo: Number.POSITIVE_INFINITY, rate: 0.1, copies: 4 },
] as const;

/** What augmentation begins with for so many training rows. */
export function suggestAugmentation(rows: number): Augmentation {
  const { rate, copies } = BY_ROWS.find(({ upTo }) => rows <= upTo)!;
  return {
    techniques: ['synonyms', 'insertion', 'swap', 'deletion', 'punctuation', 'typos', 'homophones'],
    copies,
    rate,
  };
}
