import { z } from 'zod';
import { pruningSchema } from '../train/pruning.ts';
import type { Ranges } from '../train/storage.ts';
import { labelledSchema, modelRef, texts, threads } from './request-fields.ts';

/** What makes a model smaller, and what each part of that costs. */

/** What becomes of the answers when one part of the model at a time is stored so, the others as trained. */
export const sensitivityRequestSchema = z.strictObject({
  type: z.literal('sensitivity'),
  ...modelRef,
  classes: z.int().min(2),
  texts: texts.min(1),
  maxLength: z.int().min(2),
  threads,
});
export type SensitivityRequest = z.output<typeof sensitivityRequestSchema>;

/** What the activations of a model are on sample texts: between which values bytes have to reach. */
export const calibrateRequestSchema = z.strictObject({
  type: z.literal('calibrate'),
  ...modelRef,
  classes: z.int().min(2),
  texts: texts.min(1),
  maxLength: z.int().min(2),
  /** Share in % of all values that lie within; null for all. */
  percentile: z.nullable(z.number().gt(50).lt(100)),
  threads,
});
export type CalibrateRequest = z.output<typeof calibrateRequestSchema>;

/** Cuts parts out of a model and writes what is left as a tuned file of smaller shapes. */
export const pruneRequestSchema = z.strictObject({
  type: z.literal('prune'),
  ...modelRef,
  classes: z.int().min(2),
  pruning: pruningSchema,
  /** What decides what stays: the words of these texts, or the loss on these rows. Never test rows. */
  data: labelledSchema,
  /** Texts on which each part of the cut is tried alone; may be none. */
  probe: texts,
  maxLength: z.int().min(2),
  threads,
  /** Where the tuned file goes; its folder is there already. */
  file: z.string(),
});
export type PruneRequest = z.output<typeof pruneRequestSchema>;

/** What an encoder has of each kind; heads and feed-forward columns over all layers. */
export interface EncoderSize {
  readonly layers: number;
  readonly heads: number;
  readonly columns: number;
  readonly words: number;
}

/** Writes a tuned file whose classifier answers other classes: row k of the new one is row `outputs[k]` of the old, −1 for a class that is never
 *  answered. Without outputs the classifier is left out, so that a training draws a new one. */
export const selectHeadRequestSchema = z.strictObject({
  type: z.literal('selectHead'),
  tuned: z.string(),
  outputs: z.nullable(z.custom<Int32Array>((value) => value instanceof Int32Array)),
  /** Where the file goes; its folder is there already. */
  file: z.string(),
});
export type SelectHeadRequest = z.output<typeof selectHeadRequestSchema>;

export interface CompressionResults {
  readonly sensitivity: {
    /** Logits [texts, classes] of the model in float32. */
    readonly reference: Float32Array;
    /** Logits with only this part stored otherwise, from the input up. */
    readonly groups: readonly { readonly group: string; readonly logits: Float32Array }[];
  };
  readonly calibrate: { readonly ranges: Ranges };
  readonly prune: {
    /** Of the tuned file. */
    readonly bytes: number;
    readonly parameters: number;
    readonly before: EncoderSize;
    readonly after: EncoderSize;
    /** Logits [probe texts, classes] of the model as it was, and with one part of the cut alone. */
    readonly reference: Float32Array;
    readonly groups: readonly { readonly group: string; readonly logits: Float32Array }[];
  };
  readonly selectHead: { readonly bytes: number; readonly classes: number | null };
}
