import { z } from 'zod';
import { ARTIFACT_OWNERS } from './stage.ts';

/** Why an artifact no longer stands: an input was replaced, added, taken away or is stale itself, or the code that made it changed. */
export const staleReasonSchema = z.strictObject({
  type: z.enum(['input-changed', 'input-added', 'input-removed', 'upstream-stale', 'code-changed']),
  slot: z.string(),
});

export const artifactInfoSchema = z.strictObject({
  id: z.string(),
  /** Where it belongs: a kind, and a key where a project has several, e.g. `demand.clean:d1`. */
  slot: z.string(),
  kind: z.string(),
  stage: z.enum(ARTIFACT_OWNERS),
  version: z.int(),
  /** SHA-256 of the result and its parts; equal inputs, parameters, seed and code give an equal hash. */
  hash: z.string(),
  inputs: z.array(z.strictObject({ slot: z.string(), artifactId: z.string(), hash: z.string() })),
  params: z.unknown(),
  seed: z.int(),
  codeVersion: z.string(),
  createdAt: z.string(),
  durationMs: z.number(),
  stale: z.array(staleReasonSchema),
});
export type ArtifactInfo = z.output<typeof artifactInfoSchema>;

/** The current artifact of a slot with its result; null where none was made yet. */
export function viewOf<R extends z.ZodType>(result: R) {
  return z.nullable(z.strictObject({ artifact: artifactInfoSchema, result }));
}
export interface ArtifactView<R> {
  readonly artifact: ArtifactInfo;
  readonly result: R;
}
