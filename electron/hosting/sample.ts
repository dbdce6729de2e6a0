import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import type { Engine } from '../engine/engine.ts';
import { resolveFileSources } from './file-sources.ts';
import { ask, waitForJob } from './job-wait.ts';
import type { Sources } from './sources.ts';

/** How a sample project comes to be: requests of the contract in order, the same ones a person would send. `sourceId: "file:NAME"` names a file beside the manifest. */
const sampleStepsSchema = z.array(
  z.strictObject({
    request: z.string(),
    input: z.unknown(),
    /** Whether the next step needs this one's result; what nobody waits for goes on while the project is already on the screen. */
    wait: z.boolean().default(true),
  }),
);
const sampleManifestSchema = z.strictObject({
  name: z.string(),
  customer: z.string(),
  period: z.string(),
  /** Played when the sample is opened: data in, stage 1 computed. */
  steps: sampleStepsSchema,
  /** The rest of the engagement, played when somebody asks for it. */
  rest: sampleStepsSchema,
});
export type SampleManifest = z.output<typeof sampleManifestSchema>;

export function readSample(folder: string): SampleManifest {
  return sampleManifestSchema.parse(JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')));
}

/** Plays the steps of a sample into a project made for it. @throws the AppError of the first step that is refused or fails */
export async function fillSample(
  engine: Engine,
  folder: string,
  sample: SampleManifest,
  sources: Sources,
  actor: string,
): Promise<void> {
  for (const step of sample.steps) {
    const input = resolveFileSources(step.input, folder, sources);
    const value = await ask<unknown>(engine, step.request, input, actor);
    const started = z.object({ jobId: z.string() }).safeParse(value);
    if (!started.success || !step.wait) continue;
    const job = await waitForJob(engine, started.data.jobId, actor);
    if (job.state.type === 'failed') throw fromAppErrorJson(job.state.error);
  }
}
