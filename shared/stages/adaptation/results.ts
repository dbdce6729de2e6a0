import { z } from 'zod';
import { PERTURBATION_IDS } from '../../text-changes/perturbations.ts';
import { keptGroupsSchema, rangesSchema, storageFormatSchema } from '../../train/storage.ts';
import { estimateSchema, runRecordSchema } from '../competitiveness/results.ts';
import { LIMIT_TESTS, limitOriginSchema, scenarioLimitSchema } from './limits.ts';
import { adaptationNoticeSchema } from './notices.ts';
import { COMPLIANCE_TOPICS, TEMPLATE_IDS } from './templates.ts';

/** Records of stage 3 as they stand in artifacts and cross the contract. Rows behind a test: evidence of type `scenarioTest`. */

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const cost = z.number().min(0);

// ---- scenario ----

export const errorCostSchema = z.strictObject({
  label: z.string(),
  /** Cost of passing over a text of this class, and of answering this class for a text of another; in units of one's own choice. */
  miss: cost,
  falseAlarm: cost,
});
export type ErrorCost = z.output<typeof errorCostSchema>;

/** What a person decides about a scenario. */
export const scenarioSchema = z.strictObject({
  name: z.string().min(1).max(200),
  templateId: z.enum(TEMPLATE_IDS),
  users: z.string().max(2000),
  inputs: z.string().max(2000),
  data: z.strictObject({
    datasetId: z.string(),
    /** Column id whose values are the classes. */
    labelColumn: z.string(),
    /** Only rows that have one of these values in this column; null for all. */
    filter: z.nullable(z.strictObject({ columnId: z.string(), values: z.array(z.string()).min(1) })),
    /** Classes that people gave in stage 5 stand over the column's values, and alone where `labelColumn` is ''. `classes` are the scenario's even where no
     *  row has them: those of the model that learns on. */
    corrected: z.strictObject({ classes: z.array(z.string()).min(2) }).optional(),
  }),
  /** What the source model calls a class of the dataset, null where it has no such class; the whole map null where names are identical. */
  labelMap: z.nullable(z.array(z.strictObject({ label: z.string(), modelLabel: z.nullable(z.string()) }))),
  volumePerDay: z.nullable(z.number().positive()),
  /** Classes without an entry cost 1 either way. */
  errorCosts: z.array(errorCostSchema),
  /** Cost of a person's look at one text, in the same unit; null where nobody can look. */
  humanLook: z.nullable(cost),
  limits: z.array(scenarioLimitSchema),
  /** f1 needs that the scenario serves. */
  needIds: z.array(z.string()),
  complianceTopics: z.array(z.enum(COMPLIANCE_TOPICS)),
  complianceNotes: z.string().max(4000),
});
export type Scenario = z.output<typeof scenarioSchema>;

/** As it stands: limits that follow a need or a target have the value of now, and `lost` are those whose need or target is gone. */
export const scenarioResultSchema = z.strictObject({
  id: z.string(),
  scenario: scenarioSchema,
  lost: z.array(scenarioLimitSchema),
});
export type ScenarioResult = z.output<typeof scenarioResultSchema>;

// ---- data of a scenario ----

export const scenarioDataSchema = z.strictObject({
  scenarioId: z.string(),
  datasetId: z.string(),
  language: z.enum(['zh', 'en', 'mixed']),
  /** Classes in the order of the outputs of adapted models. */
  classes: z.array(z.strictObject({ label: z.string(), rows: count, train: count, dev: count, test: count })),
  rows: count,
  train: count,
  dev: count,
  test: count,
  /** Rows that the filter left out, and rows kept that have no label. */
  filteredOut: count,
  unlabelled: count,
  /** Rows that a model of stage 2 was trained on or chosen by, or whose text was: never test rows. */
  keptFromTest: count,
  /** SHA-256 over label and text of every test row. */
  testLock: z.string(),
  notices: z.array(adaptationNoticeSchema),
});
export type ScenarioData = z.output<typeof scenarioDataSchema>;

// ---- recipe ----

export const RECIPES = ['reuse', 'threshold', 'new-head', 'lora', 'continue'] as const;
export const recipeIdSchema = z.enum(RECIPES);
export type RecipeId = (typeof RECIPES)[number];

