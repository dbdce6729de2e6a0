import { z } from 'zod';
import { keptGroupsSchema, rangesSchema, storageFormatSchema } from '../train/storage.ts';

/** What requests to the model process have in common. */

export const texts = z.array(z.string());
export const modelRef = {
  /** Folder of the base model, with its manifest. */
  folder: z.string(),
  /** `modelHash` of the manifest that the caller means; null to take what is there (files are checked against it all the same). */
  hash: z.nullable(z.string()),
  /** Safetensors with the tensors that a training changed; null for the base model as it is. */
  tuned: z.nullable(z.string()),
  /** How the weights are kept and multiplied; float32 where left out. */
  precision: storageFormatSchema.optional(),
  /** Parts that stay float32 all the same. */
  keep: keptGroupsSchema.optional(),
  /** What activations are taken to be, for `int8-static`. */
  ranges: rangesSchema.optional(),
};
export const threads = z.int().min(1);
export const labelledSchema = z.strictObject({
  texts: texts.min(1),
  labels: z.custom<Int32Array>((value) => value instanceof Int32Array),
});
