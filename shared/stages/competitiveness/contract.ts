import { z } from 'zod';
import { viewOf } from '../../contract/artifact.ts';
import { command, defineStage, job, noInput, query } from '../../contract/stage.ts';
import { RECIPE_REASONS, runConfigSchema } from '../../train/run-config.ts';
import {
  comparisonResultSchema,
  dataCheckResultSchema,
  floorsResultSchema,
  labelsResultSchema,
  runRecordSchema,
  splitResultSchema,
} from './results.ts';
import { strategyResultSchema } from './strategy/results.ts';

/** A base encoder that this machine has. */
export const baseModelSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  languages: z.array(z.string()),
  licence: z.string(),
  source: z.string(),
  pooling: z.enum(['cls', 'mean']),
  layers: z.int(),
  hiddenSize: z.int(),
  parameters: z.int(),
  maxLength: z.int(),
  sizeMb: z.number(),
});
export type BaseModel = z.output<typeof baseModelSchema>;

/** Where labels come from: a column of one or more datasets, or the topics of stage 1. */
export const labelChoiceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('columns'),
    columns: z.array(z.strictObject({ datasetId: z.string(), columnId: z.string() })).min(1),
  }),
  z.strictObject({ type: z.literal('topics') }),
]);
export type LabelChoice = z.output<typeof labelChoiceSchema>;

/** How test rows are set aside: a share of all, or every labelled row of a dataset that was imported as the test file. */
export const splitChoiceSchema = z.strictObject({
  test: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('share'), share: z.number().gt(0).lt(0.9) }),
    z.strictObject({ type: z.literal('dataset'), datasetId: z.string() }),
  ]),
  devShare: z.number().gt(0).lt(0.5),
  /** Base model by whose tokeniser lengths are counted. */
  modelId: z.string(),
  maxLength: z.int().min(8).max(512),
});
export type SplitChoice = z.output<typeof splitChoiceSchema>;

/** A strategy that is not a run: its gains are an analyst's assumptions, each a range of accuracy points on a need. */
const assumedStrategySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  gains: z.array(z.strictObject({ needId: z.string(), low: z.number(), high: z.number() })),
  latencyP95Ms: z.nullable(z.number().positive()),
  sizeMb: z.nullable(z.number().positive()),
});

export const strategyChoiceSchema = z.strictObject({
  /** Floor or run to which gains are measured; null: the strongest floor. */
  referenceId: z.nullable(z.string()),
  limits: z.strictObject({
    latencyP95Ms: z.nullable(z.number().positive()),
    sizeMb: z.nullable(z.number().positive()),
    mustBe: z.array(z.strictObject({ needId: z.string(), minimumAccuracy: z.number().min(0).max(1) })),
  }),
  assumed: z.array(assumedStrategySchema),
  /** Share of draws in which a strategy must rank first before the answer is "decided". */
  decisionShare: z.number().gt(0.5).max(1),
});
export type StrategyChoice = z.output<typeof strategyChoiceSchema>;

/** Nothing is limited or assumed unless somebody says so. */
export const NO_STRATEGY_CHOICE: StrategyChoice = {
  referenceId: null,
  limits: { latencyP95Ms: null, sizeMb: null, mustBe: [] },
  assumed: [],
  decisionShare: 0.8,
};

/** What the split step keeps: the split and the check of the data in one. */
export const preparedDataSchema = z.strictObject({ split: splitResultSchema, check: dataCheckResultSchema });
export type PreparedData = z.output<typeof preparedDataSchema>;

const seed = z.int().min(0).max(4294967295);

export const competitiveness = defineStage(
  'competitiveness',
  ['data', 'models', 'compression', 'experiments', 'strategy'],
  {
    baseModels: query('Base encoders on this machine', noInput, z.array(baseModelSchema)),
    chooseLabels: job('Take labels from columns or from topics', labelChoiceSchema),
    labels: query('Classes and their counts', noInput, viewOf(labelsResultSchema)),
    prepareData: job('Check the labelled data, split it and lock the test rows', splitChoiceSchema.extend({ seed })),
    preparedData: query('The split and the data check', noInput, viewOf(preparedDataSchema)),
    measureFloors: job(
      'Measure the simplest things on the locked test rows: majority, TF-IDF and frozen encoder with logistic regression',
      z.strictObject({ modelId: z.string(), seed }),
    ),
    floors: query('The floors', noInput, viewOf(floorsResultSchema)),
    suggestConfig: query(
      'The recipe that fits this data and base model, with the reason',
      z.strictObject({ modelId: z.string() }),
      z.strictObject({
        config: runConfigSchema,
        because: z.enum(RECIPE_REASONS),
        smallestClass: z.int(),
        trainRows: z.int(),
      }),
    ),
    train: job(
      'Fine-tune a base model and evaluate it on the locked test rows',
      z.strictObject({ name: z.string().min(1).max(200), modelId: z.string(), config: runConfigSchema }),
    ),
    runs: query('All runs', noInput, z.array(viewOf(runRecordSchema).unwrap())),
    run: query('One run', z.strictObject({ runId: z.string() }), viewOf(runRecordSchema)),
    removeRun: command(
      'Take a run out of the comparison; it stays in the history',
      z.strictObject({ runId: z.string() }),
      noInput,
    ),
    compare: query(
      'A run against a floor or another run, row by row',
      z.strictObject({ runId: z.string(), referenceId: z.string() }),
      comparisonResultSchema,
    ),
    setStrategies: command(
      'Set reference, limits, assumed strategies and the share to decide',
      strategyChoiceSchema,
      noInput,
    ),
    strategies: query('Reference, limits and assumptions as they stand', noInput, strategyChoiceSchema),
    decide: job(
      'Rank strategies on needs and measured gains (g)',
      z.strictObject({ draws: z.int().min(100).max(20_000), seed }),
    ),
    decision: query('The ranked strategies', noInput, viewOf(strategyResultSchema)),
  },
);
