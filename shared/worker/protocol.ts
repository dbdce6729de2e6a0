import { z } from 'zod';
import type { AppErrorJson } from '../errors/app-error.ts';
import type { DeletionProbabilities } from '../explanation/faithfulness.ts';
import { contrastiveSchema } from '../train/contrastive-config.ts';
import { distillationSchema } from '../train/distillation.ts';
import type { DevMetrics } from '../train/evaluation.ts';
import { HUB_FORMATS } from '../train/hub-names.ts';
import type { MlpParameters } from '../train/mlp.ts';
import type { JobResult } from '../train/portable-job.ts';
import { type ProviderTrial, providerSchema } from '../train/provider.ts';
import { pruningSchema } from '../train/pruning.ts';
import { runConfigSchema, tuningMethodSchema } from '../train/run-config.ts';
import type { LayerSize } from '../train/spec.ts';
import { keptGroupsSchema, type Ranges, rangesSchema, storageFormatSchema } from '../train/storage.ts';
import { type TaskScore, TEXT_TASKS } from '../train/text-task.ts';
import type { MeasuredCost } from '../train/training-cost.ts';
import { DECODINGS, type PackInfo, TRANSLATION_LANGUAGES } from '../translation/pack.ts';

/** What the engine asks of the model process and what it hears. Large arrays travel as typed arrays (structured clone). */

/** A checkpoint is at most half a minute old, the update and the writing under way included. */
export const CHECKPOINT_EVERY_MS = 25_000;
/** The file in a run's folder that names its checkpoint; without it the run starts over. */
export const CHECKPOINT_INDEX = 'checkpoint.json';

const texts = z.array(z.string());
const modelRef = {
  /** Folder of the base model, with its manifest. */
  folder: z.string(),
  /** `modelHash` of the manifest that the caller means; null to take what is there (files are checked against it all the same). */
  hash: z.nullable(z.string()),
  /** Safetensors with the tensors that a training changed; null for the base model as it is. */
  tuned: z.nullable(z.string()),
  /** How the weights are kept and multiplied; float32 where left out. */
  precision: storageFormatSchema.optional(),
  /** Parts that stay float32 all the same. */
  keep: keptGroupsSchema.optional(),
  /** What activations are taken to be, for `int8-static`. */
  ranges: rangesSchema.optional(),
};
const threads = z.int().min(1);
const labelledSchema = z.strictObject({
  texts: texts.min(1),
  labels: z.custom<Int32Array>((value) => value instanceof Int32Array),
});
/** Rows of a training: where it has a `task`, what is wanted is `targets` [texts, outputs], and `labels` are all 0. */
const trainRowsSchema = labelledSchema.extend({
  targets: z.custom<Float32Array>((value) => value instanceof Float32Array).optional(),
});

const trainRequestSchema = z.strictObject({
  type: z.literal('train'),
  ...modelRef,
  config: runConfigSchema,
  /** What is predicted; one of the classes where left out. */
  task: z.enum(TEXT_TASKS).optional(),
  /** Classes, or the outputs of the task. */
  classes: z.int().min(1),
  train: trainRowsSchema,
  dev: z.nullable(trainRowsSchema),
  /** What each training text came back as from the other language, for augmentation; null where that is of no use. */
  paraphrases: z.array(z.nullable(z.string())).optional(),
  /** Rows that the model was trained on before, with this training's classes: what `continual` of the config needs. */
  earlier: labelledSchema.optional(),
  /** Another model's logits [train texts, classes], and how they are learnt; left out to learn the labels alone. */
  distillation: z
    .strictObject({
      teacher: z.custom<Float32Array>((value) => value instanceof Float32Array),
      loss: distillationSchema,
    })
    .optional(),
  /** Folder of this run alone: checkpoints and, at the end, the tuned weights. */
  spool: z.string(),
  /** Go on from the folder's checkpoint where there is one that fits; else its checkpoints are deleted. */
  resume: z.boolean(),
  /** Most time between two checkpoints; a run that dies loses no more than this. */
  checkpointEveryMs: z.int().min(0).max(CHECKPOINT_EVERY_MS),
  threads,
  /** What computes the updates; the processor where left out. */
  provider: providerSchema.optional(),
});
export type TrainRequest = z.output<typeof trainRequestSchema>;

/** What a training costs, from a few of its own updates: to be asked of a process that has done nothing else. Nothing of it is kept. */
const measureTrainingRequestSchema = trainRequestSchema
  .omit({ type: true, resume: true, checkpointEveryMs: true })
  .extend({
    type: z.literal('measureTraining'),
    /** Time after which no further update is begun, the start not counted. */
    mostMs: z.int().min(0),
  });
