import { z } from 'zod';
import { pilotNoticeSchema, planNoticeSchema } from './notices.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** `arms`: two groups at the same time, chosen by chance · `before-after`: one group, two periods ·
 *  `difference-in-differences`: two groups, each before and after. */
export const PILOT_DESIGNS = ['arms', 'before-after', 'difference-in-differences'] as const;
export type PilotDesign = (typeof PILOT_DESIGNS)[number];

const metricTypeSchema = z.enum(['proportion', 'mean']);

const pilotMetricSchema = z.strictObject({
  name: z.string().min(1).max(200),
  type: metricTypeSchema,
  direction: z.enum(['increase', 'decrease']),
  /** Where the measure stands without the new thing: a share on 0–1, or a mean. */
  baseline: z.number(),
  /** Of single units; null for a proportion, whose spread follows from its share. */
  standardDeviation: z.nullable(z.number().positive()),
});

export const guardrailSchema = z.strictObject({
  id: z.string().regex(/^g\d+$/),
  name: z.string().min(1).max(200),
  type: metricTypeSchema,
  better: z.enum(['higher', 'lower']),
  /** Null: not known; its power is then not known either. */
  baseline: z.nullable(z.number()),
  standardDeviation: z.nullable(z.number().positive()),
  /** A loss of this much or more is not acceptable; in the measure's unit. */
  margin: z.number().positive(),
});
export type Guardrail = z.output<typeof guardrailSchema>;

export const pilotPlanSettingsSchema = z.strictObject({
  name: z.string().min(1).max(200),
  goalId: z.nullable(z.string()),
  design: z.enum(PILOT_DESIGNS),
  metric: pilotMetricSchema,
  /** Where the baseline comes from: an artifact of this project, or a person who says so. */
  baselineOrigin: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('artifact'), slot: z.string() }),
    z.strictObject({ type: z.literal('person'), note: z.string().max(500) }),
  ]),
  /** Least effect, in the wanted direction, for which the change would be worth its cost. */
  smallestEffect: z.number().positive(),
  /** Effect that the goal asks for; "go" needs it to be within reach. Null: the smallest effect is asked for. */
  targetEffect: z.nullable(z.number().positive()),
  level: z.number().min(0.8).max(0.999),
  power: z.number().min(0.5).max(0.999),
  /** Units with the new thing per unit without. */
  ratio: z.number().min(0.05).max(20),
  unitsPerDay: z.number().positive(),
  guardrails: z.array(guardrailSchema).max(20),
  stopRule: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('fixed') }),
    /** One look at this share of the units, which stops for harm alone. */
    z.strictObject({ type: z.literal('harm'), fraction: z.number().min(0.1).max(0.9) }),
  ]),
  /** Experiment of stage 2 whose effect forecasts this one. */
  forecastSlot: z.nullable(z.string()),
  signedBy: z.strictObject({ name: z.string().max(200), role: z.string().max(200) }),
});
export type PilotPlanSettings = z.output<typeof pilotPlanSettingsSchema>;

export const plannedUnitsSchema = z.strictObject({
  /** Per arm; with two periods, per arm and period. */
  control: z.int(),
  treatment: z.int(),
  total: z.int(),
  days: z.int(),
});
export type PlannedUnits = z.output<typeof plannedUnitsSchema>;

export const pilotPlanResultSchema = z.strictObject({
  settings: pilotPlanSettingsSchema,
  /** Null where no number of units would do, because baseline plus effect leaves 0–1. */
  units: z.nullable(plannedUnitsSchema),
  /** What other effects would cost: units and days for multiples of the smallest effect. */
  curve: z.array(z.strictObject({ effect: z.number(), units: z.nullable(plannedUnitsSchema) })),
  guardrails: z.array(
    z.strictObject({
      id: z.string(),
      /** Chance to show that it holds if it does not change at all; null without a baseline or deviation. */
      power: z.nullable(share),
    }),
  ),
  harm: z.nullable(z.strictObject({ fraction: share, z: z.number(), units: z.int() })),
  notices: z.array(planNoticeSchema),
});
export type PilotPlanResult = z.output<typeof pilotPlanResultSchema>;

// ---- evaluation ----

/** Which columns of the pilot's file mean what. */
export const pilotColumnsSchema = z.strictObject({
  unit: z.nullable(z.string()),
  arm: z.nullable(z.strictObject({ columnId: z.string(), control: z.string(), treatment: z.string() })),
  period: z.nullable(z.strictObject({ columnId: z.string(), before: z.string(), after: z.string() })),
  outcome: z.string(),
  guardrails: z.array(z.strictObject({ guardrailId: z.string(), columnId: z.string() })),
  segment: z.nullable(z.string()),
});
export type PilotColumns = z.output<typeof pilotColumnsSchema>;

