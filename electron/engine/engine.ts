import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import { canonicalJson } from '../../shared/data/canonical-json.ts';
import { AppError, BugError } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import { type ArtifactKind, keyOf, kindOf } from './artifacts/kind.ts';
import { planSteps } from './artifacts/plan.ts';
import { artifactInfo, staleReasons } from './artifacts/staleness.ts';
import { DEFAULT_SEED, type EngineContext } from './context.ts';
import { changePassword } from './db/change-password.ts';
import { asFileFailure } from './db/file-failure.ts';
import { createProjectFile, openProjectFile, type ProjectFile } from './db/open.ts';
import { newKey } from './db/project-key.ts';
import type { StoredJob } from './db/repositories/job.ts';
import type { EngineDeps } from './deps.ts';
import { computeWithPulse, createComputeClient } from './jobs/compute-client.ts';
import { asAfterCrash, createJobQueue, type JobControls, type JobQueue, settleAfterCrash } from './jobs/queue.ts';
import { checkpointFolder, removeSpool, sweepSpool } from './jobs/spool.ts';
import { createStepRunner } from './jobs/step-runner.ts';
import { createWorkerClient } from './jobs/worker-client.ts';
import { sweepPartials } from './partial-file.ts';
import { createUndoLog } from './project/undo.ts';
import { createProjectStore, type ProjectStore } from './project-store.ts';
import { artifactKinds } from './registry.ts';
import { exportsFolder } from './report/files.ts';
import { createAnswer } from './requests/answer.ts';

export type OpenMode =
  | {
      readonly type: 'open';
      readonly password?: string | null;
      readonly readOnly?: boolean;
      /** Puts the file under another password, or with null under none, before it is opened. */
      readonly passwordChange?: { readonly next: string | null; readonly actor: string };
    }
  | {
      readonly type: 'create';
      readonly name: string;
      readonly customer: string;
      readonly period: string;
      readonly sample: boolean;
      /** Null or left out: not encrypted. */
      readonly password?: string | null;
    };

/** One open project. It answers every request of the contract but `app.*`, over whichever transport its host has. */
export interface Engine {
  readonly projectId: string;
  readonly path: string;
  readonly name: string;
  readonly encrypted: boolean;
  /** Of a password set as this was opened: whether the readable original was overwritten before it went. Else null. */
  readonly originalOverwritten: boolean | null;
  /** Whether this is the password that the project was opened with. */
  opens(password: string): Promise<boolean>;
  /** From now on refuses every request and tells nothing more, while jobs go on. Resolves once none runs. */
  lock(): Promise<void>;
  unlock(): void;
  call(name: string, input: unknown, actor: string): Promise<Reply<unknown>>;
  /** Tells the current jobs at once, then every fact as it happens. */
  subscribe(listener: (event: ProjectEvent) => void): () => void;
  dispose(): Promise<void>;
}

/** Jobs that may be unfinished at a time: what a person plans is far less, and every new one looks at all of them. */
export const MOST_UNFINISHED_JOBS = 200;

/** Opens or creates a project. @throws AppError 'project.*' */
export async function openEngine(deps: EngineDeps, path: string, mode: OpenMode): Promise<Engine> {
  const change = mode.type === 'open' ? mode.passwordChange : undefined;
  const changed = change === undefined ? null : await changePassword(deps, path, mode.password ?? null, change.next);
  const password = change === undefined ? (mode.password ?? null) : change.next;
  const file =
    mode.type === 'create'
      ? createProjectFile(deps, path, password === null ? null : await newKey(password))
      : await openProjectFile(deps, path, password, mode);
  try {
    const store = createProjectStore(file.db);
    if (mode.type === 'create') {
      const { name, customer, period, sample } = mode;
      store.project.create({ id: randomUUID(), name, customer, period, sample, createdAt: deps.now().toISOString() });
    } else if (file.readOnly === null) {
      sweepLeftovers(store, deps, path);
      sweepSpool(path, file.spoolKey !== null);
      if (change !== undefined) {
        // The passwords themselves go nowhere.
        const entry = { actor: change.actor, request: 'app.changePassword', input: '{}', outcome: 'ok' };
        store.audit.append({ at: deps.now().toISOString(), ...entry });
      }
    }
    return startEngine(deps, path, file, store, changed?.originalOverwritten ?? null);
  } catch (error) {
    file.close();
    throw asFileFailure(error, path);
  }
}

