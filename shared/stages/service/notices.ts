import { z } from 'zod';

const rows = z.int().min(0);

/** What a person should know about a result of this stage although nothing failed. `warning`: read before going on; `info`: for the
 *  record. Asserted by `code`, worded by the stage's texts. */
export const serviceNoticeSchema = z.discriminatedUnion('code', [
  // tickets
  notice('unreadable-dates', { column: z.string(), rows }),
  notice('ambiguous-dates', { column: z.string(), rows }),
  notice('dates-without-time', { column: z.string(), rows }),
  notice('no-created-date', { rows }),
  notice('times-out-of-order', { rows }),
  notice('after-as-of', { rows }),
  notice('duplicate-ids', { rows }),
  notice('no-target', { rows }),
  notice('no-response-yet', { rows }),
  notice('closed-without-time', { rows }),
  notice('too-many-groups', { column: z.string(), groups: rows }),
  // triage and monitoring
  notice('no-text', { rows }),
  notice('truncated-texts', { rows }),
  notice('unknown-labels', { labels: z.string(), rows }),
  notice('subsampled', { side: z.enum(['reference', 'new']), rows, of: rows }),
  notice('slice-too-small', { slice: z.string(), rows, needed: rows }),
  notice('reference-without-text', { rows }),
  notice('reference-seen-in-training', { rows }),
  // rounds
  notice('round-without-scores', { round: z.string() }),
  notice('low-base', { round: z.string(), score: z.string(), n: rows }),
  notice('too-few-points', { score: z.string(), points: rows, needed: rows }),
  // backlog
  notice('no-tickets', {}),
  notice('no-scenario-tests', {}),
  notice('no-drift', {}),
  notice('no-rounds', {}),
  notice('label-without-need', { label: z.string(), rows }),
  notice('severity-unknown', { item: z.string() }),
]);
export type ServiceNotice = z.output<typeof serviceNoticeSchema>;

function notice<const C extends string, P extends z.core.$ZodLooseShape>(code: C, params: P) {
  return z.strictObject({
    code: z.literal(code),
    severity: z.enum(['info', 'warning']),
    params: z.strictObject(params),
  });
}
