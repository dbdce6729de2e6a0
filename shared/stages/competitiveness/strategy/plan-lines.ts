import { z } from 'zod';
import { evidenceRefSchema } from '../../../contract/evidence.ts';
import { estimateSchema } from '../results.ts';

/** What a line of a plan says; worded by the stage's texts with the line's parameters. */
const PLAN_TEMPLATES = [
  // model optimisation
  'use-model',
  'keep-reference',
  'gain-on-need',
  'gain-not-shown',
  'loss-on-need',
  'compress',
  'compress-unproven',
  'compress-refused',
  'confused',
  'label-rows',
  // product design
  'ship-arm',
  'hold-guardrail',
  'hold-worse',
  'repeat-blocked',
  'more-users',
  'assumed-gain',
  'try-with-users',
  // user experience
  'metric-better',
  'metric-worse',
  'sus-below',
  'sus-above',
  'sus-better',
  'sus-worse',
  'sus-unclear',
  'sus-item',
  'no-usability',
] as const;

export const planLineSchema = z.strictObject({
  templateId: z.enum(PLAN_TEMPLATES),
  /** Names, and numbers in the unit that the name ends with: Share (0–1), Points (0–1, signed), Ms, Mb, Score, Value, or a count. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  needId: z.nullable(z.string()),
  /** Artifacts that the line rests on, first the one that it opens. */
  slots: z.array(z.string()).min(1),
  /** The rows behind its count; null where it counts none. */
  evidence: z.nullable(evidenceRefSchema),
  /** Test rows, users of an experiment, answers of a questionnaire, an analyst's range, or nothing yet. */
  basis: z.enum(['measured', 'experiment', 'survey', 'assumption', 'unmeasured']),
  /** The number it turns on, and its unit; null where there is none. */
  estimate: z.nullable(estimateSchema),
  unit: z.enum(['share', 'points', 'score', 'value']),
  /** Test rows, users or answers; null where nothing was measured. */
  n: z.nullable(z.int().min(0)),
});
export type PlanLine = z.output<typeof planLineSchema>;

/** The three outputs of g: what to do to the model, to the product, and to how it feels to use. */
export const strategyPlansSchema = z.strictObject({
  model: z.array(planLineSchema),
  product: z.array(planLineSchema),
  experience: z.array(planLineSchema),
});
export type StrategyPlans = z.output<typeof strategyPlansSchema>;
