import { z } from 'zod';
import { contrastiveSchema } from '../train/contrastive-config.ts';
import { distillationSchema } from '../train/distillation.ts';
import type { DevMetrics } from '../train/evaluation.ts';
import type { MlpParameters } from '../train/mlp.ts';
import { providerSchema } from '../train/provider.ts';
import { runConfigSchema } from '../train/run-config.ts';
import { type TaskScore, TEXT_TASKS } from '../train/text-task.ts';
import type { MeasuredCost } from '../train/training-cost.ts';
import { labelledSchema, modelRef, threads } from './request-fields.ts';

/** What learns: encoders with a head, encoders alone, small networks on tables. */

/** A checkpoint is at most half a minute old, the update and the writing under way included. */
export const CHECKPOINT_EVERY_MS = 25_000;
/** The file in a run's folder that names its checkpoint; without it the run starts over. */
export const CHECKPOINT_INDEX = 'checkpoint.json';

/** Rows of a training: where it has a `task`, what is wanted is `targets` [texts, outputs], and `labels` are all 0. */
const trainRowsSchema = labelledSchema.extend({
  targets: z.custom<Float32Array>((value) => value instanceof Float32Array).optional(),
});

const keptRun = {
  /** Folder of this run alone: checkpoints and, of a training, at the end the tuned weights. */
  spool: z.string(),
  /** Go on from the folder's checkpoint where there is one that fits; else its checkpoints are deleted. */
  resume: z.boolean(),
  /** Most time between two checkpoints; a run that dies loses no more than this. */
  checkpointEveryMs: z.int().min(0).max(CHECKPOINT_EVERY_MS),
};

export const trainRequestSchema = z.strictObject({
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
  ...keptRun,
  threads,
  /** What computes the updates; the processor where left out. */
  provider: providerSchema.optional(),
});
export type TrainRequest = z.output<typeof trainRequestSchema>;

/** What a training costs, from a few of its own updates: to be asked of a process that has done nothing else. Nothing of it is kept. */
export const measureTrainingRequestSchema = trainRequestSchema
  .omit({ type: true, resume: true, checkpointEveryMs: true })
  .extend({
    type: z.literal('measureTraining'),
    /** Time after which no further update is begun, the start not counted. */
    mostMs: z.int().min(0),
  });
export type MeasureTrainingRequest = z.output<typeof measureTrainingRequestSchema>;

/** Tunes an encoder by contrast alone and writes what has changed of it as a tuned file without a classifier. */
export const tuneEncoderRequestSchema = z.strictObject({
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
  ...keptRun,
});
export type TuneEncoderRequest = z.output<typeof tuneEncoderRequestSchema>;

const int32 = z.custom<Int32Array>((value) => value instanceof Int32Array);

const float64 = z.custom<Float64Array>((value) => value instanceof Float64Array);

/** Trains one small network per fit on a table with a binary outcome. */
export const trainTableRequestSchema = z.strictObject({
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
  spool: keptRun.spool,
  checkpointEveryMs: keptRun.checkpointEveryMs,
});
export type TrainTableRequest = z.output<typeof trainTableRequestSchema>;

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
  | { readonly type: 'paused' }
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

export interface TrainingResults {
  readonly train: TrainResult;
  readonly measureTraining: MeasuredCost;
  readonly tuneEncoder:
    | { readonly type: 'paused' }
    | { readonly type: 'finished'; readonly steps: number; readonly trainMs: number; readonly bytes: number };
  readonly trainTable:
    | { readonly type: 'paused' }
    /** One per fit, in their order. */
    | { readonly type: 'finished'; readonly networks: readonly TrainedNetwork[] };
}

export interface TrainedNetwork {
  readonly parameters: MlpParameters;
  /** Epochs whose weights were kept. */
  readonly epochs: number;
  readonly devLoss: number;
}
