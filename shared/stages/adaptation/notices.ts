import { z } from 'zod';
import { providerSchema } from '../../train/provider.ts';

const rowCount = z.int().min(0);

/** What a person should know about a scenario's data, recipe, model or tests although nothing failed. Asserted by `code`, worded by the stage's
 *  texts `screen.notice.<code>`. */
export const adaptationNoticeSchema = z.discriminatedUnion('code', [
  /** Rows that a source model was trained on or chosen by (themselves, or their text): they were kept out of the test. */
  notice('kept-from-test', { rows: rowCount }),
  /** Test rows that the tested model has seen in training: left out of this test. */
  notice('seen-in-training', { rows: rowCount }),
  notice('test-rows-few', { rows: rowCount, needed: rowCount }),
  notice('class-not-in-train', { label: z.string(), rows: rowCount }),
  notice('class-not-in-test', { label: z.string() }),
  notice('class-too-small', { label: z.string(), rows: rowCount, needed: rowCount }),
  /** Classes of the scenario for which the model has no name: it cannot answer them. */
  notice('label-unknown-to-model', { label: z.string(), rows: rowCount }),
  /** Several classes of the scenario are one to the model: it answers the most frequent of them. */
  notice('labels-share-answer', { label: z.string(), other: z.string() }),
  notice('unlabelled-rows', { rows: rowCount }),
  /** A need that the scenario serves is not heard in any test row: its promise stays untested. */
  notice('need-untested', { needId: z.string() }),
  /** Rejecting costs more than it saves at any confidence: everything is answered. */
  notice('threshold-useless', { humanLook: z.number() }),
  /** A provider broke down while training; the processor went on. */
  notice('provider-failed', { provider: providerSchema }),
]);
export type AdaptationNotice = z.output<typeof adaptationNoticeSchema>;

function notice<const C extends string, P extends z.core.$ZodLooseShape>(code: C, params: P) {
  return z.strictObject({
    code: z.literal(code),
    severity: z.enum(['info', 'warning', 'blocking']),
    params: z.strictObject(params),
  });
}
