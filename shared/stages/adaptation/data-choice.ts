import { z } from 'zod';

/** Share of the rows for test and dev of rows that no model of stage 2 has seen. */
export const dataChoiceSchema = z.strictObject({
  testShare: z.number().gt(0).lt(0.9),
  devShare: z.number().gt(0).lt(0.5),
});
export const DEFAULT_DATA_CHOICE: z.output<typeof dataChoiceSchema> = { testShare: 0.25, devShare: 0.15 };
