import { z } from 'zod';
import { HUB_FORMATS } from '../../train/hub-names.ts';
import { trainedElsewhereSchema } from '../../train/portable-job.ts';
import { providerSchema } from '../../train/provider.ts';
import { runConfigSchema } from '../../train/run-config.ts';
import { rangesSchema } from '../../train/storage.ts';
import { COMPRESSION_TECHNIQUES, compressionOptionsSchema } from './compression/technique.ts';
import { competitivenessNoticeSchema } from './notices.ts';
import { seedComparisonSchema, seedsResultSchema } from './seeds.ts';
import { expectedCostSchema } from './training-plan.ts';

/** Records of stage 2 as they stand in artifacts and cross the contract. Per-row arrays (predictions, parts of the split) are parts of the
 *  artifact, not of these records; rows named here are indices into the labelled rows or, where said, into the locked test rows. */

const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** A value with the percentile interval of its bootstrap (95 % unless the record says otherwise). */
export const estimateSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.output<typeof estimateSchema>;

// ---- data ----

const labelSourceSchema = z.enum(['column', 'topic']);

export const labelsResultSchema = z.strictObject({
  /** Class names in the order of their indices, as models output them. */
  classes: z.array(z.strictObject({ label: z.string(), rows: count })),
  language: z.enum(['zh', 'en', 'mixed']),
  labelled: count,
  unlabelled: count,
  sources: z.array(z.strictObject({ source: labelSourceSchema, datasetId: z.nullable(z.string()), rows: count })),
});
export type LabelsResult = z.output<typeof labelsResultSchema>;

export const splitPartSchema = z.enum(['train', 'dev', 'test']);
export type SplitPart = z.output<typeof splitPartSchema>;

export const lengthSummarySchema = z.strictObject({
  /** Token counts with special tokens, before truncation. */
  mean: z.number(),
  min: count,
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p95: z.number(),
  max: count,
  histogram: z.array(z.strictObject({ from: count, to: count, rows: count })),
  maxLength: z.int().min(1),
  truncated: count,
  truncatedShare: share,
});
export type LengthSummary = z.output<typeof lengthSummarySchema>;

export const duplicateGroupSchema = z.strictObject({
  rows: z.array(count),
  /** Labels of these rows, each once. */
  labels: z.array(z.string()),
  /** Parts that these rows stand in, each once; empty before a split. */
  parts: z.array(splitPartSchema),
});
export type DuplicateGroup = z.output<typeof duplicateGroupSchema>;

export const dataCheckResultSchema = z.strictObject({
  rows: count,
  classes: z.array(z.strictObject({ label: z.string(), rows: count, train: count, dev: count, test: count })),
  smallestClass: z.nullable(z.strictObject({ label: z.string(), rows: count })),
  emptyTexts: count,
  /** Totals, with the first groups as examples; `acrossParts` counts rows of texts that stand in more than one part. */
  exactDuplicates: z.strictObject({
    groups: count,
    rows: count,
    acrossParts: count,
    examples: z.array(duplicateGroupSchema),
  }),
  /** Null where no near pairs were looked for. */
  nearDuplicates: z.nullable(
    z.strictObject({ pairs: count, acrossParts: count, examples: z.array(duplicateGroupSchema) }),
  ),
  conflictingLabels: z.strictObject({ texts: count, rows: count, examples: z.array(duplicateGroupSchema) }),
  /** Null where no tokeniser was chosen yet. */
  lengths: z.nullable(lengthSummarySchema),
  notices: z.array(competitivenessNoticeSchema),
});
export type DataCheckResult = z.output<typeof dataCheckResultSchema>;

export const splitResultSchema = z.strictObject({
  testSource: z.enum(['share', 'dataset']),
  seed: z.int(),
  parts: z.array(
    z.strictObject({
      part: splitPartSchema,
      rows: count,
      asked: z.nullable(share),
      classes: z.array(z.strictObject({ label: z.string(), rows: count })),
    }),
  ),
  /** Rows left out of train and dev because their text stands in the given test data. */
  excludedFromTrain: count,
  /** Texts that occur more than once and were kept together in one part. */
  groupedTexts: count,
  /** SHA-256 over the test rows; runs measured under another lock are not comparable. */
  testLock: z.string(),
  notices: z.array(competitivenessNoticeSchema),
});
export type SplitResult = z.output<typeof splitResultSchema>;

