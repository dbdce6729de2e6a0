import { mkdirSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ArtifactKind, keyOf, type StepContext } from '../artifacts/kind.ts';
import type { EngineDeps } from '../deps.ts';
import type { ProjectStore } from '../project-store.ts';
import { type ComputeClient, computeWithPulse } from './compute-client.ts';
import type { JobControls, JobOutcome } from './queue.ts';
import { removeSpool, spoolFolderOf } from './spool.ts';
import { type WorkerClient, workerWithPulse } from './worker-client.ts';

/** What the steps of one project share. */
export interface StepRunnerOptions {
  readonly deps: EngineDeps;
  readonly path: string;
  readonly spoolKey: StepContext<unknown>['spoolKey'];
  readonly store: ProjectStore;
  readonly compute: Readonly<Record<'compute' | 'io', ComputeClient>>;
  readonly workers: Readonly<Record<'train' | 'infer', WorkerClient>>;
  readonly stale: StepContext<unknown>['stale'];
  readonly codeVersionOf: (kind: ArtifactKind) => string;
  /** Told the slots that have a new result. */
  readonly tellChanged: (slots: readonly string[]) => void;
}

/** Runs one step and publishes what it found. @throws AppError whatever the step meets; the reason of its signal once that is aborted */
export type StepRunner = (
  kind: ArtifactKind,
  slot: string,
  params: unknown,
  seed: number,
  jobId: string,
  controls: JobControls,
) => Promise<JobOutcome>;

export function createStepRunner({
  deps,
  path,
  spoolKey,
  store,
  compute,
  workers,
  stale,
  codeVersionOf,
  tellChanged,
}: StepRunnerOptions): StepRunner {
  return async (kind, slot, paramsGiven, seed, jobId, controls) => {
    const startedMs = deps.monotonicMs();
    const params = kind.params.parse(paramsGiven);
    const key = keyOf(slot);
    const inputs = kind.inputs(params, store, key).flatMap((input) => store.current(input) ?? []);
    const spoolFolder = spoolFolderOf(path, jobId);
    // Once a pause is asked for, a silent process is ended: its job is interrupted and keeps its checkpoint.
    const pulse = { onQuiet: controls.quiet, endIfQuiet: controls.pause };
    const context: StepContext<unknown> = {
      slot,
      key,
      params,
      seed,
      jobId,
      input(wanted) {
        const found = inputs.find((input) => input.slot === wanted);
        if (found === undefined) throw new AppError('artifact.input-missing', { slot: wanted });
        return found;
      },
      part: (artifact, name) => store.part(artifact, name),
      store,
      deps,
      path,
      stale,
      compute: computeWithPulse(kind.lane === 'io' ? compute.io : compute.compute, pulse),
      worker: workerWithPulse(kind.lane === 'train' ? workers.train : workers.infer, pulse),
      get spoolFolder() {
        mkdirSync(spoolFolder, { recursive: true });
        return spoolFolder;
      },
      spoolKey,
      ...controls,
    };
    const outcome = await kind.run(context);
    if (outcome.type === 'paused') return outcome;
    controls.signal.throwIfAborted();
    const published = await store.publish(
      {
        slot,
        kind: kind.name,
        stage: kind.stage,
        inputs: inputs.map((input) => ({ slot: input.slot, artifactId: input.id, hash: input.hash })),
        params,
        seed,
        codeVersion: codeVersionOf(kind),
        result: kind.result.parse(outcome.result),
        createdAt: deps.now().toISOString(),
        durationMs: deps.monotonicMs() - startedMs,
      },
      outcome.parts ?? {},
      kind.outsideHash ?? [],
      deps.now(),
    );
    removeSpool(path, jobId);
    tellChanged([slot]);
    return { type: 'done', artifactId: published.id };
  };
}