export type MeasureTrainingRequest = z.output<typeof measureTrainingRequestSchema>;

const embedRequestSchema = z.strictObject({
  type: z.literal('embed'),
  ...modelRef,
  texts,
  maxLength: z.int().min(2),
  threads,
});
export type EmbedRequest = z.output<typeof embedRequestSchema>;

const classifyRequestSchema = z.strictObject({
  type: z.literal('classify'),
  ...modelRef,
  classes: z.int().min(1),
  texts,
  maxLength: z.int().min(2),
  threads,
});
export type ClassifyRequest = z.output<typeof classifyRequestSchema>;

/** How long one text takes, and how many a second go through in batches. */
const latencyRequestSchema = z.strictObject({
  type: z.literal('latency'),
  ...modelRef,
  /** Null for the encoder alone. */
  classes: z.nullable(z.int().min(1)),
  texts: texts.min(1),
  maxLength: z.int().min(2),
  repeats: z.int().min(1).max(10_000),
  threads,
});
export type LatencyRequest = z.output<typeof latencyRequestSchema>;

/** Writes the model as one ONNX file with everything inside: `input_ids` and `attention_mask` (int64 [batch, length]) in, `logits`
 *  (float32 [batch, classes]) out. Operators are ONNX's and those of com.microsoft that ONNX Runtime's processor build has. */
const exportRequestSchema = z.strictObject({
  type: z.literal('export'),
  ...modelRef,
  classes: z.int().min(2),
  /** Where the file goes; its folder is there already. */
  file: z.string(),
  /** Where its `tokenizer.json` goes; nowhere where left out. */
  tokenizer: z.string().optional(),
  /** Sealed like the rest of the spool folder: for files that only this product reads; in the clear where left out. */
  sealed: z.boolean().optional(),
});
export type ExportRequest = z.output<typeof exportRequestSchema>;

/** Writes the model as Hugging Face's transformers loads it, or a run's LoRA matrices as peft does. */
const exportHubRequestSchema = z.strictObject({
  type: z.literal('exportHub'),
  ...modelRef,
  /** Class names in the order of the outputs. */
  labels: texts.min(2),
  format: z.enum(HUB_FORMATS),
  /** How an adapter was trained, and its tensors; null for a run that has none. */
  method: z.nullable(tuningMethodSchema),
  adapter: z.nullable(z.string()),
  /** The folder to be made. */
  into: z.string(),
});
export type ExportHubRequest = z.output<typeof exportHubRequestSchema>;

/** Lays out a training for another engine: rows, order of batches, first values and settings, in a folder. */
const exportJobRequestSchema = z.strictObject({
  type: z.literal('exportJob'),
  folder: z.string(),
  hash: z.nullable(z.string()),
  config: runConfigSchema,
  /** Class names in the order of the outputs. */
  labels: texts.min(2),
  train: labelledSchema,
  dev: z.nullable(labelledSchema),
  paraphrases: z.array(z.nullable(z.string())).optional(),
  /** Of the rows that the run will be measured on; they themselves stay here. */
  testLock: z.string(),
  threads,
  /** The folder to be made. */
  into: z.string(),
});
export type ExportJobRequest = z.output<typeof exportJobRequestSchema>;

/** Reads what another engine made of an exported job: a file from outside, of which nothing is believed. */
const importResultRequestSchema = z.strictObject({
  type: z.literal('importResult'),
  folder: z.string(),
  hash: z.nullable(z.string()),
  config: runConfigSchema,
  labels: texts.min(2),
  /** SHA-256 of the job's `job.json`. */
  job: z.string(),
  file: z.string(),
  fileName: z.string(),
  /** Under which the file is sealed; null for a file of the person's own. */
  fileKey: z.nullable(z.custom<Uint8Array>((value) => value instanceof Uint8Array)),
  /** Folder of this run alone, for the tuned weights. */
  spool: z.string(),
});
export type ImportResultRequest = z.output<typeof importResultRequestSchema>;

/** What a base model's folder holds; refused where it cannot be used. */
const inspectModelRequestSchema = z.strictObject({ type: z.literal('inspectModel'), folder: z.string(), threads });
export type InspectModelRequest = z.output<typeof inspectModelRequestSchema>;

