import { z } from 'zod';
import { modelRef, texts, threads } from './request-fields.ts';

/** What a model makes of texts, and how fast. */

export const embedRequestSchema = z.strictObject({
  type: z.literal('embed'),
  ...modelRef,
  texts,
  maxLength: z.int().min(2),
  threads,
});
export type EmbedRequest = z.output<typeof embedRequestSchema>;

export const classifyRequestSchema = z.strictObject({
  type: z.literal('classify'),
  ...modelRef,
  classes: z.int().min(1),
  texts,
  maxLength: z.int().min(2),
  threads,
});
export type ClassifyRequest = z.output<typeof classifyRequestSchema>;

/** Token counts of texts with special tokens, before any cut. */
export const countTokensRequestSchema = z.strictObject({ type: z.literal('countTokens'), folder: z.string(), texts });

/** How long one text takes, and how many a second go through in batches. */
export const latencyRequestSchema = z.strictObject({
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

export interface InferenceResults {
  /** Vectors [texts, dimensions] of length 1. */
  readonly embed: { readonly vectors: Float32Array; readonly dimensions: number; readonly truncated: number };
  readonly classify: { readonly logits: Float32Array; readonly truncated: number };
  readonly countTokens: { readonly lengths: Int32Array };
  readonly latency: LatencyResult;
}
