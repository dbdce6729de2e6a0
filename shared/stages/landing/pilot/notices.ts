import { z } from 'zod';
import { notice } from '../notices.ts';

/** What should be known about a plan before it is signed. */
export const planNoticeSchema = z.discriminatedUnion('code', [
  notice('no-sample-size', {}),
  notice('deviation-missing', {}),
  notice('target-below-smallest', { target: z.number(), smallest: z.number() }),
  notice('no-guardrail', {}),
  notice('guardrail-weak', { id: z.string(), name: z.string(), power: z.number() }),
  notice('trend-not-separated', {}),
  notice('baseline-by-person', {}),
  notice('not-signed', {}),
  notice('goal-lost', { goalId: z.string() }),
  notice('long-pilot', { days: z.int() }),
]);
export type PlanNotice = z.output<typeof planNoticeSchema>;

/** What should be known about a pilot's result. */
export const pilotNoticeSchema = z.discriminatedUnion('code', [
  notice('data-before-plan', {}),
  notice('trend-not-separated', {}),
  notice('parallel-trends-assumed', {}),
  notice('rows-outside-design', { rows: z.int() }),
  notice('units-repeated', { rows: z.int() }),
  notice('units-in-both-arms', { rows: z.int() }),
  notice('outcome-missing', { units: z.int() }),
  notice('outcome-missing-unevenly', { p: z.number() }),
  notice('units-unpaired', { units: z.int() }),
  notice('no-unit-column', {}),
]);
export type PilotNotice = z.output<typeof pilotNoticeSchema>;
