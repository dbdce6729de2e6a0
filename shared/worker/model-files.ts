import { z } from 'zod';
import { appliedTemperatureSchema } from '../stages/competitiveness/results.ts';
import { HUB_FORMATS } from '../train/hub-names.ts';
import type { JobResult } from '../train/portable-job.ts';
import { runConfigSchema, tuningMethodSchema } from '../train/run-config.ts';
import type { LayerSize } from '../train/spec.ts';
import type { LatencyResult } from './inference.ts';
import { labelledSchema, modelRef, texts, threads } from './request-fields.ts';

/** Models as files: what a folder from outside holds, what leaves for other programs, and what comes back from them. */

/** What a base model's folder holds; refused where it cannot be used. */
export const inspectModelRequestSchema = z.strictObject({
  type: z.literal('inspectModel'),
  folder: z.string(),
  threads,
});
export type InspectModelRequest = z.output<typeof inspectModelRequestSchema>;

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

/** Writes the model as one ONNX file with everything inside: `input_ids` and `attention_mask` (int64 [batch, length]) in, `logits`
 *  (float32 [batch, classes]) out. Operators are ONNX's and those of com.microsoft that ONNX Runtime's processor build has. */
export const exportRequestSchema = z.strictObject({
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

/** An input or output of an exported file; a dimension with a name may have any size. */
export interface TensorPort {
  readonly name: string;
  readonly type: 'int64' | 'float32';
  readonly shape: readonly (number | string)[];
}

/** How fast an exported file answers, and how much memory the process takes for it: to be asked of a process that has done nothing else. */
export const measureFileRequestSchema = z.strictObject({
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

/** Writes the model as Hugging Face's transformers loads it, or a run's LoRA matrices as peft does. */
export const exportHubRequestSchema = z.strictObject({
  type: z.literal('exportHub'),
  ...modelRef,
  /** Class names in the order of the outputs. */
  labels: texts.min(2),
  /** Of the model as it is written; null where none was fitted to that. */
  temperature: z.nullable(appliedTemperatureSchema),
  format: z.enum(HUB_FORMATS),
  /** How an adapter was trained, and its tensors; null for a run that has none. */
  method: z.nullable(tuningMethodSchema),
  adapter: z.nullable(z.string()),
  /** The folder to be made. */
  into: z.string(),
});
export type ExportHubRequest = z.output<typeof exportHubRequestSchema>;

/** Lays out a training for another engine: rows, order of batches, first values and settings, in a folder. */
export const exportJobRequestSchema = z.strictObject({
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
export const importResultRequestSchema = z.strictObject({
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

export interface ModelFileResults {
  readonly inspectModel: FoundEncoder & { readonly maxLength: number; readonly tokenizer: string };
  readonly export: {
    readonly bytes: number;
    readonly sha256: string;
    readonly inputs: readonly TensorPort[];
    readonly outputs: readonly TensorPort[];
    readonly opset: number;
    /** The shape of an encoder that differs from its base model's, layers from the input up; null where it does not. */
    readonly encoder: { readonly words: number; readonly layers: readonly LayerSize[] } | null;
  };
  readonly measureFile: {
    readonly latency: LatencyResult;
    /** Most memory that the process has had at a time, the runtime itself included. */
    readonly peakMemoryMb: number;
  };
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
}
