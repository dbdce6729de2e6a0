import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePortMain } from 'electron';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { AppError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import type { Engine, OpenMode } from '../engine/engine.ts';
import type { HostDeps } from '../hosting/workbench.ts';
import type { EngineUser } from './engine-messages.ts';
import { type EngineRun, startEngine } from './engine-run.ts';
import type { Hang } from './hang.ts';

/** Waits before the first, second and third restart; there is no fourth. */
const RESTART_AFTER_MS = [250, 1_000, 4_000] as const;
/** An engine that lived this long has all its restarts again. */
const STEADY_MS = 600_000;

/** A port to ask an engine at, and the end of the process behind it. */
export interface EngineLine {
  readonly port: MessagePortMain;
  readonly ended: Promise<void>;
}

/** An engine in a process of its own. When that dies, requests under way are answered `internal.process-lost` and it is started again; those that come meanwhile wait. */
export interface EngineProcess extends Engine {
  /** A port at which to ask the engine, once it is up. @throws AppError 'internal.process-lost' when it stays down */
  connect(): Promise<EngineLine>;
  /** Tells the engine that the person changed something. */
  userChanged(): void;
}

export interface EngineProcessOptions {
  readonly deps: HostDeps;
  readonly user: () => EngineUser;
  readonly onHang: (hang: Hang) => void;
  /** The engine stays down: its project is to be closed. */
  readonly onLost: (projectId: string) => void;
  /** The engine has ended for good. */
  readonly onDisposed: () => void;
}

/** @throws AppError 'project.*' | 'internal.process-lost' */
export async function openEngineProcess(
  { deps, user, onHang, onLost, onDisposed }: EngineProcessOptions,
  path: string,
  mode: OpenMode,
): Promise<EngineProcess> {
  const listeners = new Set<(event: ProjectEvent) => void>();
  const emit = (event: ProjectEvent) => {
    for (const listener of listeners) listener(event);
  };
  let following = false;
  let restarts = 0;
  let startedMs = deps.monotonicMs();
  let disposed = false;
  let name = '';
  let locked = false;

  const watch = (run: EngineRun): EngineRun => {
    name = run.name;
    startedMs = deps.monotonicMs();
    run.onNamed((renamed) => {
      name = renamed;
    });
    run.onExit(() => {
      if (disposed) return;
      deps.log({ level: 'error', what: 'process engine', detail: `ended after ${restarts} restarts` });
      current = restart();
      current.catch(() => {
        if (!disposed) onLost(run.projectId);
      });
    });
    if (following) run.line.follow(emit);
    // One that died while locked comes back locked.
    if (locked) void run.lock();
    return run;
  };

  const restart = async (): Promise<EngineRun> => {
    if (deps.monotonicMs() - startedMs > STEADY_MS) restarts = 0;
    for (const waitMs of RESTART_AFTER_MS.slice(restarts)) {
      restarts++;
      await delay(waitMs);
      if (disposed) break;
      try {
        const run = watch(await startEngine(deps, user(), path, again, onHang));
        void tellJobs(run);
        return run;
      } catch (error) {
        deps.log({ level: 'error', what: 'restart of engine', detail: String(error) });
      }
    }
    throw new AppError('internal.process-lost', { process: 'engine' });
  };

  /** Whoever waits for a job hears what became of it. */
  const tellJobs = async (run: EngineRun): Promise<void> => {
    const reply = await run.line.call('jobs.list', {});
    if (reply.ok) for (const job of reply.value as readonly JobRecord[]) emit({ type: 'jobChanged', job });
  };

  const again: OpenMode = {
    type: 'open',
    password:
      mode.type === 'open' && mode.passwordChange !== undefined ? mode.passwordChange.next : (mode.password ?? null),
    readOnly: mode.type === 'open' && mode.readOnly === true,
  };
  const first = watch(await startEngine(deps, user(), path, mode, onHang));
  let current: Promise<EngineRun> = Promise.resolve(first);

  return {
    projectId: first.projectId,
    path,
    encrypted: first.encrypted,
    originalOverwritten: first.originalOverwritten,
    async lock() {
      locked = true;
      const run = await current.catch(() => null);
      await run?.lock();
    },
    unlock() {
      locked = false;
      void current.then((run) => run.unlock()).catch(() => undefined);
    },
    async opens(password) {
      const run = await current.catch(() => null);
      return (await run?.opens(password)) ?? false;
    },
    get name() {
      return name;
    },
    // Whoever sits at this machine is one person: the process knows who, and nobody else asks it.
    async call(request, input) {
      try {
        return await (await current).line.call(request, input);
      } catch (error) {
        return { ok: false, error: toAppErrorJson(error) };
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      if (!following) {
        following = true;
        current.then((run) => run.line.follow(emit)).catch(() => undefined);
      }
      return () => listeners.delete(listener);
    },
    async connect() {
      while (!disposed) {
        const run = await current;
        const port = await run.connect();
        if (port !== null) return { port, ended: new Promise((resolve) => run.onExit(resolve)) };
      }
      throw new AppError('internal.process-lost', { process: 'engine' });
    },
    userChanged: () => void current.then((run) => run.tell(user())).catch(() => undefined),
    async dispose() {
      disposed = true;
      try {
        const run = await current.catch(() => null);
        await run?.close();
      } finally {
        onDisposed();
      }
    },
  };
}
