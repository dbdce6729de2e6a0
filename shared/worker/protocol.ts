import { z } from 'zod';
import type { AppErrorJson } from '../errors/app-error.ts';
import { type ProviderTrial, providerSchema } from '../train/provider.ts';
import {
  type CompressionResults,
  calibrateRequestSchema,
  pruneRequestSchema,
  selectHeadRequestSchema,
  sensitivityRequestSchema,
} from './compression.ts';
import { type ExplanationResults, explainRequestSchema, faithfulnessRequestSchema } from './explanation.ts';
import {
  classifyRequestSchema,
  countTokensRequestSchema,
  embedRequestSchema,
  type InferenceResults,
  latencyRequestSchema,
} from './inference.ts';
import {
  exportHubRequestSchema,
  exportJobRequestSchema,
  exportRequestSchema,
  importResultRequestSchema,
  inspectModelRequestSchema,
  type ModelFileResults,
  measureFileRequestSchema,
} from './model-files.ts';
import { threads } from './request-fields.ts';
import {
  type EpochEvaluation,
  measureTrainingRequestSchema,
  type TrainingResults,
  type TrainingTick,
  trainRequestSchema,
  trainTableRequestSchema,
  tuneEncoderRequestSchema,
} from './training.ts';
import { backTranslateRequestSchema, checkTranslationRequestSchema, type TranslationResults } from './translation.ts';

/** What the engine asks of the model process and what it hears. Large arrays travel as typed arrays (structured clone).
 *  Each family of work has its requests and results in a file beside this one; here are those about the process itself, and what they travel in. */

/** What the model process holds in memory now. */
const memoryRequestSchema = z.strictObject({ type: z.literal('memory') });

/** What this machine computes: the rate of a matrix product. */
const probeRequestSchema = z.strictObject({ type: z.literal('probe'), threads });

/** Whether an execution provider computes what the processor computes, and how fast. To be asked of a process that does nothing else. */
const tryProviderRequestSchema = z.strictObject({ type: z.literal('tryProvider'), provider: providerSchema, threads });

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

export interface WorkerResults
  extends TrainingResults,
    InferenceResults,
    ModelFileResults,
    CompressionResults,
    ExplanationResults,
    TranslationResults {
  readonly memory: { readonly residentMb: number };
  readonly tryProvider: ProviderTrial;
  readonly probe: { readonly gemmGflops: number; readonly provider: string; readonly threads: number };
}

export type WorkerEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  /** Of the contrast before a training, or of one alone. */
  | { readonly type: 'contrasted'; readonly tick: TrainingTick }
  | { readonly type: 'ticked'; readonly tick: TrainingTick }
  | { readonly type: 'evaluated'; readonly evaluation: EpochEvaluation }
  | { readonly type: 'checkpointed'; readonly step: number };

export type FromWorker =
  | { readonly type: 'alive'; readonly id: number }
  | { readonly type: 'event'; readonly id: number; readonly event: WorkerEvent }
  | { readonly type: 'done'; readonly id: number; readonly result: WorkerResults[WorkerRequest['type']] }
  | { readonly type: 'cancelled'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: AppErrorJson };