/** After a crash: jobs are set right, rows of unfinished imports and chunks that nothing names are removed. */
function sweepLeftovers(store: ProjectStore, deps: EngineDeps, path: string): void {
  settleAfterCrash(store.jobs, deps.now(), (job) => checkpointFolder(path, job.id));
  const published = new Set(store.slotsOf('demand.dataset').map((slot) => Number(keyOf(slot).slice(1))));
  for (const dataset of store.rows.datasets()) if (!published.has(dataset)) store.rows.remove(dataset);
  store.blobs.sweep();
  for (const folder of [dirname(path), exportsFolder(path)]) sweepPartials(folder);
}

function startEngine(
  deps: EngineDeps,
  path: string,
  file: ProjectFile,
  store: ProjectStore,
  originalOverwritten: boolean | null,
): Engine {
  const kinds: ReadonlyMap<string, ArtifactKind> = new Map(artifactKinds.map((kind) => [kind.name, kind]));
  const listeners = new Set<(event: ProjectEvent) => void>();
  let locked = false;
  const emit = (event: ProjectEvent) => {
    if (locked) return;
    for (const listener of listeners) listener(event);
  };
  const compute = {
    compute: createComputeClient(() => deps.spawn('compute'), deps.quietAfterMs),
    io: createComputeClient(() => deps.spawn('compute'), deps.quietAfterMs),
    preview: createComputeClient(() => deps.spawn('compute'), deps.quietAfterMs),
  };
  const workers = {
    train: createWorkerClient(() => deps.spawn('worker'), deps.quietAfterMs, file.spoolKey),
    infer: createWorkerClient(() => deps.spawn('worker'), deps.quietAfterMs, file.spoolKey),
  };
  const codeVersionOf = (kind: ArtifactKind) => `${kind.name}@${kind.revision}`;
  const stale = () => staleReasons(store.artifacts.allCurrent(), kinds, store, codeVersionOf);

  const dependentsOf = (slot: string): string[] => {
    const all = store.artifacts.allCurrent();
    const found = new Set([slot]);
    for (let grew = true; grew; ) {
      const size = found.size;
      for (const artifact of all) if (artifact.inputs.some((input) => found.has(input.slot))) found.add(artifact.slot);
      grew = found.size > size;
    }
    return [...found];
  };
  const tellChanged = (slots: readonly string[]) => {
    const affected = new Set(slots.flatMap(dependentsOf));
    emit({ type: 'projectChanged', dataVersion: store.project.get().dataVersion, slots: [...affected] });
  };

  const runStep = createStepRunner({
    deps,
    path,
    spoolKey: file.spoolKey,
    store,
    compute,
    workers,
    stale,
    codeVersionOf,
    tellChanged,
  });

  const kindOrBug = (slot: string): ArtifactKind => {
    const kind = kinds.get(kindOf(slot));
    if (kind === undefined) throw new BugError(`no kind for slot ${slot}`);
    return kind;
  };

  const queue: JobQueue = createJobQueue({
    // Of a file that may not be written a crash cannot be cleared up, only shown for what it is.
    jobs: file.readOnly === null ? store.jobs : asAfterCrash(store.jobs, (job) => checkpointFolder(path, job.id)),
    run: (job: StoredJob, controls) =>
      runStep(kindOrBug(job.slot), job.slot, job.params, job.seed, job.id, controls).catch((error: unknown) => {
        throw asFileFailure(error, path);
      }),
    isPausable: (job) => kindOrBug(job.slot).pausable,
    checkpointOf: (job) => checkpointFolder(path, job.id),
    onChange(job) {
      if (job.state.type === 'cancelled') removeSpool(path, job.id);
      emit({ type: 'jobChanged', job });
    },
    onSeries: (series) => emit({ type: 'seriesExtended', series }),
    now: () => deps.now(),
    monotonicMs: () => deps.monotonicMs(),
    logFailure: (job, error) =>
      deps.log({
        level: 'error',
        what: `job ${job.id} ${job.slot}`,
        detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  });

  const undoLog = createUndoLog(store);

  const context: EngineContext = {
    deps,
    path,
    encrypted: file.spoolKey !== null,
    readOnly: file.readOnly,
    checkCopy: file.checkCopy,
    store,
    queue,
    kinds,
    // A person waits for the answer and has no job to cancel.
    previewCompute: computeWithPulse(compute.preview, { endIfQuiet: AbortSignal.abort() }),
    emit,
    undoLog,
    stale,
    info(slot) {
      const artifact = store.current(slot);
      return artifact === undefined ? null : artifactInfo(artifact, stale().get(slot) ?? []);
    },
    view<R>(slot: string) {
      const artifact = store.current(slot);
      if (artifact === undefined) return null;
      const result = kindOrBug(slot).result.parse(artifact.result) as R;
      return { artifact: artifactInfo(artifact, stale().get(slot) ?? []), result };
    },
    start(targets, options = { waitForAll: false }) {
      const steps = planSteps(targets, kinds, store, stale(), DEFAULT_SEED);
      const unfinished = queue.list().filter(({ state }) => !isSettled(state)).length;
      if (unfinished + steps.length > MOST_UNFINISHED_JOBS) {
        throw new AppError('job.queue-full', { limit: MOST_UNFINISHED_JOBS });
      }
      const jobOf = new Map<string, string>();
      let last = '';
      steps.forEach((step, index) => {
        const running = queue
          .list()
          .map((job) => store.jobs.get(job.id))
          .find((job) => job !== undefined && job.slot === step.slot && !isSettled(queue.get(job.id).state));
        // A step that is only needed upstream takes what is already on its way, whatever its parameters: somebody chose them.
        const asked = targets.some((target) => target.slot === step.slot);
        const same =
          running !== undefined &&
          (!asked || canonicalJson([running.params, running.seed]) === canonicalJson([step.params, step.seed]));
        if (same) {
          jobOf.set(step.slot, running.id);
          last = running.id;
          return;
        }
        const final = options.waitForAll && index === steps.length - 1;
        const before = final ? [...jobOf.values()] : step.after.flatMap((slot) => jobOf.get(slot) ?? []);
        const { slot, kind, params, seed } = step;
        last = queue.enqueue({ slot, kind: kind.name, lane: kind.lane, params, seed, after: before }).id;
        jobOf.set(slot, last);
      });
      if (last === '') throw new AppError('artifact.nothing-stale', {});
      return { jobId: last };
    },
    async decide(slot, params) {
      const idle: JobControls = {
        signal: new AbortController().signal,
        pause: new AbortController().signal,
        progress: () => undefined,
        series: () => undefined,
        quiet: () => undefined,
      };
      const before = store.current(slot)?.id ?? null;
      await runStep(kindOrBug(slot), slot, params, DEFAULT_SEED, 'decision', idle);
      undoLog.changed(slot, before, store.current(slot)?.id ?? null);
    },
    clear(slots, options = { forget: false }) {
      for (const slot of slots) undoLog.changed(slot, store.current(slot)?.id ?? null, null);
      store.transaction(() => {
        for (const slot of slots) {
          if (options.forget) store.artifacts.forgetSlot(slot);
          else store.artifacts.clearSlot(slot);
        }
        store.project.touch(deps.now().toISOString());
      });
      if (options.forget) store.blobs.sweep();
      tellChanged(slots);
    },
    repoint(change) {
      const slots = store.transaction(() => {
        const changed = change();
        store.project.touch(deps.now().toISOString());
        return changed;
      });
      tellChanged(slots);
    },
  };

  const answer = createAnswer(context);
  const project = store.project.get();

  return {
    projectId: project.id,
    path,
    get name() {
      return store.project.get().name;
    },
    encrypted: file.spoolKey !== null,
    originalOverwritten,
    opens: (password) => file.opens(password),
    lock() {
      emit({ type: 'projectLocked' });
      locked = true;
      return queue.idle();
    },
    unlock() {
      locked = false;
    },
    async call(name, input, actor) {
      if (locked) return { ok: false, error: new AppError('project.screen-locked', {}).toJSON() };
      return answer(name, input, actor);
    },
    subscribe(listener) {
      for (const job of queue.list()) if (!isSettled(job.state)) listener({ type: 'jobChanged', job });
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      await queue.dispose();
      listeners.clear();
      for (const client of [...Object.values(compute), ...Object.values(workers)]) client.dispose();
      file.close();
    },
  };
}
