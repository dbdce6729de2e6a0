import { z } from 'zod';
import { providerSchema } from '../../train/provider.ts';

const rowCount = z.int().min(0);
const share = z.number().min(0).max(1);

/** What a person should know about data or a result although nothing failed. `blocking`: the next step would mislead; `warning`: read before
 *  going on; `info`: for the record. Asserted by `code`, worded by the stage's texts. */
export const competitivenessNoticeSchema = z.discriminatedUnion('code', [
  notice('class-too-small', { label: z.string(), rows: rowCount, needed: rowCount }),
  notice('class-imbalance', { largest: z.string(), smallest: z.string(), ratio: z.number() }),
  notice('label-not-in-train', { label: z.string(), part: z.enum(['dev', 'test']), rows: rowCount }),
  notice('label-not-in-test', { label: z.string() }),
  notice('values-outside-train', { rows: rowCount, share, low: z.number(), high: z.number() }),
  notice('unlabelled-rows', { rows: rowCount }),
  notice('empty-text', { rows: rowCount }),
  notice('exact-duplicates', { groups: rowCount, rows: rowCount }),
  notice('near-duplicates', { pairs: rowCount }),
  notice('duplicates-across-parts', { rows: rowCount, kind: z.enum(['exact', 'near']) }),
  notice('conflicting-labels', { texts: rowCount, rows: rowCount }),
  notice('truncated-texts', { rows: rowCount, share, maxLength: z.int() }),
  notice('test-rows-few', { rows: rowCount, needed: rowCount }),
  notice('share-not-met', { part: z.enum(['train', 'dev', 'test']), asked: share, reached: share }),
  notice('provider-failed', { provider: providerSchema }),
  notice('below-floor', { runId: z.string(), floorId: z.string(), difference: z.number() }),
]);
export type CompetitivenessNotice = z.output<typeof competitivenessNoticeSchema>;

function notice<const C extends string, P extends z.core.$ZodLooseShape>(code: C, params: P) {
  return z.strictObject({
    code: z.literal(code),
    severity: z.enum(['info', 'warning', 'blocking']),
    params: z.strictObject(params),
  });
}
