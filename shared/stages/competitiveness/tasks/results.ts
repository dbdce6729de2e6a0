import { z } from 'zod';
import { providerSchema } from '../../../train/provider.ts';
import { runConfigSchema } from '../../../train/run-config.ts';
import { TEXT_TASKS, type TextTask } from '../../../train/text-task.ts';
import { competitivenessNoticeSchema } from '../notices.ts';
import {
  estimateSchema,
  latencySchema,
  lengthSummarySchema,
  runRecordSchema,
  splitPartSchema,
  splitResultSchema,
} from '../results.ts';

/** Records of what is predicted besides one of several classes: any of several labels, a level of a rating, a number. */

const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** Figures of each task, the one that runs are ranked by first. */
export const TASK_MEASURES = {
  'multi-label': ['microF1', 'macroF1', 'exactMatch', 'hammingLoss'],
  ordinal: ['quadraticKappa', 'mae', 'accuracy', 'withinOne'],
  regression: ['r2', 'mae', 'rmse', 'spearman'],
} as const satisfies Record<TextTask, readonly string[]>;
export type TaskMeasure = (typeof TASK_MEASURES)[TextTask][number];
const MEASURES = [...new Set(Object.values(TASK_MEASURES).flat())];

/** Figures that are better when smaller. */
export const LESS_IS_BETTER: ReadonlySet<TaskMeasure> = new Set(['mae', 'rmse', 'hammingLoss']);

/** Figures that are shares; the others have a unit of their own, or none. */
export const SHARE_MEASURES: ReadonlySet<TaskMeasure> = new Set([
  'microF1',
  'macroF1',
  'exactMatch',
  'hammingLoss',
  'accuracy',
  'withinOne',
]);

const figureSchema = z.strictObject({
  measure: z.enum(MEASURES),
  /** With its 95 % percentile interval; null where it is not defined on these rows. */
  estimate: z.nullable(estimateSchema),
});
export type TaskFigure = z.output<typeof figureSchema>;

const labelMetricsSchema = z.strictObject({
  label: z.string(),
  support: count,
  predicted: count,
  /** Wilson's 95 % intervals; null where nothing was named, or no row has the label. */
  precision: z.nullable(estimateSchema),
  recall: z.nullable(estimateSchema),
  /** Percentile interval of a bootstrap over rows; null where the label neither occurs nor is named. */
  f1: z.nullable(estimateSchema),
});
export type LabelMetrics = z.output<typeof labelMetricsSchema>;

const common = { rows: count, resamples: count, figures: z.array(figureSchema) };
export const taskEvaluationSchema = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('multi-label'), ...common, perLabel: z.array(labelMetricsSchema) }),
  z.strictObject({
    task: z.literal('ordinal'),
    ...common,
    levels: z.array(z.string()),
    /** counts[actual][answered]. */
    confusion: z.array(z.array(count)),
  }),
  z.strictObject({
    task: z.literal('regression'),
    ...common,
    /** Median and 90th percentile of the absolute error. */
    errors: z.strictObject({ p50: z.number(), p90: z.number() }),
  }),
]);
export type TaskEvaluation = z.output<typeof taskEvaluationSchema>;

export const taskDataResultSchema = z.strictObject({
  task: z.enum(TEXT_TASKS),
  /** Labels in the order of the outputs, or levels from the lowest; empty for a number. */
  labels: z.array(z.strictObject({ label: z.string(), rows: count, train: count, dev: count, test: count })),
  /** Of the number's training rows: by these it is brought to mean 0 and deviation 1 for training; null for other tasks. */
  scale: z.nullable(z.strictObject({ mean: z.number(), deviation: z.number(), min: z.number(), max: z.number() })),
  language: z.enum(['zh', 'en', 'mixed']),
  labelled: count,
  unlabelled: count,
  /** Mean labels of a row, and rows with none; null for other tasks. */
  perRow: z.nullable(z.strictObject({ mean: z.number(), none: count })),
  /** `share` in results from before test rows could be those of a dataset of their own. */
  testSource: splitResultSchema.shape.testSource.default('share'),
  parts: z.array(z.strictObject({ part: splitPartSchema, rows: count })),
  /** Rows left out of train and dev because their text stands in the given test data. */
  excludedFromTrain: count,
  groupedTexts: count,
  lengths: z.nullable(lengthSummarySchema),
  /** SHA-256 over what is wanted and the text of every test row. */
  testLock: z.string(),
  /** Findings on all rows, and on the parts; empty in results from before they were kept. */
  notices: z
    .strictObject({ check: z.array(competitivenessNoticeSchema), split: z.array(competitivenessNoticeSchema) })
    .default({ check: [], split: [] }),
});
export type TaskDataResult = z.output<typeof taskDataResultSchema>;

