import { z } from 'zod';

/** What the steps of the demand stage keep. Shares and satisfaction are on 0–1; `low` and `high` bound the middle `level` of
 *  the sampling distribution and are null where it is not defined. Large arrays (row assignments, draws) are parts of the artifact. */

const share = z.number();
const interval = { low: z.nullable(z.number()), high: z.nullable(z.number()) };

// topics

const topicTermSchema = z.strictObject({ term: z.string(), weight: z.number() });

const topicRepresentativeSchema = z.strictObject({
  datasetId: z.string(),
  row: z.int(),
  text: z.string(),
});

const foundTopicSchema = z.strictObject({
  /** Made from the hash of the text nearest to the centre: equal data and seed give equal ids. */
  id: z.string(),
  name: z.string(),
  terms: z.array(topicTermSchema),
  size: z.int(),
  share,
  /** Mean cosine of its rows to its centre. */
  cohesion: z.number(),
  /** Rows nearest to the centre first. */
  representatives: z.array(topicRepresentativeSchema),
  /** Hashes of the texts by which an edit finds the topic again. */
  anchors: z.array(z.string()),
});

export const topicsResultSchema = z.strictObject({
  /** Texts that were clustered. */
  texts: z.int(),
  vectors: z.enum(['embeddings', 'tfidf']),
  modelId: z.nullable(z.string()),
  segmenter: z.string(),
  chosenBy: z.enum(['data', 'analyst']),
  /** Numbers of topics tried with their simplified silhouette; empty where the analyst chose. */
  candidates: z.array(z.strictObject({ topics: z.int(), silhouette: z.number() })),
  /** Mean adjusted Rand index of all pairs of runs that differ by seed only; null for fewer than two runs. */
  stability: z.strictObject({ runs: z.int(), adjustedRandIndex: z.nullable(z.number()) }),
  /** Rows farther from every centre than the threshold (cosine). */
  outliers: z.strictObject({ size: z.int(), share, minimumCosine: z.number() }),
  topics: z.array(foundTopicSchema),
});
export type TopicsResult = z.output<typeof topicsResultSchema>;

const topicAnchorSchema = z.strictObject({ topicId: z.string(), anchors: z.array(z.string()) });

export const topicEditSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('merge'),
    topics: z.array(topicAnchorSchema).min(2),
    /** Null keeps the name of the first. */
    name: z.nullable(z.string().min(1).max(200)),
  }),
  z.strictObject({ type: z.literal('rename'), topic: topicAnchorSchema, name: z.string().min(1).max(200) }),
]);
export type TopicEdit = z.output<typeof topicEditSchema>;

// scores

const scoreValueSchema = z.strictObject({ n: z.int(), value: z.nullable(z.number()), ...interval });

export const scoreSchema = z.strictObject({
  datasetId: z.string(),
  columnId: z.string(),
  name: z.string(),
  /** `nps` −100…100, `csat` share of the top answers 0–1, `ces` and `mean` on the scale of the question. */
  type: z.enum(['nps', 'csat', 'ces', 'mean']),
  level: z.number(),
  overall: scoreValueSchema,
  /** Mean answer with a t interval, whatever the type. */
  mean: scoreValueSchema,
  missing: z.int(),
  distribution: z.array(z.strictObject({ answer: z.number(), count: z.int() })),
  /** Detractors, passives and promoters for `nps`; top and other answers for `csat`; empty otherwise. */
  groups: z.array(
    z.strictObject({ id: z.enum(['detractors', 'passives', 'promoters', 'top', 'other']), count: z.int(), share }),
  ),
  periods: z.array(scoreValueSchema.extend({ period: z.string() })),
  segments: z.array(scoreValueSchema.extend({ segment: z.string() })),
});
export type Score = z.output<typeof scoreSchema>;

export const scoresResultSchema = z.strictObject({ scores: z.array(scoreSchema) });
export type ScoresResult = z.output<typeof scoresResultSchema>;

// satisfaction

