import { z } from 'zod';
import type { DeletionProbabilities } from '../explanation/faithfulness.ts';
import { modelRef, threads } from './request-fields.ts';

/** Why a model answers as it does. */

/** A text, and where each of its words ends (UTF-16, ascending, the last at the end of the text). */
const segmentedTextSchema = z.strictObject({ text: z.string(), wordEnds: z.array(z.int().min(1)) });
export type SegmentedText = z.output<typeof segmentedTextSchema>;

/** What of one text speaks for a class: integrated gradients and occlusion, word by word. In float32 whatever the precision. */
export const explainRequestSchema = z.strictObject({
  type: z.literal('explain'),
  ...modelRef,
  classes: z.int().min(2),
  ...segmentedTextSchema.shape,
  /** The class to explain; null for the one that the model answers. */
  target: z.nullable(z.int().min(0)),
  maxLength: z.int().min(2),
  threads,
});
export type ExplainRequest = z.output<typeof explainRequestSchema>;

export interface ExplainedWord {
  /** Place in the text, UTF-16. */
  readonly start: number;
  readonly end: number;
  /** Integrated gradients, summed over its word pieces. */
  readonly attribution: number;
  /** Fall of the score, and of the probability of the class, when the word is masked. */
  readonly scoreFall: number;
  readonly probabilityFall: number;
}

/** What becomes of answers when the words that an explanation names first are taken away, or kept alone. */
export const faithfulnessRequestSchema = z.strictObject({
  type: z.literal('faithfulness'),
  ...modelRef,
  classes: z.int().min(2),
  texts: z.array(segmentedTextSchema).min(1),
  maxLength: z.int().min(2),
  /** Of the random orders. */
  seed: z.int(),
  threads,
});
export type FaithfulnessRequest = z.output<typeof faithfulnessRequestSchema>;

export interface ExplanationResults {
  readonly explain: {
    /** [classes], of the text as it is. */
    readonly logits: Float32Array;
    /** The class that is explained. */
    readonly target: number;
    /** Its logit less the mean of all: at the text, and with every word replaced by padding. */
    readonly score: number;
    readonly baselineScore: number;
    /** Completeness gap and steps of the integrated gradients; the gap is null where both scores are the same. */
    readonly gap: number | null;
    readonly steps: number;
    /** In the order of the text; those beyond the longest text that the model reads are left out. */
    readonly words: readonly ExplainedWord[];
    readonly truncated: boolean;
  };
  readonly faithfulness: {
    /** Probabilities of the class that the model answers, over the texts of two words or more. */
    readonly probabilities: DeletionProbabilities;
    /** Texts with fewer words. */
    readonly tooShort: number;
    /** Widest and mean completeness gap of the integrated gradients; null where no text changed its score. */
    readonly gap: { readonly mean: number | null; readonly widest: number | null };
  };
}
