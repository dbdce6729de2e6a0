import { z } from 'zod';
import { notice } from '../notices.ts';

/** What stands in the way of a goal that can be checked. */
export const goalNoticeSchema = z.discriminatedUnion('code', [
  notice('baseline-missing', {}),
  notice('target-missing', {}),
  notice('target-equals-baseline', {}),
  notice('target-against-direction', { change: z.number() }),
  notice('share-outside', { field: z.enum(['baseline', 'target']) }),
  notice('no-owner', {}),
  notice('no-due-date', {}),
  notice('no-need', {}),
  notice('need-lost', { needId: z.string() }),
  notice('no-value', {}),
  /** The formula reckons with more than the goal asks for. */
  notice('change-above-target', { likely: z.number(), wanted: z.number() }),
  notice('value-may-be-negative', { share: z.number() }),
]);
export type GoalNotice = z.output<typeof goalNoticeSchema>;
