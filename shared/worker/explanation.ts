import { z } from 'zod';
import type { DeletionProbabilities } from '../explanation/faithfulness.ts';
import { TEXT_TASKS } from '../train/text-task.ts';
import { modelRef, threads } from './request-fields.ts';

/** Why a model answers as it does. */

/** A text, and where each of its words ends (UTF-16, ascending, the last at the end of the text). */
const segmentedTextSchema = z.strictObject({ text: z.string(), wordEnds: z.array(z.int().min(1)) });
export type SegmentedText = z.output<typeof segmentedTextSchema>;

/** What of one text speaks for an answer: integrated gradients and occlusion, word by word. In float32 whatever the precision. */
export const explainRequestSchema = z.strictObject({
  type: z.literal('explain'),
  ...modelRef,
  /** What is predicted; one of the classes where left out. */
  task: z.enum(TEXT_TASKS).optional(),
  /** Classes, or the outputs of the task. */
  classes: z.int().min(1),
  /** What brings a number back to its own unit; only a number has one. */
  scale: z.strictObject({ mean: z.number(), deviation: z.number() }).optional(),
  ...segmentedTextSchema.shape,
  /** The class or label to explain; null for the likeliest, and for a rating or a number. */
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
  /** Fall of the score, and of the probability of the class or label, when the word is masked; a rating or a number has no such probability. */
  readonly scoreFall: number;
  readonly probabilityFall: number | null;
}

/** What becomes of answers when the words that an explanation names first are taken away, or kept alone. */
export const faithfulnessRequestSchema = z.strictObject({
  type: z.literal('faithfulness'),
  ...modelRef,
  /** Several labels, of which each text's likeliest counts; one of the classes where left out. */
  task: z.literal('multi-label').optional(),
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
    /** The class or label that is explained; 0 of a rating or a number. */
    readonly target: number;
    /** At the text, and with every word replaced by padding: of a class its logit less the mean of all, of a label its logit, of a rating the logits
     *  without the biases that set them apart, of a number its value in its own unit. */
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
    /** Probabilities of the class that the model answers, or of the likeliest label, over the texts of two words or more. */
    readonly probabilities: DeletionProbabilities;
    /** Texts with fewer words. */
    readonly tooShort: number;
    /** Widest and mean completeness gap of the integrated gradients; null where no text changed its score. */
    readonly gap: { readonly mean: number | null; readonly widest: number | null };
  };
}
