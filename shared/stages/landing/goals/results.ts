import { z } from 'zod';
import { rangeSchema } from '../../../statistics/triangular.ts';
import { goalNoticeSchema } from './notices.ts';

const share = z.number().min(0).max(1);
const isoDate = z.stringFormat('YYYY-MM-DD', /^\d{4}-\d{2}-\d{2}$/);

/** What a KPI can be measured on, and how its numbers are written: a share on 0–1 is shown in per cent. */
export const KPI_UNITS = ['share', 'minutes', 'hours', 'days', 'score', 'count', 'money'] as const;
export type KpiUnit = (typeof KPI_UNITS)[number];

/** Units per year × change per unit × value of a unit changed, each a range somebody holds possible. */
export const valueFormulaSchema = z.strictObject({
  /** What is counted, e.g. contacts. */
  unitName: z.string().max(100),
  currency: z.string().min(1).max(10),
  unitsPerYear: rangeSchema,
  /** Change of the KPI in the wanted direction, in the KPI's unit: 0.06 for six points of a share. */
  change: rangeSchema,
  /** Money per unit and per unit of the KPI. */
  valuePerUnit: rangeSchema,
});
export type ValueFormula = z.output<typeof valueFormulaSchema>;

export const goalSettingsSchema = z.strictObject({
  title: z.string().min(1).max(200),
  kpi: z.string().min(1).max(200),
  unit: z.enum(KPI_UNITS),
  direction: z.enum(['increase', 'decrease']),
  /** Null: not known yet, or not agreed yet. Never filled in for anybody. */
  baseline: z.nullable(z.number()),
  target: z.nullable(z.number()),
  dueDate: z.nullable(isoDate),
  owner: z.string().max(200),
  needIds: z.array(z.string()).max(50),
  value: z.nullable(valueFormulaSchema),
});
export type GoalSettings = z.output<typeof goalSettingsSchema>;

export const VALUE_INPUTS = ['unitsPerYear', 'change', 'valuePerUnit'] as const;

export const annualValueSchema = z.strictObject({
  currency: z.string(),
  /** All three at their likely value. */
  likely: z.number(),
  /** Median of the draws, and the bounds that hold `level` of them. */
  median: z.number(),
  low: z.number(),
  high: z.number(),
  level: share,
  draws: z.int(),
  /** Share of draws in which the value is above 0. */
  positiveShare: share,
  /** The value with one input at its low and high and the others likely; widest first. */
  tornado: z.array(z.strictObject({ input: z.enum(VALUE_INPUTS), atLow: z.number(), atHigh: z.number() })),
});
export type AnnualValue = z.output<typeof annualValueSchema>;

export const goalResultSchema = z.strictObject({
  id: z.string(),
  settings: goalSettingsSchema,
  /** Target minus baseline in the wanted direction; null where either is missing. */
  wantedChange: z.nullable(z.number()),
  /** The linked needs as f1 has them; null figures where f1 no longer has the need. */
  needs: z.array(
    z.strictObject({
      id: z.string(),
      found: z.nullable(
        z.strictObject({
          name: z.string(),
          weight: share,
          low: z.nullable(share),
          high: z.nullable(share),
          rank: z.int(),
        }),
      ),
    }),
  ),
  value: z.nullable(annualValueSchema),
  notices: z.array(goalNoticeSchema),
});
export type GoalResult = z.output<typeof goalResultSchema>;

/** A goal that f1 speaks for: what to measure and where it stands today, as far as the data says. Targets are for people to set. */
export const goalSuggestionSchema = z.strictObject({
  template: z.enum(['need-satisfaction', 'model-accuracy', 'repeat-contacts']),
  needId: z.string(),
  needName: z.string(),
  weight: share,
  rank: z.int(),
  /** The part of f1 that speaks for this template: gap, driver or mention. */
  part: z.enum(['driver', 'mention', 'gap']),
  /** This part's share of the need's weight; null where the need has not that part. */
  partShare: z.nullable(share),
  unit: z.enum(KPI_UNITS),
  direction: z.enum(['increase', 'decrease']),
  /** Null: the data of this project does not say. */
  baseline: z.nullable(
    z.strictObject({
      value: z.number(),
      low: z.nullable(z.number()),
      high: z.nullable(z.number()),
      n: z.int(),
      slot: z.string(),
    }),
  ),
});
export type GoalSuggestion = z.output<typeof goalSuggestionSchema>;