/** How fast an exported file answers, and how much memory the process takes for it: to be asked of a process that has done nothing else. */
const measureFileRequestSchema = z.strictObject({
  type: z.literal('measureFile'),
  file: z.string(),
  /** The `tokenizer.json` that was written beside it. */
  tokenizer: z.string(),
  classes: z.int().min(2),
  texts: texts.min(1),
  maxLength: z.int().min(2),
  repeats: z.int().min(1).max(10_000),
  threads,
});
export type MeasureFileRequest = z.output<typeof measureFileRequestSchema>;

/** What becomes of the answers when one part of the model at a time is stored so, the others as trained. */
const sensitivityRequestSchema = z.strictObject({
  type: z.literal('sensitivity'),
  ...modelRef,
  classes: z.int().min(2),
  texts: texts.min(1),
  maxLength: z.int().min(2),
  threads,
});
export type SensitivityRequest = z.output<typeof sensitivityRequestSchema>;

/** What the activations of a model are on sample texts: between which values bytes have to reach. */
const calibrateRequestSchema = z.strictObject({
  type: z.literal('calibrate'),
  ...modelRef,
  classes: z.int().min(2),
  texts: texts.min(1),
  maxLength: z.int().min(2),
  /** Share in % of all values that lie within; null for all. */
  percentile: z.nullable(z.number().gt(50).lt(100)),
  threads,
});
export type CalibrateRequest = z.output<typeof calibrateRequestSchema>;

/** Cuts parts out of a model and writes what is left as a tuned file of smaller shapes. */
const pruneRequestSchema = z.strictObject({
  type: z.literal('prune'),
  ...modelRef,
  classes: z.int().min(2),
  pruning: pruningSchema,
  /** What decides what stays: the words of these texts, or the loss on these rows. Never test rows. */
  data: labelledSchema,
  /** Texts on which each part of the cut is tried alone; may be none. */
  probe: texts,
  maxLength: z.int().min(2),
  threads,
  /** Where the tuned file goes; its folder is there already. */
  file: z.string(),
});
export type PruneRequest = z.output<typeof pruneRequestSchema>;

/** Writes a tuned file whose classifier answers other classes: row k of the new one is row `outputs[k]` of the old, −1 for a class that is never
 *  answered. Without outputs the classifier is left out, so that a training draws a new one. */
const selectHeadRequestSchema = z.strictObject({
  type: z.literal('selectHead'),
  tuned: z.string(),
  outputs: z.nullable(z.custom<Int32Array>((value) => value instanceof Int32Array)),
  /** Where the file goes; its folder is there already. */
  file: z.string(),
});
export type SelectHeadRequest = z.output<typeof selectHeadRequestSchema>;

const int32 = z.custom<Int32Array>((value) => value instanceof Int32Array);
const float64 = z.custom<Float64Array>((value) => value instanceof Float64Array);

/** Trains one small network per fit on a table with a binary outcome. */
const trainTableRequestSchema = z.strictObject({
  type: z.literal('trainTable'),
  /** [rows × features], NaN where a number is missing. */
  x: z.custom<Float32Array>((value) => value instanceof Float32Array),
  features: z.int().min(1),
  /** 1 where the event happened [rows]. */
  event: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** Rows to learn from and rows that say when to stop, with mean and deviation of each feature. */
  fits: z.array(z.strictObject({ train: int32, dev: int32, mean: float64, deviation: float64 })).min(1),
  hidden: z.int().min(1).max(1024),
  learningRate: z.number().gt(0),
  weightDecay: z.number().min(0),
  batchSize: z.int().min(1),
  epochs: z.int().min(1).max(10_000),
  patience: z.int().min(1),
  seed: z.int().min(0),
  threads,
});
export type TrainTableRequest = z.output<typeof trainTableRequestSchema>;

/** Tunes an encoder by contrast alone and writes what has changed of it as a tuned file without a classifier. */
const tuneEncoderRequestSchema = z.strictObject({
  type: z.literal('tuneEncoder'),
  ...modelRef,
  contrastive: contrastiveSchema,
  train: labelledSchema,
  classes: z.int().min(2),
  batchSize: z.int().min(4),
  maxLength: z.int().min(2),
  seed: z.int().min(0),
  threads,
  /** Where the tuned file goes; its folder is there already. */
  file: z.string(),
});
export type TuneEncoderRequest = z.output<typeof tuneEncoderRequestSchema>;

/** What the model process holds in memory now. */
const memoryRequestSchema = z.strictObject({ type: z.literal('memory') });

/** Token counts of texts with special tokens, before any cut. */
const countTokensRequestSchema = z.strictObject({ type: z.literal('countTokens'), folder: z.string(), texts });

