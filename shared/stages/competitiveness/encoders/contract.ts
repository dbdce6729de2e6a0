import { z } from 'zod';
import { viewOf } from '../../../contract/artifact.ts';
import { command, job, noInput, query } from '../../../contract/stage.ts';
import { contrastiveSchema } from '../../../train/contrastive-config.ts';
import { estimateSchema } from '../results.ts';

const count = z.int().min(0);
const name = z.string().min(1).max(200);

/** A base encoder that was taught which texts belong together, without a classifier. */
export const tunedEncoderSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  modelId: z.string(),
  modelHash: z.string(),
  contrastive: contrastiveSchema,
  batchSize: count,
  maxLength: count,
  classes: count,
  trainRows: count,
  steps: count,
  /** On locked test rows, of which a text’s nearest neighbour is one of the others; null where no label has two of them. */
  recall: z.nullable(
    z.strictObject({
      rows: count,
      before: estimateSchema,
      after: estimateSchema,
      difference: estimateSchema,
      resamples: count,
    }),
  ),
  /** Of the updates, over all pauses. */
  tookMs: z.number().min(0),
});
export type TunedEncoder = z.output<typeof tunedEncoderSchema>;

/** Encoders for similarity: for topics and neighbours, not for answers. */
export const encoderRequests = {
  tuneEncoder: job(
    'Teach an encoder which texts belong together by their labels (no classifier), and measure recall@1 on the locked test rows before and after',
    z.strictObject({
      name,
      modelId: z.string(),
      contrastive: contrastiveSchema,
      batchSize: z.int().min(4).max(1024),
      maxLength: z.int().min(8).max(512),
      seed: z.int().min(0).max(4294967295),
    }),
  ),
  tunedEncoders: query(
    'Encoders that were tuned so; demand.discoverTopics takes their ids',
    noInput,
    z.array(viewOf(tunedEncoderSchema).unwrap()),
  ),
  removeEncoder: command(
    'Take a tuned encoder away',
    z.strictObject({ encoderId: z.string().regex(/^V\d+$/) }),
    noInput,
  ),
};