export const RECIPE_CODES = [
  /** Why a recipe is recommended. */
  'meets-limit',
  'reject-saves-cost',
  'head-is-enough',
  'few-rows-per-class',
  'other-classes',
  'same-classes-below-limit',
  'far-domain',
  'shared-encoder',
  'many-rows',
  /** Why a recipe cannot be used. */
  'no-common-classes',
  'classes-missing-in-source',
  'no-human-look',
  'no-train-rows',
  'int8-source',
] as const;
export type RecipeCode = (typeof RECIPE_CODES)[number];

export const domainDistanceSchema = z.strictObject({
  /** Area under the ROC curve of a classifier that tells scenario texts from the source's training texts, cross-validated: 0.5 = cannot tell. */
  auc: z.number().min(0).max(1),
  /** 5th and 95th percentile of the same with the memberships permuted. */
  bandLow: share,
  bandHigh: share,
  pValue: share,
  /** Above the band. */
  differs: z.boolean(),
  scenarioRows: count,
  sourceRows: count,
  folds: count,
  permutations: count,
});
export type DomainDistance = z.output<typeof domainDistanceSchema>;

const recipeOptionSchema = z.strictObject({
  recipe: recipeIdSchema,
  applicable: z.boolean(),
  /** Why not, or what speaks for it. */
  codes: z.array(z.enum(RECIPE_CODES)),
  /** Measured on the scenario's dev rows, Wilson interval; null where it would have to be trained first. */
  devAccuracy: z.nullable(estimateSchema),
  /** Expected cost of 1000 texts on dev by the scenario's error costs, human looks included; null where not measured. */
  costPerThousand: z.nullable(cost),
  /** Share of dev texts that go to people. */
  humanShare: z.nullable(share),
  trainableParameters: count,
  /** Of the scenario's train rows, times through the model; 0 without training. */
  trainingTexts: count,
});
export type RecipeOption = z.output<typeof recipeOptionSchema>;

export const recipeResultSchema = z.strictObject({
  scenarioId: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  /** Classes of the scenario and what the source calls them; null where it knows none. */
  labels: z.array(z.strictObject({ label: z.string(), modelLabel: z.nullable(z.string()), rows: count })),
  /** Share of the scenario's rows whose class the source knows. */
  labelOverlap: share,
  /** Train rows of the class in the middle and of the smallest. */
  medianTrainRows: count,
  smallestTrainRows: count,
  devRows: count,
  distance: z.nullable(domainDistanceSchema),
  /** Accuracy of the source as it is on the dev rows (rows of unknown classes count as wrong), Wilson; null without common classes. */
  zeroShot: z.nullable(estimateSchema),
  /** The limit that decided; null where the scenario has none. */
  accuracyLimit: z.nullable(z.number()),
  recommended: recipeIdSchema,
  reasons: z.array(z.enum(RECIPE_CODES)),
  options: z.array(recipeOptionSchema),
  /** Seconds of training that the source's own speed on this machine lets expect; outside the hash. */
  seconds: z.array(z.strictObject({ recipe: recipeIdSchema, seconds: z.nullable(z.number().min(0)) })),
  notices: z.array(adaptationNoticeSchema),
});
export type RecipeResult = z.output<typeof recipeResultSchema>;

// ---- adapted model ----

/** Texts answered with less confidence than `confidence` go to a person. */
export const rejectOptionSchema = z.strictObject({
  confidence: share,
  /** Chosen on dev for the least expected cost of a text. */
  dev: z.strictObject({ rows: count, coverage: share, acceptedAccuracy: z.nullable(share), cost, costWithout: cost }),
  /** What it comes to on the locked test rows; accuracy with Wilson intervals, null where everything is rejected. */
  test: z.strictObject({
    rows: count,
    coverage: estimateSchema,
    acceptedAccuracy: z.nullable(estimateSchema),
    cost,
    costWithout: cost,
  }),
  /** Coverage, accuracy of what is answered and cost of a text on dev, by confidence; thinned to 50 points. */
  curve: z.array(z.strictObject({ confidence: share, coverage: share, acceptedAccuracy: z.nullable(share), cost })),
});
export type RejectOption = z.output<typeof rejectOptionSchema>;