export const satisfactionHeadSchema = z.strictObject({
  /** `logistic` where the ratings have two values, else `ridge`. */
  type: z.enum(['logistic', 'ridge']),
  trainedOn: z.int(),
  folds: z.int(),
  /** Out-of-fold quality: accuracy and AUC for `logistic`, R² and mean absolute error for `ridge`. */
  accuracy: z.nullable(z.number()),
  majorityShare: z.nullable(z.number()),
  auc: z.nullable(z.number()),
  rSquared: z.nullable(z.number()),
  meanAbsoluteError: z.nullable(z.number()),
  /** Penalty chosen by the out-of-fold loss. */
  penalty: z.number(),
  /** Whether its quality allows use on unrated rows. */
  usable: z.boolean(),
});
export type SatisfactionHead = z.output<typeof satisfactionHeadSchema>;

export const satisfactionResultSchema = z.strictObject({
  sources: z.array(
    z.strictObject({
      datasetId: z.string(),
      name: z.string(),
      /** Column of the ratings; null where there is none. */
      columnId: z.nullable(z.string()),
      rated: z.int(),
      predicted: z.int(),
      notAvailable: z.int(),
      mean: z.nullable(z.number()),
    }),
  ),
  /** Null where too few rated rows have text. */
  head: z.nullable(satisfactionHeadSchema),
  headModelId: z.nullable(z.string()),
});
export type SatisfactionResult = z.output<typeof satisfactionResultSchema>;

// drivers

const driverItemSchema = z.strictObject({
  columnId: z.string(),
  name: z.string(),
  /** Johnson's relative weight, in units of R²; null for a constant column. */
  weight: z.nullable(z.number()),
  /** Weight as a share of R². */
  share: z.nullable(share),
  /** Interval of the share. */
  ...interval,
  /** Sign of the standardised coefficient. */
  sign: z.nullable(z.enum(['positive', 'negative'])),
  coefficient: z.nullable(z.number()),
  /** Correlation with the outcome. */
  correlation: z.nullable(z.number()),
  /** Variance inflation; null for a constant or perfectly collinear column. */
  vif: z.nullable(z.number()),
  /** Mean on 0–1, higher is better. */
  performance: z.nullable(share),
  rank: z.nullable(z.int()),
  rankLow: z.nullable(z.int()),
  rankHigh: z.nullable(z.int()),
});

export const driversResultSchema = z.strictObject({
  datasetId: z.string(),
  outcome: z.strictObject({ columnId: z.string(), name: z.string() }),
  /** Rows with the outcome and every item; the others are left out. */
  n: z.int(),
  leftOut: z.int(),
  rSquared: z.number(),
  adjustedRSquared: z.nullable(z.number()),
  rSquaredInterval: z.strictObject(interval),
  level: z.number(),
  resamples: z.int(),
  items: z.array(driverItemSchema),
  /** Items of which one is an exact combination of the others: weights are shared among them, coefficients are null. */
  collinear: z.boolean(),
});
export type DriversResult = z.output<typeof driversResultSchema>;

// needs

export const NEED_PARTS = ['driver', 'mention', 'gap'] as const;
export type NeedPart = (typeof NEED_PARTS)[number];

export const partWeightsSchema = z.strictObject({
  driver: z.number().min(0).max(1),
  mention: z.number().min(0).max(1),
  gap: z.number().min(0).max(1),
});
export type PartWeights = z.output<typeof partWeightsSchema>;
export const DEFAULT_PART_WEIGHTS: PartWeights = { driver: 0.4, mention: 0.3, gap: 0.3 };

const needSetupSchema = z.strictObject({
  id: z.string(),
  name: z.string().min(1).max(200),
  /** Ids of topics, or `l-<class>` where texts are grouped by the classes given. */
  topicIds: z.array(z.string()),
  items: z.array(z.strictObject({ datasetId: z.string(), columnId: z.string() })),
});
export const needsSetupSchema = z.strictObject({
  /** What texts are grouped by: topics found in them, or the classes that a column of their file gives. */
  grouping: z.enum(['topics', 'labels']).default('topics'),
  needs: z.array(needSetupSchema),
  partWeights: partWeightsSchema,
});
export type NeedsSetup = z.output<typeof needsSetupSchema>;

const needPartSchema = z.strictObject({
  /** In its own unit: R² (driver), share of texts (mention), 0–1 (gap). */
  raw: z.number(),
  /** As a share of the sum over the needs that have this part. */
  value: share,
  /** Weight with which it entered this need's weight, after redistribution of missing parts. */
  partWeight: z.number(),
});

