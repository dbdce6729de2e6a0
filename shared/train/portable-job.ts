import { z } from 'zod';
import type { RunConfig } from './run-config.ts';

/** A training that another engine does (torchrun with transformers and peft), and what comes back of it. */

export const JOB_FORMAT = 'success-workbench-job/1';
const RESULT_FORMAT = 'success-workbench-result/1';
/** Where a result says what it is, among the texts in the header of its safetensors. */
export const RESULT_METADATA = 'success_workbench';

/** Methods and options that the exported script does not have. */
const UNPORTABLE_METHODS: ReadonlySet<RunConfig['method']['type']> = new Set(['adapter', 'adalora']);
const UNPORTABLE_OPTIONS = ['rDrop', 'adversary', 'unfreezing', 'contrastive', 'continual', 'precision'] as const;
export type UnportablePart = 'method' | (typeof UNPORTABLE_OPTIONS)[number];

/** The first choice of a recipe that only this engine trains; null where all of it can be exported. */
export function unportablePart(config: RunConfig): UnportablePart | null {
  if (UNPORTABLE_METHODS.has(config.method.type)) return 'method';
  return UNPORTABLE_OPTIONS.find((option) => config[option] !== undefined) ?? null;
}

const words = z.string().max(200);
const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** What the script says of its own work, as it stands in the result: the word of another machine, to be shown as such. */
export const trainedElsewhereSchema = z.strictObject({
  engine: words,
  torch: words,
  transformers: words,
  peft: z.nullable(words),
  python: words,
  device: words,
  processes: z.int().min(1).max(100_000),
  precision: z.enum(['float32', 'bfloat16']),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const jobResultSchema = z.strictObject({
  format: z.literal(RESULT_FORMAT),
  /** SHA-256 of the job's `job.json`. */
  job: sha256,
  /** `modelHash` of the base model. */
  base: sha256,
  labels: z.array(z.string()).min(2),
  steps: z.int().min(1),
  bestStep: z.int().min(1),
  stoppedEarly: z.boolean(),
  evaluations: z
    .array(
      z.strictObject({
        step: z.int().min(1),
        epoch: z.number().min(0),
        accuracy: share,
        macroF1: share,
        loss: z.number().min(0),
      }),
    )
    .max(10_000),
  /** Loss of every update. */
  losses: z.array(z.number()).max(1_000_000),
  durationMs: count,
  used: trainedElsewhereSchema,
});
export type JobResult = z.output<typeof jobResultSchema>;