const taskFloorSchema = z.strictObject({
  /** `constant`: the same answer for every text; `tfidf`, `frozen`: a linear head on the words, and on the encoder as it is. */
  id: z.enum(['constant', 'tfidf', 'frozen']),
  modelId: z.nullable(z.string()),
  /** Inverse strength of the penalty; null for the constant. */
  c: z.nullable(z.number()),
  evaluation: taskEvaluationSchema,
});
export const taskFloorsResultSchema = z.strictObject({
  task: z.enum(TEXT_TASKS),
  testLock: z.string(),
  floors: z.array(taskFloorSchema),
  strongestId: taskFloorSchema.shape.id,
});
export type TaskFloorsResult = z.output<typeof taskFloorsResultSchema>;

/** One recipe trained from several seeds on the same rows. */
const taskSeedsSchema = z.strictObject({
  /** The seed whose model is the run's; its figures are the run's own. */
  kept: z.int(),
  /** The best score on dev rows, never on test rows; the first seed without dev rows. */
  keptBy: z.enum(['dev', 'first']),
  runs: z
    .array(
      z.strictObject({
        seed: z.int(),
        /** The main figure on dev rows; null without any. */
        dev: z.nullable(z.number()),
        /** On the locked test rows; null where not defined. */
        figures: z.array(z.strictObject({ measure: z.enum(MEASURES), value: z.nullable(z.number()) })),
        steps: count,
        trainDurationMs: z.number().min(0),
      }),
    )
    .min(2),
  /** Mean of each figure with Student's 95 % interval over seeds. */
  figures: z.array(
    z.strictObject({
      measure: z.enum(MEASURES),
      mean: z.nullable(
        z.strictObject({ mean: z.number(), deviation: z.number().min(0), low: z.number(), high: z.number() }),
      ),
    }),
  ),
});
export type TaskSeeds = z.output<typeof taskSeedsSchema>;

export const taskRunSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  task: z.enum(TEXT_TASKS),
  modelId: z.string(),
  modelHash: z.string(),
  config: runConfigSchema,
  labels: z.array(z.string()),
  /** A label is answered where its probability is above this: where F1 on the dev rows is highest, or ½ with fewer than five dev rows that have
   *  it. Null for other tasks. */
  thresholds: z.nullable(z.array(z.strictObject({ probability: share, tuned: z.boolean() }))),
  /** What a number was brought to scale by; null for other tasks. */
  scale: z.nullable(z.strictObject({ mean: z.number(), deviation: z.number() })),
  /** Whether the probabilities of "above level k" fall from level to level for every text, as they must for one weight with ordered biases; null
   *  for other tasks. */
  rankConsistent: z.nullable(z.boolean()),
  trainableParameters: count,
  parameters: count,
  testLock: z.string(),
  steps: count,
  bestStep: count,
  stoppedEarly: z.boolean(),
  /** The figure by which the best weights were chosen; null without dev rows. */
  dev: z.nullable(z.strictObject({ rows: count, score: z.number(), loss: z.number() })),
  test: taskEvaluationSchema,
  latency: latencySchema,
  sizeMb: z.number().min(0),
  peakMemoryMb: z.nullable(z.number().min(0)),
  trainDurationMs: z.number().min(0),
  /** What was expected of its cost before it began; left out where nobody had it measured. */
  planned: runRecordSchema.shape.planned,
  /** From its start to the finished weights, as far as `planned` goes; null where it did not go through in one. */
  trainWallMs: runRecordSchema.shape.trainWallMs,
  provider: providerSchema.optional(),
  /** Only for a run of several seeds. */
  seeds: taskSeedsSchema.optional(),
  notices: z.array(competitivenessNoticeSchema),
});
export type TaskRun = z.output<typeof taskRunSchema>;

export const taskComparisonSchema = z.strictObject({
  runId: z.string(),
  referenceId: z.string(),
  testLock: z.string(),
  rows: count,
  resamples: count,
  /** Run minus reference, paired bootstrap over rows. */
  differences: z.array(figureSchema),
});
export type TaskComparison = z.output<typeof taskComparisonSchema>;

/** What a run answers to texts. */
export const taskAnswersSchema = z.strictObject({
  runId: z.string(),
  task: z.enum(TEXT_TASKS),
  /** Of each probability: labels, or the levels that it is above; empty for a number. */
  outputs: z.array(z.string()),
  answers: z.array(
    z.strictObject({
      text: z.string(),
      /** Labels named, or the level; empty for a number. */
      labels: z.array(z.string()),
      /** Null unless a number is predicted. */
      value: z.nullable(z.number()),
      probabilities: z.array(share),
    }),
  ),
});
export type TaskAnswers = z.output<typeof taskAnswersSchema>;
