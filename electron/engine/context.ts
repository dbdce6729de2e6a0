import type { ArtifactInfo, ArtifactView } from '../../shared/contract/artifact.ts';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { ReadOnlyReason } from '../../shared/contract/project.ts';
import type { ArtifactKind } from './artifacts/kind.ts';
import type { PlanTarget } from './artifacts/plan.ts';
import type { StaleReason } from './artifacts/staleness.ts';
import type { CheckOutcome } from './db/check.ts';
import type { EngineDeps } from './deps.ts';
import type { ComputeClient } from './jobs/compute-client.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { UndoLog } from './project/undo.ts';
import type { ProjectStore } from './project-store.ts';

/** What a stage's handlers work with. */
export interface EngineContext {
  readonly deps: EngineDeps;
  readonly path: string;
  readonly encrypted: boolean;
  /** Why the project cannot be changed; null where it can. */
  readonly readOnly: ReadOnlyReason | null;
  /** Checks a copy of the project file as a file from anybody is checked. */
  checkCopy(path: string): Promise<CheckOutcome>;
  readonly store: ProjectStore;
  readonly queue: JobQueue;
  readonly kinds: ReadonlyMap<string, ArtifactKind>;
  /** Compute process for short questions of a person (previews), so that they never wait behind a job. */
  readonly previewCompute: ComputeClient;
  /** Tells the screens a fact. */
  emit(event: ProjectEvent): void;
  readonly undoLog: UndoLog;
  stale(): ReadonlyMap<string, readonly StaleReason[]>;
  info(slot: string): ArtifactInfo | null;
  /** The current artifact of a slot with its result parsed by its kind. */
  view<R>(slot: string): ArtifactView<R> | null;
  /** Queues what is needed for the targets, upstream first; gives the job of the last target. */
  start(targets: readonly PlanTarget[], options?: { readonly waitForAll: boolean }): { jobId: string };
  /** Publishes what a person decided (roles, edits, targets) at once, through the same kinds. */
  decide(slot: string, params: unknown): Promise<void>;
  /** Takes slots away; what was made from them becomes stale. With `forget` every version goes, and what was kept for it. */
  clear(slots: readonly string[], options?: { readonly forget: boolean }): void;
  /** Lets other versions stand, in one transaction, and tells whoever shows them. */
  repoint(change: () => readonly string[]): void;
}

/** The seed of a computation for which nobody chose one. */
export const DEFAULT_SEED = 7;
