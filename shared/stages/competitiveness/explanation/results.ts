import { z } from 'zod';
import { TEXT_TASKS } from '../../../train/text-task.ts';
import { estimateSchema } from '../results.ts';

/** Explanations of a model's answers as they stand in artifacts and cross the contract. */

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const MOST_CHARACTERS = 10_000;

/** Which text is explained: one that was typed, or a locked test row. */
export const explainedSourceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().trim().min(1).max(MOST_CHARACTERS) }),
  z.strictObject({ type: z.literal('testRow'), datasetId: z.string(), row: count }),
]);
export type ExplainedSource = z.output<typeof explainedSourceSchema>;

/** What is said of a text: a class or level by name, the labels that it has, a number. */
export const saidSchema = z.union([z.string(), z.array(z.string()), z.number()]);
export type Said = z.output<typeof saidSchema>;

export const explanationSchema = z.strictObject({
  runId: z.string(),
  /** What the model predicts; one of the classes in results from before others could be explained. */
  task: z.enum(['single-label', ...TEXT_TASKS]).default('single-label'),
  /** Whether the run is a compressed one and what is explained is its original in float32. */
  ofOriginal: z.boolean(),
  text: z.string(),
  source: explainedSourceSchema,
  /** What a test row has; null for a typed text. */
  actual: z.nullable(saidSchema),
  predicted: saidSchema,
  /** The class or label that is explained; null for a rating or a number, which is explained itself. */
  label: z.nullable(z.string()),
  /** Probability of every class or label, largest first; empty for a rating or a number. */
  probabilities: z.array(z.strictObject({ label: z.string(), probability: share })),
  /** Probability of the explained class by the temperature that answers to texts and packages go by; null where none applies to what is explained. */
  calibrated: z
    .nullable(z.strictObject({ temperature: z.number().gt(0), devRows: count, probability: share }))
    .default(null),
  /** Of a rating: the score above which each level but the lowest is reached, in the order of the levels. */
  thresholds: z.array(z.strictObject({ level: z.string(), above: z.number() })).default([]),
  /** At the text, and with padding in the place of every word: of a class its logit less the mean of all logits, of a label its logit, of a rating the
   *  one sum that all thresholds are held against, of a number its value in its own unit. */
  score: z.number(),
  baselineScore: z.number(),
  /** |Σ attributions − change of the score| over |change|; null where there is no change. */
  gap: z.nullable(z.number().min(0)),
  steps: count,
  words: z.array(
    z.strictObject({
      /** Place in the text, UTF-16. */
      start: count,
      end: count,
      /** Integrated gradients: the word's part of the change of the score. */
      attribution: z.number(),
      /** Fall of the score, and of the class's or label's probability, when the word is masked; null for a rating or a number. */
      scoreFall: z.number(),
      probabilityFall: z.nullable(z.number()),
    }),
  ),
  truncated: z.boolean(),
});
export type Explanation = z.output<typeof explanationSchema>;

const orderSchema = z.strictObject({
  /** Mean probability of the answered class, or of the likeliest of several labels, at each share. */
  deleted: z.array(estimateSchema),
  kept: z.array(estimateSchema),
  comprehensiveness: estimateSchema,
  sufficiency: estimateSchema,
});
const aboveSchema = z.strictObject({ comprehensiveness: estimateSchema, sufficiency: estimateSchema });

export const faithfulnessSchema = z.strictObject({
  runId: z.string(),
  ofOriginal: z.boolean(),
  /** Locked test rows that were drawn, and of these too short to take words from. */
  sampled: count,
  tooShort: count,
  texts: count,
  resamples: count,
  /** Shares of the words taken away or kept. */
  fractions: z.array(share),
  /** The same with all words. */
  whole: share,
  /** Completeness gap of the integrated gradients; null where no text changed its score, so that none has one. */
  gap: z.strictObject({ mean: z.nullable(z.number()), widest: z.nullable(z.number()) }),
  orders: z.strictObject({ integratedGradients: orderSchema, occlusion: orderSchema, random: orderSchema }),
  aboveRandom: z.strictObject({ integratedGradients: aboveSchema, occlusion: aboveSchema }),
  difference: estimateSchema,
  verdict: z.enum(['integratedGradients', 'occlusion', 'either', 'neither']),
});
export type FaithfulnessResult = z.output<typeof faithfulnessSchema>;

/** Test rows of a model to choose from. */
export const testTextsSchema = z.strictObject({
  total: count,
  rows: z.array(
    z.strictObject({
      datasetId: z.string(),
      row: count,
      text: z.string(),
      actual: saidSchema,
      predicted: saidSchema,
      /** Whether both are the same. */
      right: z.boolean(),
      /** Probability of the answered class; null for a model of something else. */
      confidence: z.nullable(share),
    }),
  ),
});
