import { z } from 'zod';
import { estimateSchema } from '../../competitiveness/results.ts';

const count = z.int().min(0);

export const TABLE_MODELS = ['logistic', 'scorecard', 'mlp'] as const;
export const tableModelSchema = z.enum(TABLE_MODELS);
export type TableModelType = z.output<typeof tableModelSchema>;

/** How a column is read: as a number, as one of several values, or not at all. */
export const TABLE_COLUMN_TYPES = ['number', 'category', 'ignore'] as const;
export const tableColumnChoiceSchema = z.strictObject({
  columnId: z.string(),
  type: z.enum(TABLE_COLUMN_TYPES),
});
export type TableColumnChoice = z.output<typeof tableColumnChoiceSchema>;

export const scorecardScaleSchema = z.strictObject({
  /** The score that a case has at the base odds. */
  baseScore: z.number().min(0).max(10_000),
  /** Cases without the event for each one with it, at the base score. */
  baseOdds: z.number().gt(0).max(1_000_000),
  /** Points that double the odds. */
  pointsToDouble: z.number().gt(0).max(1000),
});
export type ScorecardScale = z.output<typeof scorecardScaleSchema>;

/** What a person sets up: the outcome, what may be used to predict it, what errors cost, and how it is measured. */
export const tableSetupSchema = z.strictObject({
  datasetId: z.string(),
  name: z.string().min(1).max(200),
  outcomeColumn: z.string(),
  /** The value of the outcome that is to be predicted (`bad`, `churned`); every other value is its opposite. */
  eventValue: z.string(),
  columns: z.array(tableColumnChoiceSchema),
  /** Groups whose treatment is compared; it may be a column that no model reads. Null: no comparison. */
  groupColumn: z.nullable(z.string()),
  models: z.array(tableModelSchema).min(1),
  costs: z.strictObject({
    /** Of an event that was not predicted, and of a prediction that does not come true; any unit. */
    missed: z.number().gt(0).max(1e9),
    falseAlarm: z.number().gt(0).max(1e9),
  }),
  folds: z.int().min(2).max(10),
  repeats: z.int().min(1).max(10),
  scale: scorecardScaleSchema,
});
export type TableSetup = z.output<typeof tableSetupSchema>;

// ---- what may be wrong ----

export const tableNoticeSchema = z.discriminatedUnion('code', [
  notice('outcome-missing', { rows: count }),
  notice('outcome-many-values', { values: count }),
  notice('id-like', { column: z.string() }),
  notice('predicts-alone', { column: z.string(), auc: z.number() }),
  notice('constant', { column: z.string() }),
  notice('many-values', { column: z.string(), values: count, kept: count }),
  notice('unreadable-numbers', { column: z.string(), cells: count }),
  notice('duplicates', { rows: count }),
  notice('few-events', { events: count, needed: count }),
  notice('few-rows', { rows: count, needed: count }),
  notice('few-per-feature', { events: count, features: count }),
  notice('group-is-used', { column: z.string() }),
  notice('groups-small', { groups: count, needed: count }),
  notice('not-better-than-majority', { model: tableModelSchema }),
]);
export type TableNotice = z.output<typeof tableNoticeSchema>;

function notice<const C extends string, P extends z.core.$ZodLooseShape>(code: C, params: P) {
  return z.strictObject({
    code: z.literal(code),
    severity: z.enum(['info', 'warning', 'blocking']),
    params: z.strictObject(params),
  });
}

// ---- measured ----

const importanceSchema = z.strictObject({
  columnId: z.string(),
  name: z.string(),
  /** Mean size of the column's contribution to the log-odds, on rows that the model has not seen. */
  value: z.number(),
  low: z.number(),
  high: z.number(),
});

const reliabilitySchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  rows: z.number(),
  predicted: z.nullable(z.number()),
  observed: z.nullable(z.number()),
});

const costPointSchema = z.strictObject({ threshold: z.number(), cost: z.number() });

export const tableEvaluationSchema = z.strictObject({
  /** Mean over the repeats of the area under the ROC curve of all rows, each predicted by a model that had not seen it; DeLong's interval. */
  auc: estimateSchema,
  /** The same per test part: mean with the corrected interval over all parts. */
  foldAuc: estimateSchema,
  brier: estimateSchema,
  ks: estimateSchema,
  calibrationError: estimateSchema,
  reliability: z.array(reliabilitySchema),
  cost: z.strictObject({
    /** False alarm ÷ (missed + false alarm): where a calibrated probability makes both errors equally dear. */
    threshold: z.number(),
    perCase: estimateSchema,
    /** Rows predicted as events, caught events and right alarms at that threshold. */
    flagged: estimateSchema,
    caught: estimateSchema,
    precision: z.nullable(estimateSchema),
    /** The threshold that was cheapest on the other parts, and what it costs on the rows that did not choose it. */
    chosen: z.strictObject({ threshold: estimateSchema, perCase: estimateSchema }),
    curve: z.array(costPointSchema),
  }),
});
export type TableEvaluation = z.output<typeof tableEvaluationSchema>;