/** What this machine computes: the rate of a matrix product. */
const probeRequestSchema = z.strictObject({ type: z.literal('probe'), threads });

/** A text, and where each of its words ends (UTF-16, ascending, the last at the end of the text). */
const segmentedTextSchema = z.strictObject({ text: z.string(), wordEnds: z.array(z.int().min(1)) });
export type SegmentedText = z.output<typeof segmentedTextSchema>;

/** What of one text speaks for a class: integrated gradients and occlusion, word by word. In float32 whatever the precision. */
const explainRequestSchema = z.strictObject({
  type: z.literal('explain'),
  ...modelRef,
  classes: z.int().min(2),
  ...segmentedTextSchema.shape,
  /** The class to explain; null for the one that the model answers. */
  target: z.nullable(z.int().min(0)),
  maxLength: z.int().min(2),
  threads,
});
export type ExplainRequest = z.output<typeof explainRequestSchema>;

/** What becomes of answers when the words that an explanation names first are taken away, or kept alone. */
const faithfulnessRequestSchema = z.strictObject({
  type: z.literal('faithfulness'),
  ...modelRef,
  classes: z.int().min(2),
  texts: z.array(segmentedTextSchema).min(1),
  maxLength: z.int().min(2),
  /** Of the random orders. */
  seed: z.int(),
  threads,
});
export type FaithfulnessRequest = z.output<typeof faithfulnessRequestSchema>;

/** Whether an execution provider computes what the processor computes, and how fast. To be asked of a process that does nothing else. */
const tryProviderRequestSchema = z.strictObject({ type: z.literal('tryProvider'), provider: providerSchema, threads });

/** Whether a translation pack is what it says, and every model of it answers. To be asked of a process that does nothing else. */
const checkTranslationRequestSchema = z.strictObject({
  type: z.literal('checkTranslation'),
  folder: z.string(),
  threads,
});
export type CheckTranslationRequest = z.output<typeof checkTranslationRequestSchema>;

/** Texts of one language, said in the other and back again. */
const backTranslateRequestSchema = z.strictObject({
  type: z.literal('backTranslate'),
  /** Of the pack. */
  folder: z.string(),
  from: z.enum(TRANSLATION_LANGUAGES),
  texts: texts.min(1),
  decoding: z.enum(DECODINGS),
  seed: z.int(),
  threads,
});
export type TranslateRequest = z.output<typeof backTranslateRequestSchema>;

const workerRequestSchema = z.discriminatedUnion('type', [
  trainRequestSchema,
  measureTrainingRequestSchema,
  embedRequestSchema,
  classifyRequestSchema,
  latencyRequestSchema,
  exportRequestSchema,
  exportHubRequestSchema,
  exportJobRequestSchema,
  importResultRequestSchema,
  inspectModelRequestSchema,
  measureFileRequestSchema,
  sensitivityRequestSchema,
  explainRequestSchema,
  faithfulnessRequestSchema,
  calibrateRequestSchema,
  pruneRequestSchema,
  selectHeadRequestSchema,
  trainTableRequestSchema,
  tuneEncoderRequestSchema,
  memoryRequestSchema,
  countTokensRequestSchema,
  probeRequestSchema,
  tryProviderRequestSchema,
  checkTranslationRequestSchema,
  backTranslateRequestSchema,
]);
export type WorkerRequest = z.output<typeof workerRequestSchema>;

export const toWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run'),
    id: z.int(),
    request: workerRequestSchema,
    /** Under which what lies in the spool folder is sealed; null for a project that is not encrypted. */
    spoolKey: z.nullable(z.custom<Uint8Array>((value) => value instanceof Uint8Array)),
  }),
  z.strictObject({ type: z.literal('pause'), id: z.int() }),
  z.strictObject({ type: z.literal('cancel'), id: z.int() }),
  /** Asks for a sign of life. */
  z.strictObject({ type: z.literal('ping'), id: z.int() }),
]);
export type ToWorker = z.output<typeof toWorkerSchema>;

/** One evaluation on the dev rows; `step` updates were done. */
export interface ClassEvaluation extends DevMetrics {
  readonly step: number;
  readonly epoch: number;
}
/** The same where a task other than classes is learnt. */
export interface TaskEvaluation extends TaskScore {
  readonly step: number;
  readonly epoch: number;
}
export type EpochEvaluation = ClassEvaluation | TaskEvaluation;