// ---- evaluation ----

const classMetricsSchema = z.strictObject({
  label: z.string(),
  /** Null where nothing was predicted as this class. */
  precision: z.nullable(share),
  /** Null where no row has this class. */
  recall: z.nullable(share),
  /** 2·tp / (support + predicted); null where both are 0. */
  f1: z.nullable(share),
  support: count,
  predicted: count,
});

export const calibrationSchema = z.strictObject({
  /** Expected calibration error over equal-width bins. */
  ece: share,
  bins: z.array(
    z.strictObject({
      low: share,
      high: share,
      rows: count,
      /** Means over the bin's rows; null in an empty bin. */
      confidence: z.nullable(share),
      accuracy: z.nullable(share),
    }),
  ),
});
export type Calibration = z.output<typeof calibrationSchema>;

/** How well probabilities agree with what comes true, on the locked test rows; less is better. */
const calibratedScoresSchema = z.strictObject({
  /** Calibration error over bins of equal width, and over bins of equal count. */
  ece: estimateSchema,
  adaptiveEce: estimateSchema,
  brier: estimateSchema,
  nll: estimateSchema,
  bins: calibrationSchema.shape.bins,
});
export type CalibratedScores = z.output<typeof calibratedScoresSchema>;

/** A temperature fitted on dev rows: softmax(logits / T) in the place of softmax(logits). */
export const temperatureSchema = z.strictObject({
  temperature: z.number().positive(),
  /** Whether it stands at its bound, as where every dev row is right. */
  limited: z.boolean(),
  devRows: count,
  /** Test rows behind the scores. */
  rows: count,
  resamples: count,
  before: calibratedScoresSchema,
  after: calibratedScoresSchema,
});
export type TemperatureResult = z.output<typeof temperatureSchema>;

/** A temperature by which probabilities are given away, with the calibration error of the same test rows without and with it. */
export const appliedTemperatureSchema = z.strictObject({
  temperature: z.number().positive(),
  devRows: count,
  rows: count,
  resamples: count,
  before: estimateSchema,
  after: estimateSchema,
});
export type AppliedTemperature = z.output<typeof appliedTemperatureSchema>;

export const evaluationSchema = z.strictObject({
  rows: count,
  accuracy: estimateSchema,
  macroF1: estimateSchema,
  perClass: z.array(classMetricsSchema),
  confusion: z.strictObject({
    labels: z.array(z.string()),
    /** counts[actual][predicted]. */
    counts: z.array(z.array(count)),
  }),
  /** Largest off-diagonal cells, largest first; rows by `project.rows` with an evidence of type `confusion`. */
  mostConfused: z.array(z.strictObject({ actual: z.string(), predicted: z.string(), rows: count })),
  /** Null where a model gives no probabilities. */
  calibration: z.nullable(calibrationSchema),
  resamples: count,
  /** Accuracy per need weighted by f1 ("按需求加权"); null before needs exist or where no test row has one. */
  demandWeighted: z.nullable(z.strictObject({ accuracy: estimateSchema, coveredWeight: share })),
});
export type Evaluation = z.output<typeof evaluationSchema>;

const floorSchema = z.strictObject({
  id: z.string(),
  type: z.enum(['majority', 'tfidf', 'frozen']),
  /** Encoder of a frozen floor; null else. */
  modelId: z.nullable(z.string()),
  /** Inverse strength of the L2 penalty that was chosen; null for the majority class. */
  c: z.nullable(z.number()),
  features: z.nullable(count),
  evaluation: evaluationSchema,
  latencyP95Ms: z.nullable(z.number()),
  sizeMb: z.nullable(z.number()),
});
export type Floor = z.output<typeof floorSchema>;

