import { z } from 'zod';
import { estimateSchema } from '../results.ts';
import { strategyTypeSchema } from './choice.ts';
import { strategyPlansSchema } from './plan-lines.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** What a strategy rests on: locked test rows, experiments with users, both, a person's ranges, or those beside something measured. */
export const basisSchema = z.enum(['measured', 'experiment', 'measured-and-experiment', 'assumption', 'mixed']);
export type Basis = z.output<typeof basisSchema>;

export const contributionSchema = z.strictObject({
  needId: z.string(),
  basis: z.enum(['measured', 'experiment', 'assumption', 'unmeasured']),
  weight: z.number(),
  /** Accuracy on the need's test rows minus the reference's, the effect of an experiment, or the assumed range; null where unmeasured. */
  gain: z.nullable(estimateSchema),
  /** weight × gain; 0 where unmeasured. */
  contribution: z.number(),
  /** Locked test rows of this need. */
  rows: count,
  /** The experiment that the gain comes from; null else. */
  source: z
    .nullable(
      z.strictObject({
        experimentId: z.string(),
        metricId: z.string(),
        metric: z.string(),
        arm: z.string(),
        units: count,
      }),
    )
    .default(null),
});
export type Contribution = z.output<typeof contributionSchema>;

export const limitCheckSchema = z.strictObject({
  limit: z.enum(['latency-p95-ms', 'size-mb', 'must-be-accuracy']),
  /** Of a must-be limit; null else. */
  needId: z.nullable(z.string()),
  /** Null where it was not measured. */
  value: z.nullable(z.number()),
  bound: z.number(),
  status: z.enum(['met', 'violated', 'unknown']),
});
export type LimitCheck = z.output<typeof limitCheckSchema>;

/** Why a strategy may not be done whatever its score: an arm that it rests on breached a guardrail, or a compression lost more than is allowed, or may have. */
export const strategyExclusionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('guardrail'),
    experimentId: z.string(),
    metricId: z.string(),
    metric: z.string(),
    arm: z.string(),
  }),
  z.strictObject({ type: z.literal('compression-refused'), parentId: z.string() }),
  z.strictObject({ type: z.literal('compression-unproven'), parentId: z.string() }),
]);
export type StrategyExclusion = z.output<typeof strategyExclusionSchema>;

/** A gain that was to come from an experiment. Blocked: its sample ratio does not fit. */
export const gainLinkSchema = z.strictObject({
  strategyId: z.string(),
  needId: z.string(),
  experimentId: z.string(),
  metricId: z.string(),
  metric: z.string(),
  arm: z.string(),
  status: z.enum(['used', 'blocked', 'no-experiment', 'no-metric', 'no-scale', 'not-measured']),
});
export type GainLink = z.output<typeof gainLinkSchema>;

export const rankedStrategySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: strategyTypeSchema.default('model'),
  /** The strategy of changing nothing: its gains are 0 by definition. */
  isReference: z.boolean(),
  basis: basisSchema,
  score: estimateSchema,
  /** Share of draws in which it ranks first among the feasible, ties split evenly; 0 where a limit is violated. */
  firstShare: share,
  /** Share of draws at each rank, first rank first; null where a limit is violated. */
  rankShares: z.nullable(z.array(share)),
  feasible: z.boolean(),
  limits: z.array(limitCheckSchema),
  exclusions: z.array(strategyExclusionSchema).default([]),
  contributions: z.array(contributionSchema),
  /** Weight of the needs on which this strategy is neither measured nor assumed: they count as gain 0. */
  uncoveredWeight: share,
  latencyP95Ms: z.nullable(z.number()),
  sizeMb: z.nullable(z.number()),
  /** No feasible strategy is at least as good on score, latency and size and better on one. */
  pareto: z.boolean(),
});
export type RankedStrategy = z.output<typeof rankedStrategySchema>;

/** What would most likely settle an open answer. */
export const strategyQuestionSchema = z.discriminatedUnion('type', [
  /** The interval of this strategy's score still holds 0: it was shown neither to beat the reference nor to be worse. */
  z.strictObject({ type: z.literal('gain-not-shown'), strategyId: z.string() }),
  /** The leader has a limit that was never measured. */
  z.strictObject({
    type: z.literal('limit-unknown'),
    strategyId: z.string(),
    limit: limitCheckSchema.shape.limit,
    needId: z.nullable(z.string()),
  }),
  /** Most of the doubt between the two leaders comes from few test rows of this need. */
  z.strictObject({ type: z.literal('test-rows'), needId: z.string(), rows: count }),
  /** … from the uncertain weight of this need: ask more customers. */
  z.strictObject({ type: z.literal('weight'), needId: z.string() }),
  /** … from an assumed gain: measure it. */
  z.strictObject({ type: z.literal('assumption'), strategyId: z.string(), needId: z.string() }),
  /** … from an effect that an experiment measured on too few users. */
  z.strictObject({ type: z.literal('experiment'), strategyId: z.string(), needId: z.string() }),
  /** The two leaders do the same on every need: choose by cost. */
  z.strictObject({ type: z.literal('equal'), strategyIds: z.array(z.string()) }),
]);
export type StrategyQuestion = z.output<typeof strategyQuestionSchema>;

export const strategyAnswerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('decided'), strategyId: z.string(), share, basis: basisSchema }),
  z.strictObject({
    type: z.literal('open'),
    /** Fewest strategies whose first shares together reach the decision share, best first. */
    leading: z.array(z.strictObject({ strategyId: z.string(), share })),
    question: strategyQuestionSchema,
  }),
  /** No gain was measured on any need. `measure`: needs, heaviest first, and what is missing. */
  z.strictObject({
    type: z.literal('not-decidable'),
    measure: z.array(z.strictObject({ needId: z.string(), missing: z.enum(['test-rows', 'run']) })),
  }),
  /** Every strategy, the reference included, violates a limit. */
  z.strictObject({ type: z.literal('none-feasible') }),
]);
export type StrategyAnswer = z.output<typeof strategyAnswerSchema>;

/** The weight at which a rival draws level with the leader when one need's weight moves and the others keep their proportions. */
export const weightShiftSchema = z.strictObject({
  needId: z.string(),
  rivalId: z.string(),
  weight: z.number(),
  flipsAt: share,
  shift: z.number(),
  /** Whether that weight lies inside the 95 % interval of f1. */
  insideInterval: z.boolean(),
});
export type WeightShift = z.output<typeof weightShiftSchema>;

export const strategyResultSchema = z.strictObject({
  referenceId: z.string(),
  decisionShare: share,
  draws: count,
  /** No gain rests on an experiment with users: this is g(f1(D), P) only. */
  withoutU: z.boolean().default(true),
  links: z.array(gainLinkSchema).default([]),
  needs: z.array(z.strictObject({ needId: z.string(), name: z.string(), weight: estimateSchema, testRows: count })),
  /** Needs without a test row: unmeasured, whatever the run. */
  unmeasuredNeeds: z.array(z.string()),
  /** Needs that limits or assumptions name and f1 no longer has: such a limit counts as unmeasured, such an assumption as nothing. */
  lostNeeds: z.array(z.string()),
  /** Test rows that belong to no need. */
  unassignedRows: count,
  /** Best first: feasible before not, then first share, then score. */
  strategies: z.array(rankedStrategySchema),
  answer: strategyAnswerSchema,
  /** One per need, smallest shift first; needs that cannot flip the first place are left out. */
  wouldChange: z.array(weightShiftSchema),
  plans: strategyPlansSchema.default({ model: [], product: [], experience: [] }),
});
export type StrategyResult = z.output<typeof strategyResultSchema>;