/** The evaluation that a run on classes is told by: of the weights kept, else the last; undefined without dev rows. */
export function keptEvaluation({
  evaluations,
  bestStep,
}: Pick<Extract<TrainResult, { type: 'finished' }>, 'evaluations' | 'bestStep'>): ClassEvaluation | undefined {
  const ofClasses = evaluations.filter((evaluation) => 'accuracy' in evaluation);
  return ofClasses.find(({ step }) => step === bestStep) ?? ofClasses.at(-1);
}

/** Where a training stands. Rates are of real tokens and texts since this process began. */
export interface TrainingTick {
  readonly step: number;
  readonly totalSteps: number;
  /** Updates since the last tick, oldest first. */
  readonly steps: readonly { readonly step: number; readonly loss: number; readonly learningRate: number }[];
  readonly textsPerSecond: number | null;
  readonly tokensPerSecond: number | null;
  readonly etaMs: number | null;
  /** Null where nobody saw it: a training of another machine. */
  readonly memoryMb: number | null;
}

export type TrainResult =
  | { readonly type: 'paused'; readonly step: number }
  | {
      readonly type: 'finished';
      readonly steps: number;
      readonly totalSteps: number;
      /** The step of the weights kept: best on dev, else the last. */
      readonly bestStep: number;
      readonly stoppedEarly: boolean;
      readonly evaluations: readonly EpochEvaluation[];
      /** Loss of every update. */
      readonly losses: Float64Array;
      /** Logits [rows, classes] of the dev rows under the weights kept; null without dev rows. */
      readonly devLogits: Float32Array | null;
      /** Safetensors in the spool folder with the head and every encoder tensor that differs from the base. */
      readonly tunedFile: string;
      readonly tunedSha256: string;
      readonly tunedBytes: number;
      /** Safetensors in the spool folder with LoRA's own matrices and the head; null where nothing of the kind was trained. */
      readonly adapterFile: string | null;
      readonly trainableParameters: number;
      readonly parameters: number;
      /** Encoder parameters without embeddings: 6 × these × tokens are the floating-point operations of full tuning. */
      readonly encoderParameters: number;
      readonly truncated: number;
      /** Copies of training rows that augmentation made. */
      readonly addedRows: number;
      /** What a contrastive start brought: macro-F1 on dev rows, null without any; null where there was none. */
      readonly contrast: {
        readonly before: number | null;
        readonly after: number | null;
        readonly kept: boolean;
      } | null;
      /** Time in updates, over all processes of the run. */
      readonly trainMs: number;
      /** Texts and real tokens that went through updates. */
      readonly texts: number;
      readonly tokens: number;
      readonly peakMemoryMb: number;
    };

/** An input or output of an exported file; a dimension with a name may have any size. */
export interface TensorPort {
  readonly name: string;
  readonly type: 'int64' | 'float32';
  readonly shape: readonly (number | string)[];
}

export interface LatencyResult {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly textsPerSecond: number;
  readonly batchSize: number;
  /** Tokens of the text of median length, at which p50 and p95 are measured. */
  readonly tokens: number;
  readonly repeats: number;
  readonly provider: string;
  readonly threads: number;
}

/** What an encoder has of each kind; heads and feed-forward columns over all layers. */
export interface EncoderSize {
  readonly layers: number;
  readonly heads: number;
  readonly columns: number;
  readonly words: number;
}

/** An encoder as its files say it. */
export interface FoundEncoder {
  readonly family: string;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly embeddingSize: number;
  /** Null where only an ONNX graph knows. */
  readonly heads: number | null;
  readonly vocabSize: number;
  readonly parameters: number;
  /** Kinds of numbers in the files: F32, F16, BF16; ONNX for a graph with its weights inside. */
  readonly storedAs: readonly string[];
  /** Tensors that are no part of the encoder. */
  readonly unused: number;
  /** Whether its weights have names to train them by. */
  readonly trainable: boolean;
}