/** A run against the strongest of the simplest methods, row by row on the same locked test rows. */
export interface AboveFloor {
  readonly runId: string;
  readonly floor: Floor['type'];
  readonly rows: number;
  readonly resamples: number;
  /** Accuracy of the run minus that of the floor, a share, with its 95 % interval by paired bootstrap. */
  readonly difference: Estimate;
}

export const floorsResultSchema = z.strictObject({
  testLock: z.string(),
  floors: z.array(floorSchema),
  /** The floor with the highest accuracy: what a run must beat. */
  strongestId: z.string(),
  /** How fast the frozen encoder reads texts in batches on the machine that measured this. */
  encoder: z.strictObject({ modelId: z.string(), textsPerSecond: z.number().min(0) }).optional(),
});
export type FloorsResult = z.output<typeof floorsResultSchema>;

// ---- comparison ----

const mcNemarSchema = z.strictObject({
  /** Rows that only the reference had right, and rows that only the run had right. */
  onlyReference: count,
  onlyRun: count,
  method: z.enum(['exact', 'chi-squared']),
  /** min(b, c) for the exact test, else the continuity-corrected chi-squared. */
  statistic: z.number(),
  pValue: share,
});

export const comparisonResultSchema = z.strictObject({
  runId: z.string(),
  referenceId: z.string(),
  testLock: z.string(),
  rows: count,
  /** Run minus reference, paired bootstrap. */
  accuracyDifference: estimateSchema,
  macroF1Difference: estimateSchema,
  mcNemar: mcNemarSchema,
  /** Rows by evidence of type `difference`. */
  fixed: count,
  broken: count,
  bothRight: count,
  bothWrong: count,
  resamples: count,
  /** Where both were trained from several seeds. */
  seeds: seedComparisonSchema.optional(),
});
export type ComparisonResult = z.output<typeof comparisonResultSchema>;

// ---- runs ----

export const encoderSizeSchema = z.strictObject({ layers: count, heads: count, columns: count, words: count });

const compressionSchema = z.strictObject({
  /** The run that was compressed, and against which the gate holds it. */
  parentId: z.string(),
  /** The compressed model that was compressed further; left out where that is the run itself. */
  sourceId: z.string().optional(),
  technique: z.enum(COMPRESSION_TECHNIQUES),
  detail: z.string(),
  options: compressionOptionsSchema.optional(),
  /** What activations were found to be, for bytes on scales known beforehand. */
  ranges: rangesSchema.optional(),
  /** What the encoder had and has, where parts of it were cut out. */
  change: z.strictObject({ before: encoderSizeSchema, after: encoderSizeSchema }).optional(),
});

export const latencySchema = z.strictObject({
  p50Ms: z.number().min(0),
  p95Ms: z.number().min(0),
  textsPerSecond: z.number().min(0),
  batchSize: z.int().min(1),
  tokens: z.int().min(1),
  threads: z.int().min(1),
  provider: z.string(),
  repeats: z.int().min(1),
});

/** What becomes of answers when one part of a model alone is compressed. */
const sensitivitySchema = z.strictObject({
  /** Dev rows that were read. */
  rows: z.int().min(1),
  /** Most sensitive first. */
  groups: z.array(
    z.strictObject({
      /** `embeddings`, attention or feed-forward of a layer (`layer.0.attention`), a layer (`layer.0`) or `vocabulary`. */
      group: z.string(),
      /** Root mean square change of the logits over that of the logits around their row's mean. */
      logitChange: z.number().min(0),
      /** Rows whose predicted class is another. */
      changedRows: count,
      accuracyChange: z.number(),
    }),
  ),
});
export type Sensitivity = z.output<typeof sensitivitySchema>;

/** Whether a compressed model may stand in for the run that it was made from. */
const gateSchema = z.strictObject({
  verdict: z.enum(['accepted', 'unproven', 'refused']),
  reason: z.enum([
    'within-tolerance',
    'loss-not-excluded',
    'too-few-rows',
    'loss-beyond-tolerance',
    'significant-loss',
  ]),
  /** Accuracy that may be lost, as a share. */
  tolerance: share,
  /** Test rows at which an interval around this difference would lie on one side of the tolerance; null where it does, or where no number within reach would do. */
  rowsNeeded: z.nullable(count),
  /** Compressed minus original. */
  comparison: comparisonResultSchema,
  /** Null without dev rows. */
  sensitivity: z.nullable(sensitivitySchema),
});
export type Gate = z.output<typeof gateSchema>;

