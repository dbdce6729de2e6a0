import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { JobRecord } from '../../shared/contract/project.ts';
import { AppError, fromAppErrorJson } from '../../shared/errors/app-error.ts';
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

export type SampleStep = z.output<typeof sampleStepsSchema>[number];

interface Playing {
  readonly engine: Engine;
  /** Folder of the files that steps name. */
  readonly folder: string;
  readonly sources: Sources;
  readonly actor: string;
  /** Wait for every job, whatever the steps say. */
  readonly waitForAll?: boolean;
  /** Changes what a step asks for, by what came before it. */
  readonly adjust?: (input: unknown) => unknown;
  readonly signal?: AbortSignal;
  readonly onStep?: (index: number, step: SampleStep) => void;
  readonly onJob?: (job: JobRecord) => void;
}

/** Plays steps into a project, one after another. @throws the AppError of the first step that is refused, fails, or whose job is stopped; the reason of `signal` between steps */
export async function playSteps(steps: readonly SampleStep[], playing: Playing): Promise<void> {
  const { engine, folder, sources, actor } = playing;
  for (const [index, step] of steps.entries()) {
    playing.signal?.throwIfAborted();
    playing.onStep?.(index, step);
    const input = resolveFileSources(playing.adjust?.(step.input) ?? step.input, folder, sources);
    const value = await ask<unknown>(engine, step.request, input, actor);
    const started = z.object({ jobId: z.string() }).safeParse(value);
    if (!started.success || !(step.wait || playing.waitForAll === true)) continue;
    const job = await waitForJob(engine, started.data.jobId, actor, playing.onJob);
    if (job.state.type === 'failed') throw fromAppErrorJson(job.state.error);
    if (job.state.type !== 'succeeded') throw new AppError('sample.stopped', { request: step.request });
  }
}