const armId = z.enum(['control', 'treatment']);
const periodId = z.nullable(z.enum(['before', 'after']));

/** One measure in one arm (and period). */
export const pilotCellSchema = z.strictObject({
  arm: armId,
  period: periodId,
  /** Units assigned, and of those the ones with a usable value. */
  units: count,
  measured: count,
  /** Null for a mean. */
  successes: z.nullable(count),
  /** Share or mean with its interval; null without measured units (interval also with one). */
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  sd: z.nullable(z.number()),
});
export type PilotCell = z.output<typeof pilotCellSchema>;

const effectSchema = z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.nullable(share),
  standardError: z.number(),
});

export const EFFECT_METHODS = ['newcombe', 'welch', 'paired-t', 'did-independent', 'did-changes'] as const;

export const VERDICTS = ['go', 'adjust', 'stop', 'blocked'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const verdictReasonSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('effect-shown'), low: z.number() }),
  z.strictObject({ code: z.literal('effect-not-shown'), low: z.number(), high: z.number() }),
  z.strictObject({ code: z.literal('no-effect-computed') }),
  z.strictObject({ code: z.literal('harm-shown'), high: z.number() }),
  z.strictObject({ code: z.literal('goal-reachable'), target: z.number(), high: z.number() }),
  z.strictObject({ code: z.literal('goal-out-of-reach'), target: z.number(), high: z.number() }),
  z.strictObject({ code: z.literal('guardrails-hold'), count }),
  z.strictObject({ code: z.literal('guardrail-breached'), id: z.string(), name: z.string() }),
  z.strictObject({ code: z.literal('guardrail-unclear'), id: z.string(), name: z.string() }),
  z.strictObject({ code: z.literal('guardrail-not-measured'), id: z.string(), name: z.string() }),
  z.strictObject({ code: z.literal('too-few-units'), arm: armId, planned: count, reached: count }),
  z.strictObject({ code: z.literal('sample-ratio-mismatch'), p: share }),
]);
export type VerdictReason = z.output<typeof verdictReasonSchema>;

export const pilotResultSchema = z.strictObject({
  planName: z.string(),
  /** Hash of the plan that was signed: this evaluation follows that one. */
  planHash: z.string(),
  datasetId: z.string(),
  datasetName: z.string(),
  columns: pilotColumnsSchema,
  design: z.enum(PILOT_DESIGNS),
  metric: z.strictObject({ name: z.string(), type: metricTypeSchema, direction: z.enum(['increase', 'decrease']) }),
  level: z.number(),
  rows: z.strictObject({
    total: count,
    /** Rows with another arm or period than the named ones, or none. */
    outsideDesign: count,
    /** Further rows of a unit in the same arm and period; the first row counts. */
    repeated: count,
    /** Rows of units that stand in both arms; none counts. */
    inBothArms: count,
    used: count,
  }),
  cells: z.array(pilotCellSchema),
  /** Treatment minus control, after minus before, or the difference of both; null where a group has too few. */
  effect: z.nullable(effectSchema),
  /** The effect in the wanted direction: positive is better. */
  gain: z.nullable(z.strictObject({ value: z.number(), low: z.number(), high: z.number() })),
  method: z.enum(EFFECT_METHODS),
  smallestEffect: z.number(),
  targetEffect: z.nullable(z.number()),
  sampleRatio: z.nullable(
    z.strictObject({
      control: count,
      treatment: count,
      expectedControl: z.number(),
      expectedTreatment: z.number(),
      chiSquared: z.number(),
      p: share,
      mismatch: z.boolean(),
    }),
  ),
  reach: z.array(z.strictObject({ arm: armId, period: periodId, planned: count, reached: count })),
  guardrails: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      type: metricTypeSchema,
      better: z.enum(['higher', 'lower']),
      margin: z.number(),
      cells: z.array(pilotCellSchema),
      /** Positive: worse. Null where it was not measured. */
      loss: z.nullable(z.strictObject({ value: z.number(), low: z.number(), high: z.number() })),
      verdict: z.enum(['holds', 'breached', 'unclear', 'not-measured']),
    }),
  ),
  /** The same comparison within each segment, unadjusted: to look at, not to decide by. */
  segments: z.array(z.strictObject({ segment: z.string(), units: count, effect: z.nullable(effectSchema) })),
  forecast: z.nullable(
    z.strictObject({
      slot: z.string(),
      name: z.string(),
      value: z.number(),
      low: z.number(),
      high: z.number(),
      /** Result minus forecast. */
      difference: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }),
      agrees: z.boolean(),
    }),
  ),
  verdict: z.enum(VERDICTS),
  reasons: z.array(verdictReasonSchema),
  notices: z.array(pilotNoticeSchema),
});
export type PilotResult = z.output<typeof pilotResultSchema>;
