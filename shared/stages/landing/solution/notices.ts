import { z } from 'zod';
import { notice } from '../notices.ts';

/** What a reader of a solution should know. */
export const solutionNoticeSchema = z.discriminatedUnion('code', [
  notice('throughput-not-measured', { model: z.string() }),
  notice('memory-not-measured', {}),
  notice('response-over-limit', { value: z.number(), limit: z.number() }),
  notice('cannot-keep-up', {}),
  notice('scenario-lost', { scenarioId: z.string() }),
  notice('fact-not-listed', { risk: z.string() }),
  notice('risk-without-fact', { risk: z.string() }),
  notice('risk-without-owner', { count: z.int() }),
  notice('no-costs', {}),
  notice('review-share-missing', {}),
  notice('goal-other-currency', { goal: z.string(), currency: z.string() }),
  notice('no-authentication', {}),
]);
export type SolutionNotice = z.output<typeof solutionNoticeSchema>;
