import { z } from 'zod';
import { estimateSchema } from '../results.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);

const metricRoleSchema = z.enum(['primary', 'secondary', 'guardrail']);

const metricFields = {
  name: z.string().min(1).max(200),
  /** Share of units that succeeded, or mean of a number. */
  type: z.enum(['proportion', 'mean']),
  /** Which way is better. */
  direction: z.enum(['up', 'down']),
  role: metricRoleSchema,
  /** Ends of the answer scale of a mean; null where it has none, and then its effect cannot be put on 0–1. */
  scale: z.nullable(z.strictObject({ low: z.number(), high: z.number() })),
  /** Need of f1 that this metric speaks for. */
  needId: z.nullable(z.string()),
};

/** A metric in a column of one row per unit. */
export const columnMetricSchema = z.strictObject({ columnId: z.string(), ...metricFields });

/** A metric as somebody counted it: successes, or mean and standard deviation, per arm. */
const countedMetricSchema = z.strictObject({
  id: z.string().min(1).max(60),
  ...metricFields,
  arms: z.array(
    z.strictObject({
      arm: z.string(),
      n: count,
      successes: z.nullable(count),
      mean: z.nullable(z.number()),
      sd: z.nullable(z.number().min(0)),
    }),
  ),
});
export type CountedMetric = z.output<typeof countedMetricSchema>;

const experimentSourceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('rows'),
    datasetId: z.string(),
    /** Who the row is about; null: every row is another unit. */
    unitColumn: z.nullable(z.string()),
    armColumn: z.string(),
    metrics: z.array(columnMetricSchema).min(1).max(20),
  }),
  z.strictObject({
    type: z.literal('counts'),
    arms: z
      .array(z.strictObject({ arm: z.string().min(1), units: count }))
      .min(2)
      .max(10),
    metrics: z.array(countedMetricSchema).min(1).max(20),
  }),
]);

export const experimentChoiceSchema = z.strictObject({
  name: z.string().min(1).max(200),
  source: experimentSourceSchema,
  /** The arm that the others are held against, usually "as today". */
  controlArm: z.string().min(1),
  /** Planned shares of units; null: equal. */
  expectedShares: z.nullable(z.array(z.strictObject({ arm: z.string(), share: z.number().positive() }))),
  /** Confidence of intervals; p is held against 1 − level. */
  level: z.number().min(0.5).max(0.999),
});
export type ExperimentChoice = z.output<typeof experimentChoiceSchema>;
export type ExperimentMetric = Omit<z.output<typeof columnMetricSchema>, 'columnId'> & { readonly id: string };

/** Blocked: the sample ratio does not fit, so no difference may be read as an effect. Not measured: too few values. */
const experimentVerdictSchema = z.enum(['better', 'worse', 'unclear', 'blocked', 'not-measured']);

export const metricArmSchema = z.strictObject({
  arm: z.string(),
  /** Units with a usable value. */
  n: count,
  /** Units without an answer, and units whose cells could not be read. */
  missing: count,
  unusable: count,
  successes: z.nullable(count),
  /** Share or mean, with its interval (Wilson; t); null without values. */
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  sd: z.nullable(z.number()),
});
export type MetricArm = z.output<typeof metricArmSchema>;

export const metricEffectSchema = z.strictObject({
  arm: z.string(),
  /** This arm minus the control, in the metric's unit; null where not measured. */
  difference: z.nullable(estimateSchema),
  standardError: z.nullable(z.number()),
  method: z.enum(['newcombe', 'welch']),
  p: z.nullable(share),
  /** Holm over the metrics of the same rank (primary, or all others) and arms; equals p where it is the only one. */
  adjustedP: z.nullable(share),
  /** Difference divided by the control's value; null where that is 0. */
  relativeLift: z.nullable(z.number()),
  verdict: experimentVerdictSchema,
  /** A guardrail whose interval lies wholly on the wrong side; null for other metrics and where blocked. */
  guardrailBreached: z.nullable(z.boolean()),
  /** Smallest difference that these units would have found in four of five tests; null where there is none. */
  detectable: z.nullable(z.number()),
  /** Unclear, and a true difference as large as the one seen would be missed more than once in five. */
  underPowered: z.boolean(),
  /** The effect on 0–1, better upwards, for g; null without a scale, without a spread, or blocked. */
  gain: z.nullable(z.strictObject({ value: z.number(), low: z.number(), high: z.number(), standardError: z.number() })),
});
export type MetricEffect = z.output<typeof metricEffectSchema>;

export const metricResultSchema = z.strictObject({
  id: z.string(),
  ...metricFields,
  arms: z.array(metricArmSchema),
  effects: z.array(metricEffectSchema),
});
export type MetricResult = z.output<typeof metricResultSchema>;

/** What the primary metrics and the guardrails together say of an arm. */
export const armVerdictSchema = z.enum(['ship', 'do-not-ship', 'unclear', 'blocked']);
export type ArmVerdict = z.output<typeof armVerdictSchema>;

export const experimentResultSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Null where counts were typed in. */
  datasetId: z.nullable(z.string()),
  level: z.number(),
  controlArm: z.string(),
  arms: z.array(
    z.strictObject({
      arm: z.string(),
      units: count,
      rows: count,
      expected: z.number(),
      verdict: z.nullable(armVerdictSchema),
    }),
  ),
  units: count,
  /** Left out of every count above. */
  excluded: z.strictObject({
    rowsWithoutArm: count,
    rowsWithoutUnit: count,
    /** Units seen in two arms, and their rows. */
    unitsInTwoArms: count,
    rowsOfTwoArms: count,
  }),
  /** Units with more than one row: a mean is taken over their rows, a success counts if any row has it. */
  repeatedUnits: count,
  sampleRatio: z.strictObject({ chiSquared: z.number(), degrees: count, p: share, blocked: z.boolean() }),
  metrics: z.array(metricResultSchema),
});
export type ExperimentResult = z.output<typeof experimentResultSchema>;

export const experimentPlanInputSchema = z.strictObject({
  metric: z.discriminatedUnion('type', [
    /** Effect in shares, signed: 0.05 means five points more. */
    z.strictObject({ type: z.literal('proportion'), baseline: share, effect: z.number().min(-1).max(1) }),
    /** Effect in the unit of the standard deviation given. */
    z.strictObject({ type: z.literal('mean'), sd: z.number().positive(), effect: z.number() }),
  ]),
  level: z.number().min(0.5).max(0.999),
  power: z.number().min(0.5).max(0.999),
  /** Units per arm that one can get; null: not known. */
  unitsPerArm: z.nullable(z.int().min(2).max(100_000_000)),
});
export type ExperimentPlanInput = z.output<typeof experimentPlanInputSchema>;

export const experimentPlanSchema = z.strictObject({
  /** Units needed in each of two arms; null for no effect or one beyond 0–1. */
  unitsPerArm: z.nullable(count),
  /** With the units that one can get; null where not known. */
  powerThere: z.nullable(share),
  detectableThere: z.nullable(z.number()),
});
export type ExperimentPlan = z.output<typeof experimentPlanSchema>;