const groupSchema = z.strictObject({
  group: z.string(),
  rows: count,
  events: count,
  /** Share that is not flagged: the favourable decision. */
  favourable: estimateSchema,
  /** Share of events that are flagged, and of other rows that are; null without such rows. */
  truePositive: z.nullable(estimateSchema),
  falsePositive: z.nullable(estimateSchema),
  /** Mean predicted probability less the observed share. */
  calibrationGap: estimateSchema,
  /** Enough rows to be judged. */
  judged: z.boolean(),
});
const FAIRNESS_VERDICTS = ['passed', 'failed', 'unclear', 'no-verdict'] as const;
export const fairnessSchema = z.strictObject({
  columnId: z.string(),
  columnName: z.string(),
  threshold: z.number(),
  groups: z.array(groupSchema),
  /** Largest less smallest favourable share, and smallest ÷ largest, of the groups that are judged; null with fewer than two. */
  parityDifference: z.nullable(estimateSchema),
  parityRatio: z.nullable(estimateSchema),
  /** Larger of the gaps in caught events and in false alarms. */
  oddsDifference: z.nullable(estimateSchema),
  verdict: z.enum(FAIRNESS_VERDICTS),
});
export type Fairness = z.output<typeof fairnessSchema>;

const scorecardBinSchema = z.strictObject({
  /** Values of a category, `rest` for those too rare; null bounds of a number are open. */
  bin: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('range'), low: z.nullable(z.number()), high: z.nullable(z.number()) }),
    z.strictObject({ type: z.literal('values'), values: z.array(z.string()), rest: z.boolean() }),
    z.strictObject({ type: z.literal('missing') }),
  ]),
  rows: count,
  events: count,
  /** ln(share of the rows without the event ÷ share of those with it). */
  woe: z.number(),
  iv: z.number(),
  /** Null where the characteristic is not in the card. */
  points: z.nullable(z.number()),
});
const characteristicSchema = z.strictObject({
  columnId: z.string(),
  name: z.string(),
  iv: z.number(),
  /** By the usual convention, not a test. */
  band: z.enum(['none', 'weak', 'medium', 'strong', 'suspicious']),
  used: z.boolean(),
  leftOut: z.nullable(z.enum(['low-iv', 'wrong-sign'])),
  coefficient: z.nullable(z.number()),
  bins: z.array(scorecardBinSchema),
});
export type Characteristic = z.output<typeof characteristicSchema>;
export type ScorecardBin = z.output<typeof scorecardBinSchema>['bin'];

const tableModelResultSchema = z.strictObject({
  model: tableModelSchema,
  evaluation: tableEvaluationSchema,
  importance: z.array(importanceSchema),
  fairness: z.nullable(fairnessSchema),
  /** Inverse strength of the penalty of the model on all rows; null for `mlp`. */
  c: z.nullable(z.number()),
});
export type TableModelResult = z.output<typeof tableModelResultSchema>;

export const tableResultSchema = z.strictObject({
  datasetId: z.string(),
  datasetName: z.string(),
  name: z.string(),
  outcome: z.strictObject({ columnId: z.string(), name: z.string(), eventValue: z.string() }),
  rows: count,
  events: count,
  columns: z.array(
    z.strictObject({
      columnId: z.string(),
      name: z.string(),
      type: z.enum(['number', 'category']),
      missing: count,
      values: count,
      /** Area under the ROC curve of this column alone, the better way round. */
      aloneAuc: z.nullable(z.number()),
    }),
  ),
  features: count,
  folds: count,
  repeats: count,
  resamples: count,
  costs: tableSetupSchema.shape.costs,
  notices: z.array(tableNoticeSchema),
  models: z.array(tableModelResultSchema),
  /** Predicting the share of events for everybody, and taking the cheaper decision for all. */
  majority: z.strictObject({ auc: z.number(), brier: z.number(), costPerCase: z.number() }),
  comparisons: z.array(
    z.strictObject({
      first: tableModelSchema,
      second: tableModelSchema,
      /** AUC of the first less that of the second. */
      difference: estimateSchema,
      p: z.nullable(z.number()),
      adjustedP: z.nullable(z.number()),
    }),
  ),
  logistic: z.nullable(
    z.array(
      z.strictObject({
        columnId: z.string(),
        name: z.string(),
        /** Value of a category; null for a number. */
        value: z.nullable(z.string()),
        isMissing: z.boolean(),
        /** Change of the log-odds per standard deviation of the feature. */
        coefficient: z.number(),
        mean: z.number(),
        deviation: z.number(),
      }),
    ),
  ),
  scorecard: z.nullable(
    z.strictObject({
      scale: scorecardScaleSchema,
      factor: z.number(),
      offset: z.number(),
      characteristics: z.array(characteristicSchema),
    }),
  ),
});
export type TableResult = z.output<typeof tableResultSchema>;

// ---- one case ----

export const caseExplanationSchema = z.strictObject({
  model: tableModelSchema,
  /** Probability of the event. */
  probability: z.number(),
  /** Log-odds of the average case of the background, and of this one. */
  base: z.number(),
  logOdds: z.number(),
  /** In order of size; base + Σ = logOdds. */
  contributions: z.array(
    z.strictObject({ columnId: z.string(), name: z.string(), value: z.nullable(z.string()), contribution: z.number() }),
  ),
  method: z.enum(['linear', 'shapley-exact', 'shapley-sampled']),
  /** Rows that stand for the average case, and coalitions asked for by Shapley's method. */
  background: count,
  coalitions: z.nullable(count),
  /** Points of the card; null for other models. */
  points: z.nullable(z.number()),
  /** Probability by models that had not seen the row, mean over the repeats; null for a case that is not in the table. */
  unseenProbability: z.nullable(z.number()),
  event: z.nullable(z.boolean()),
});
export type CaseExplanation = z.output<typeof caseExplanationSchema>;
