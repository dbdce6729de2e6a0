import { z } from 'zod';

/** How test rows are set aside: a share of all, or every labelled row of a dataset that was imported as the test file. */
export const testChoiceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('share'), share: z.number().gt(0).lt(0.9) }),
  z.strictObject({ type: z.literal('dataset'), datasetId: z.string() }),
]);
export type TestChoice = z.output<typeof testChoiceSchema>;

/** How labelled rows are split, whatever is predicted. */
export const splitChoiceSchema = z.strictObject({
  test: testChoiceSchema,
  devShare: z.number().gt(0).lt(0.5),
  /** Base model by whose tokeniser lengths are counted. */
  modelId: z.string(),
  maxLength: z.int().min(8).max(512),
});
export type SplitChoice = z.output<typeof splitChoiceSchema>;