const needFigures = {
  weight: share,
  ...interval,
  /** Texts of its topics, or for a need without topics, rows that answer one of its items. */
  volume: z.int(),
  /** Null without any rated row or item. */
  satisfaction: z.nullable(share),
  gap: z.nullable(share),
};

const needResultSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  topicIds: z.array(z.string()),
  items: z.array(z.strictObject({ datasetId: z.string(), columnId: z.string() })),
  ...needFigures,
  rank: z.int(),
  rankLow: z.int(),
  rankHigh: z.int(),
  firstShare: share,
  topTwoShare: share,
  mentionShare: z.nullable(share),
  /** Overall mean satisfaction of the sources in which the need is heard; gap = max(0, this − satisfaction). */
  referenceSatisfaction: z.nullable(share),
  /** A part that is null is missing for this need; its weight went to the others. */
  parts: z.strictObject({
    driver: z.nullable(needPartSchema),
    mention: z.nullable(needPartSchema),
    gap: z.nullable(needPartSchema),
  }),
  /** Trend by period; empty without dates. `share` of the texts of that period. */
  periods: z.array(z.strictObject({ period: z.string(), volume: z.int(), share, satisfaction: z.nullable(share) })),
});

const needSegmentSchema = z.strictObject({
  segment: z.string(),
  respondents: z.int(),
  /** Fewer than 30 respondents: figures without interval, to be read with care. */
  lowBase: z.boolean(),
  needs: z.array(z.strictObject({ needId: z.string(), ...needFigures })),
});

export const needsResultSchema = z.strictObject({
  level: z.number(),
  resamples: z.int(),
  partWeights: partWeightsSchema,
  /** Parts that no need has. */
  missingParts: z.array(z.enum(NEED_PARTS)),
  overallSatisfaction: z.nullable(share),
  sources: z.array(
    z.strictObject({
      datasetId: z.string(),
      name: z.string(),
      rows: z.int(),
      /** What was redrawn: respondents, or rows where there is no id. */
      unit: z.enum(['respondent', 'row']),
      units: z.int(),
      /** Regression behind the driver part; null without outcome, items or enough rows. */
      drivers: z.nullable(z.strictObject({ of: z.enum(['items', 'mentions']), n: z.int(), rSquared: z.number() })),
    }),
  ),
  needs: z.array(needResultSchema),
  segments: z.array(needSegmentSchema),
});
export type NeedsResult = z.output<typeof needsResultSchema>;

// requirement parameters

export const targetsSchema = z.strictObject({
  /** Null: not set. None is ever filled in for the analyst. */
  accuracy: z.nullable(z.number().min(0).max(1)),
  latencyMs: z.nullable(z.number().positive()),
  explainability: z.nullable(z.enum(['none', 'on-request', 'every-decision'])),
  privacy: z.nullable(z.enum(['public', 'internal', 'personal', 'sensitive'])),
});
export type Targets = z.output<typeof targetsSchema>;

const origin = z.discriminatedUnion('type', [
  /** Counted from the artifact in this slot. */
  z.strictObject({ type: z.literal('data'), slot: z.string() }),
  z.strictObject({ type: z.literal('analyst') }),
  z.strictObject({ type: z.literal('not-set') }),
]);
export type RequirementOrigin = z.output<typeof origin>;
const withOrigin = <V extends z.ZodType>(value: V) => z.strictObject({ value, origin });

export const requirementsResultSchema = z.strictObject({
  taskType: withOrigin(z.nullable(z.enum(['binary-classification', 'multiclass-classification']))),
  labels: withOrigin(z.array(z.strictObject({ label: z.string(), rows: z.int() }))),
  languages: withOrigin(z.array(z.strictObject({ language: z.string(), rows: z.int(), share }))),
  /** `perMonth` over the months between first and last date; null without dates or within one month. */
  volume: withOrigin(z.strictObject({ texts: z.int(), perMonth: z.nullable(z.number()) })),
  /** Characters (code points) per text; null without texts. */
  textLength: withOrigin(z.nullable(z.strictObject({ p50: z.number(), p95: z.number(), longest: z.int() }))),
  accuracy: withOrigin(targetsSchema.shape.accuracy),
  latencyMs: withOrigin(targetsSchema.shape.latencyMs),
  explainability: withOrigin(targetsSchema.shape.explainability),
  privacy: withOrigin(targetsSchema.shape.privacy),
});
export type RequirementsResult = z.output<typeof requirementsResultSchema>;
