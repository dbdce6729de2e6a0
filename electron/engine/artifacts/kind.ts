import type { z } from 'zod';
import type { JobSeries } from '../../../shared/contract/project.ts';
import type { ArtifactOwner } from '../../../shared/contract/stage.ts';
import type { Lane, Progress } from '../../../shared/jobs/state.ts';
import type { ArtifactRecord } from '../db/repositories/artifact.ts';
import type { EngineDeps } from '../deps.ts';
import type { ComputeClient } from '../jobs/compute-client.ts';
import type { WorkerClient } from '../jobs/worker-client.ts';
import type { ProjectStore } from '../project-store.ts';
import type { StaleReason } from './staleness.ts';

/** Reads which artifact stands in a slot. */
export interface SlotReader {
  current(slot: string): ArtifactRecord | undefined;
  /** Slots of a kind that are filled, in order of their keys. */
  slotsOf(kind: string): readonly string[];
}

export interface StepContext<P> {
  readonly slot: string;
  /** The part of the slot after the colon; '' for a kind that stands once in a project. */
  readonly key: string;
  readonly params: P;
  readonly seed: number;
  readonly jobId: string;
  /** The inputs that the job was started with. @throws AppError 'artifact.input-missing' */
  input(slot: string): ArtifactRecord;
  part(artifact: ArtifactRecord, name: string): Uint8Array<ArrayBuffer>;
  readonly store: ProjectStore;
  readonly deps: EngineDeps;
  /** The project file. */
  readonly path: string;
  /** Why each slot no longer stands, as of now. */
  stale(): ReadonlyMap<string, readonly StaleReason[]>;
  readonly compute: ComputeClient;
  readonly worker: WorkerClient;
  /** Folder beside the project for this job's checkpoints; it outlives a crash and goes when the job succeeds. */
  readonly spoolFolder: string;
  /** Under which everything in that folder is sealed; null in a project that is not encrypted. */
  readonly spoolKey: Uint8Array | null;
  /** Aborted when the job is cancelled: whatever runs in a child is ended. */
  readonly signal: AbortSignal;
  /** Aborted when a pause is asked for; a pausable step then finishes what it is at, keeps a checkpoint and answers `paused`, or rejects with the
   *  reason where what it is at is begun again at little cost. */
  readonly pause: AbortSignal;
  progress(progress: Progress): void;
  /** The whole curve so far of a step that trains. */
  series(series: Omit<JobSeries, 'jobId'>): void;
}

export type StepOutcome<R> =
  | { readonly type: 'done'; readonly result: R; readonly parts?: Readonly<Record<string, Uint8Array>> }
  | { readonly type: 'paused' };

/** One kind of artifact: what it reads, how it is made. Everything that changes its result is in inputs, parameters, seed or `revision`. */
export interface ArtifactKind<P = unknown, R = unknown> {
  readonly name: `${ArtifactOwner}.${string}`;
  readonly stage: ArtifactOwner;
  readonly lane: Lane;
  /** Raised when the code changes results. */
  readonly revision: number;
  readonly params: z.ZodType<P>;
  readonly result: z.ZodType<R>;
  /** Whether `run` can stop half-way with a checkpoint. Other steps start over when they go on. */
  readonly pausable: boolean;
  /** Fields of the result (`floors.*.latencyP95Ms` is that of every one), and parts, that stay out of the hash because nothing is made from them: what a clock decides. A step repeated with the same outcome then makes nothing stale. */
  readonly outsideHash?: readonly string[];
  /** Takes its inputs as they stand, stale ones included, and says so in its result; others have them made anew first. */
  readonly takesStale?: boolean;
  /** Whether an input is taken as it stands: outdated, it is neither made anew first nor does it make the result outdated. */
  takesAsItIs?(params: P, slot: string): boolean;
  /** Expensive steps are left out of "recompute all" unless asked for. */
  readonly training: boolean;
  /** The slots that it reads, given what stands now. Listed even where empty if it cannot do without. */
  inputs(params: P, slots: SlotReader, key: string): readonly string[];
  /** Parameters for a slot that was never computed but is needed; null where only a person can give them. */
  defaultParams(slots: SlotReader, key: string): P | null;
  run(context: StepContext<P>): Promise<StepOutcome<R>>;
}

/** Keeps a kind's own types inside its definition and gives the registry one common type. */
export function defineKind<P, R>(kind: ArtifactKind<P, R>): ArtifactKind {
  return kind as unknown as ArtifactKind;
}

export function kindOf(slot: string): string {
  return slot.split(':', 1)[0] ?? slot;
}

export function keyOf(slot: string): string {
  const colon = slot.indexOf(':');
  return colon < 0 ? '' : slot.slice(colon + 1);
}