const FORGETTING_CODES = ['no-common-classes', 'source-unchanged', 'source-test-missing', 'compressed'] as const;
const forgettingSchema = z.strictObject({
  /** Source's locked test rows of the classes that both know. */
  rows: count,
  commonClasses: count,
  before: estimateSchema,
  after: estimateSchema,
  /** After minus before, paired bootstrap. */
  difference: estimateSchema,
});

const gainSchema = z.strictObject({
  /** The scenario's locked test rows; those of classes that the source does not know count as wrong before. */
  rows: count,
  before: estimateSchema,
  after: estimateSchema,
  /** After minus before, paired bootstrap. */
  difference: estimateSchema,
});

const cellSchema = z.nullable(estimateSchema);
/** What each training of a chain answers on the test rows of each task; training j is the one on task j. */
const historySchema = z.strictObject({
  /** `id`: the model that the training gave; `rows`: test rows of the task that all trainings answer. */
  trainings: z.array(z.strictObject({ id: z.string(), name: z.string(), rows: count })),
  /** `forgettingMatrix` of the chain. */
  accuracy: z.array(z.array(cellSchema)),
  average: cellSchema,
  backwardTransfer: cellSchema,
  forgetting: cellSchema,
  resamples: count,
});
export type History = z.output<typeof historySchema>;

export const adaptedModelSchema = runRecordSchema.extend({
  scenarioId: z.string(),
  recipe: recipeIdSchema,
  sourceId: z.string(),
  /** Classes in the order of the outputs: the scenario's. */
  labels: z.array(z.string()),
  precision: storageFormatSchema,
  keep: keptGroupsSchema.default([]),
  ranges: rangesSchema.default({}),
  maxLength: z.int(),
  /** Null where every text is answered. */
  reject: z.nullable(rejectOptionSchema),
  /** Accuracy on the source's own locked test rows before and after; null with the reason. Of a compressed model its original has it. */
  forgetting: z.nullable(forgettingSchema),
  forgettingReason: z.nullable(z.enum(FORGETTING_CODES)),
  /** Accuracy on the scenario's own test rows of the source as it was and of this model; null where nothing was trained or no class is common, and in
   *  models from before it was kept. */
  gain: z.nullable(gainSchema).default(null),
  /** Null where nothing was trained, and in models from before it was kept. */
  history: z.nullable(historySchema).default(null),
  adaptationNotices: z.array(adaptationNoticeSchema),
});
export type AdaptedModel = z.output<typeof adaptedModelSchema>;

// ---- tests ----

const TEST_TYPES = [
  'accuracy',
  'macroF1',
  'classRecall',
  'slice',
  'need',
  'perturbation',
  'personalData',
  'clearAnswer',
  'acceptedAccuracy',
  'coverage',
  'calibration',
  'latency',
  'memory',
] as const;

export const TEST_METHODS = ['bootstrap', 'wilson', 'newcombe', 'paired-bootstrap', 'range-of-rounds', 'none'] as const;

/** What a test is about: one field for each kind of subject, null where it has none. */
const testSubjectSchema = z.strictObject({
  label: z.nullable(z.string()),
  /** A slice: column id and name with the value, `length` for thirds of text length (`short`, `middle`, `long`). */
  slice: z.nullable(z.strictObject({ columnId: z.string(), columnName: z.string(), value: z.string() })),
  needId: z.nullable(z.string()),
  perturbation: z.nullable(z.enum(PERTURBATION_IDS)),
});