/** The original as a file, measured in the same job as what was made from it. */
const originalSchema = z.strictObject({
  latency: latencySchema,
  sizeMb: z.number().min(0),
  peakMemoryMb: z.number().min(0),
});

export const runRecordSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  modelId: z.string(),
  modelHash: z.string(),
  /** `imported`: trained by another engine from a job exported here. */
  kind: z.enum(['tuned', 'compressed', 'imported']),
  /** Of an imported run that of its job. */
  config: z.nullable(runConfigSchema),
  compression: z.nullable(compressionSchema),
  /** Null for a model that is not compressed. */
  gate: z.nullable(gateSchema).default(null),
  original: z.nullable(originalSchema).default(null),
  trainableParameters: count,
  parameters: count,
  testLock: z.string(),
  steps: count,
  bestStep: z.nullable(count),
  stoppedEarly: z.boolean(),
  /** Copies of training rows that augmentation made; left out where none were asked for. */
  addedRows: count.optional(),
  /** What a contrastive start brought: macro-F1 on dev rows, null without any. */
  contrast: z
    .strictObject({ before: z.nullable(z.number()), after: z.nullable(z.number()), kept: z.boolean() })
    .optional(),
  dev: z.nullable(z.strictObject({ rows: count, accuracy: share, macroF1: share, loss: z.number() })),
  test: evaluationSchema,
  /** Null without dev rows, and in runs made before temperatures were fitted. */
  temperature: z.nullable(temperatureSchema).default(null),
  latency: z.nullable(latencySchema),
  sizeMb: z.nullable(z.number().min(0)),
  peakMemoryMb: z.nullable(z.number().min(0)),
  trainDurationMs: z.number().min(0),
  /** Of an imported run: the export that it was trained from, the file, and what its training says it used. */
  elsewhere: z.strictObject({ jobId: z.string(), file: z.string(), used: trainedElsewhereSchema }).optional(),
  /** What was expected of its cost before it began; left out where nobody had it measured. */
  planned: expectedCostSchema.optional(),
  /** From its start to the finished weights, as far as `planned` goes; null where it did not go through in one. */
  trainWallMs: z.nullable(z.number().min(0)).optional(),
  /** What computed the training; the processor where left out. */
  provider: providerSchema.optional(),
  /** Where it was trained from several seeds. */
  seeds: seedsResultSchema.optional(),
  notices: z.array(competitivenessNoticeSchema),
});
export type RunRecord = z.output<typeof runRecordSchema>;

// ---- export for other programs ----

/** Files that were written beside the project. */
const writtenFilesSchema = z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256: z.string() }));

/** A training for another engine, in a folder beside the project. */
export const jobExportSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  modelId: z.string(),
  modelHash: z.string(),
  config: runConfigSchema,
  labels: z.array(z.string()),
  testLock: z.string(),
  /** SHA-256 of `job.json`, by which a result names the job. */
  job: z.string(),
  /** Rows that left, copies by augmentation among the training rows, and in how many of them personal data was masked. */
  trainRows: count,
  devRows: count,
  maskedRows: count,
  steps: count,
  folder: z.string(),
  path: z.string(),
  files: writtenFilesSchema,
});
export type JobExport = z.output<typeof jobExportSchema>;

/** A folder that was written beside the project. */
export const hubExportSchema = z.strictObject({
  modelId: z.string(),
  modelName: z.string(),
  format: z.enum(HUB_FORMATS),
  /** In the folder of exports beside the project. */
  folder: z.string(),
  path: z.string(),
  pooling: z.enum(['cls', 'mean']),
  labels: z.array(z.string()),
  files: writtenFilesSchema,
});
export type HubExport = z.output<typeof hubExportSchema>;