export interface WorkerResults {
  readonly train: TrainResult;
  readonly measureTraining: MeasuredCost;
  /** Vectors [texts, dimensions] of length 1. */
  readonly embed: { readonly vectors: Float32Array; readonly dimensions: number; readonly truncated: number };
  readonly classify: { readonly logits: Float32Array; readonly truncated: number };
  readonly latency: LatencyResult;
  readonly export: {
    readonly bytes: number;
    readonly sha256: string;
    readonly inputs: readonly TensorPort[];
    readonly outputs: readonly TensorPort[];
    readonly opset: number;
    /** The shape of an encoder that differs from its base model's, layers from the input up; null where it does not. */
    readonly encoder: { readonly words: number; readonly layers: readonly LayerSize[] } | null;
  };
  readonly inspectModel: FoundEncoder & { readonly maxLength: number; readonly tokenizer: string };
  readonly exportHub: { readonly pooling: 'cls' | 'mean' };
  readonly exportJob: {
    /** SHA-256 of `job.json`, which names all other files by theirs. */
    readonly job: string;
    /** Training rows, copies by augmentation among them, and updates. */
    readonly trainRows: number;
    readonly steps: number;
  };
  readonly importResult: {
    readonly told: JobResult;
    readonly tunedFile: string;
    readonly adapterFile: string | null;
    readonly trainableParameters: number;
    readonly parameters: number;
  };
  readonly measureFile: {
    readonly latency: LatencyResult;
    /** Most memory that the process has had at a time, the runtime itself included. */
    readonly peakMemoryMb: number;
  };
  readonly sensitivity: {
    /** Logits [texts, classes] of the model in float32. */
    readonly reference: Float32Array;
    /** Logits with only this part stored otherwise, from the input up. */
    readonly groups: readonly { readonly group: string; readonly logits: Float32Array }[];
  };
  readonly explain: {
    /** [classes], of the text as it is. */
    readonly logits: Float32Array;
    /** The class that is explained. */
    readonly target: number;
    /** Its logit less the mean of all: at the text, and with every word replaced by padding. */
    readonly score: number;
    readonly baselineScore: number;
    /** Completeness gap and steps of the integrated gradients; the gap is null where both scores are the same. */
    readonly gap: number | null;
    readonly steps: number;
    /** In the order of the text; those beyond the longest text that the model reads are left out. */
    readonly words: readonly ExplainedWord[];
    readonly truncated: boolean;
  };
  readonly faithfulness: {
    /** Probabilities of the class that the model answers, over the texts of two words or more. */
    readonly probabilities: DeletionProbabilities;
    /** Texts with fewer words. */
    readonly tooShort: number;
    /** Widest and mean completeness gap of the integrated gradients; null where no text changed its score. */
    readonly gap: { readonly mean: number | null; readonly widest: number | null };
  };
  readonly calibrate: { readonly ranges: Ranges };
  readonly prune: {
    /** Of the tuned file. */
    readonly bytes: number;
    readonly parameters: number;
    readonly before: EncoderSize;
    readonly after: EncoderSize;
    /** Logits [probe texts, classes] of the model as it was, and with one part of the cut alone. */
    readonly reference: Float32Array;
    readonly groups: readonly { readonly group: string; readonly logits: Float32Array }[];
  };
  readonly selectHead: { readonly bytes: number; readonly classes: number | null };
  readonly trainTable: {
    /** One per fit, in their order. */
    readonly networks: readonly {
      readonly parameters: MlpParameters;
      /** Epochs whose weights were kept. */
      readonly epochs: number;
      readonly devLoss: number;
    }[];
  };
  readonly tuneEncoder: { readonly steps: number; readonly bytes: number };
  readonly memory: { readonly residentMb: number };
  readonly countTokens: { readonly lengths: Int32Array };
  readonly tryProvider: ProviderTrial;
  readonly checkTranslation: PackInfo;
  readonly backTranslate: {
    readonly pack: PackInfo;
    /** In the other language, and back. */
    readonly between: readonly string[];
    readonly texts: readonly string[];
    /** 1 where a text or its translation was cut. */
    readonly cut: Uint8Array;
  };
  readonly probe: { readonly gemmGflops: number; readonly provider: string; readonly threads: number };
}

export interface ExplainedWord {
  /** Place in the text, UTF-16. */
  readonly start: number;
  readonly end: number;
  /** Integrated gradients, summed over its word pieces. */
  readonly attribution: number;
  /** Fall of the score, and of the probability of the class, when the word is masked. */
  readonly scoreFall: number;
  readonly probabilityFall: number;
}

export type WorkerEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'ticked'; readonly tick: TrainingTick }
  | { readonly type: 'evaluated'; readonly evaluation: EpochEvaluation }
  | { readonly type: 'checkpointed'; readonly step: number };

export type FromWorker =
  | { readonly type: 'alive'; readonly id: number }
  | { readonly type: 'event'; readonly id: number; readonly event: WorkerEvent }
  | { readonly type: 'done'; readonly id: number; readonly result: WorkerResults[WorkerRequest['type']] }
  | { readonly type: 'cancelled'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: AppErrorJson };