export const scenarioTestSchema = z.strictObject({
  /** Stable within a scenario: `accuracy`, `recall:<label>`, `slice:<column>:<value>`, `perturbation:<id>` …; names the evidence. */
  id: z.string(),
  type: z.enum(TEST_TYPES),
  subject: testSubjectSchema,
  unit: z.enum(['share', 'milliseconds', 'megabytes']),
  /** Rows that the value counts, or timed answers. */
  n: count,
  /** Null where nothing could be measured. */
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  method: z.enum(TEST_METHODS),
  /** A second figure that explains the first: of a slice its accuracy, of a perturbation the loss of accuracy, of latency the median. */
  companion: z.nullable(
    z.strictObject({
      id: z.enum(['sliceAccuracy', 'accuracyDrop', 'p50', 'coverage', 'changedRows']),
      value: z.number(),
      low: z.nullable(z.number()),
      high: z.nullable(z.number()),
    }),
  ),
  limit: z.nullable(z.number()),
  limitOf: z.nullable(z.enum(LIMIT_TESTS)),
  limitOrigin: z.nullable(limitOriginSchema),
  direction: z.nullable(z.enum(['at-least', 'at-most'])),
  /** Fewer than 30 rows: shown, no verdict. */
  lowBase: z.boolean(),
  /** The value meets its limit; null without limit, value or base. */
  passed: z.nullable(z.boolean()),
  /** `unclear`: the interval holds the limit, so that chance alone could turn it; `no-verdict`: no limit, too few rows or not measured. */
  verdict: z.enum(['passed', 'failed', 'unclear', 'no-verdict']),
  /** Rows behind it by evidence `scenarioTest`; null where none (latency, memory). */
  rows: z.nullable(z.strictObject({ all: count, passed: count, failed: count })),
});
export type ScenarioTest = z.output<typeof scenarioTestSchema>;

export const testsResultSchema = z.strictObject({
  scenarioId: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  testLock: z.string(),
  language: z.enum(['zh', 'en', 'mixed']),
  /** Test rows that were used. */
  rows: count,
  accuracy: estimateSchema,
  macroF1: estimateSchema,
  /** Expected cost of 1000 texts by the scenario's error costs, human looks of the reject option included. */
  costPerThousand: cost,
  counts: z.strictObject({ passed: count, failed: count, unclear: count, noVerdict: count }),
  tests: z.array(scenarioTestSchema),
  /** Latency and memory tests; as `tests`, outside the hash because a clock decides them. Counted in `machineCounts`. */
  machineTests: z.array(scenarioTestSchema),
  machineCounts: z.strictObject({ passed: count, failed: count, unclear: count, noVerdict: count }),
  notices: z.array(adaptationNoticeSchema),
});
export type TestsResult = z.output<typeof testsResultSchema>;

/** Two models on the same changed texts (`compare-robustness.ts`). */
export const robustnessResultSchema = z.strictObject({
  scenarioId: z.string(),
  changes: count,
  texts: count,
  moved: share,
  referenceMoved: share,
  /** Model minus reference. */
  difference: estimateSchema,
  resamples: count,
});
export type RobustnessResult = z.output<typeof robustnessResultSchema>;

// ---- matrix ----

export const choiceSchema = z.strictObject({
  choices: z.array(z.strictObject({ scenarioId: z.string(), modelId: z.string() })),
});
export type Choice = z.output<typeof choiceSchema>;

export const matrixSchema = z.strictObject({
  scenarios: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      chosen: z.nullable(z.string()),
      needIds: z.array(z.string()),
    }),
  ),
  models: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['run', 'compressed', 'adapted']),
      /** The scenario that an adapted model was made for. */
      scenarioId: z.nullable(z.string()),
      sizeMb: z.nullable(z.number()),
    }),
  ),
  /** Pairs that can be tested; `tests` null where they were not yet. */
  cells: z.array(
    z.strictObject({
      scenarioId: z.string(),
      modelId: z.string(),
      slot: z.string(),
      tests: z.nullable(
        z.strictObject({
          /** Machine tests included. */
          passed: count,
          failed: count,
          unclear: count,
          noVerdict: count,
          rows: count,
          accuracy: estimateSchema,
          costPerThousand: cost,
          latencyP95Ms: z.nullable(z.number()),
          stale: z.boolean(),
        }),
      ),
    }),
  ),
  /** Needs that scenarios serve against what tests of the chosen model say; `tests` empty where the promise is untested. */
  coverage: z.array(
    z.strictObject({
      needId: z.string(),
      needName: z.string(),
      weight: z.nullable(share),
      scenarioId: z.string(),
      modelId: z.nullable(z.string()),
      tests: z.array(
        z.strictObject({ id: z.string(), verdict: z.enum(['passed', 'failed', 'unclear', 'no-verdict']) }),
      ),
    }),
  ),
});
export type Matrix = z.output<typeof matrixSchema>;
