import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Engine, OpenMode } from '../engine/engine.ts';
import { ask } from './job-wait.ts';

export interface OpenProject {
  /** What callers name it by: the project's id, told apart when two copies of one file are open. */
  readonly projectId: string;
  readonly engine: Engine;
}

export interface ProjectSubscriber {
  event(event: ProjectEvent): void;
  closed(): void;
}

/** What a host may know of a project that it holds, a locked one too. */
export interface ProjectStatus {
  readonly path: string;
  readonly locked: boolean;
  /** Whether it has an engine: of a locked project only as long as jobs run. */
  readonly working: boolean;
  /** Resolves once a locked project has no engine any more. */
  readonly parted: Promise<void>;
}

/** The open projects of one host. A file opened twice is one project. */
export interface OpenProjects {
  open(path: string, mode: OpenMode): Promise<OpenProject>;
  /** Files of the open projects, the locked ones too. */
  paths(): readonly string[];
  /** @throws AppError 'project.none-open' | 'project.screen-locked' */
  get(projectId: string): OpenProject;
  /** Null of a project that is not open. */
  status(projectId: string): ProjectStatus | null;
  /** Told whenever a project was opened, locked, unlocked, put under another password or closed. */
  watch(listener: () => void): void;
  /** Waits while the password of the project is being changed. */
  settled(projectId: string): Promise<void>;
  /** @throws AppError 'project.none-open' */
  subscribe(projectId: string, subscriber: ProjectSubscriber): () => void;
  /** Encrypted projects that are open and not locked. */
  unlocked(): readonly string[];
  /** Refuses everything until the password is given again. The engine, and with it the key, goes at once or with the last job that runs.
   *  @throws AppError 'project.none-open' | 'project.not-encrypted' */
  lock(projectId: string): Promise<void>;
  /** @throws AppError 'project.none-open' | 'project.password-wrong' and whatever opening a file can meet */
  unlock(projectId: string, password: string): Promise<OpenProject>;
  /** Closes the engine while its file is put under another password, and opens it again whatever comes of that. Subscribers stay.
   *  @throws AppError 'project.none-open' | 'project.jobs-unfinished' | 'project.password-wrong' and whatever writing and opening a file can meet */
  changePassword(projectId: string, change: PasswordChange): Promise<OpenProject>;
  /** @throws AppError 'project.none-open' */
  close(projectId: string): Promise<void>;
  closeAll(): Promise<void>;
}

export interface PasswordChange {
  /** Null: not encrypted. */
  readonly current: string | null;
  readonly next: string | null;
  readonly actor: string;
}

interface Entry {
  readonly projectId: string;
  readonly path: string;
  /** Null while locked with no job left, and while its file is being changed. */
  engine: Engine | null;
  locked: boolean;
  parted: Promise<void>;
  /** Locking, unlocking, changing and closing wait for one another. */
  turn: Promise<unknown>;
  /** Each with the end of its subscription to the present engine. */
  readonly subscribers: Map<ProjectSubscriber, () => void>;
}

const NOTHING = () => undefined;
/** What a checkpoint does not wait for. */
const DONE: readonly string[] = ['succeeded', 'failed', 'cancelled'];

export function createOpenProjects(openEngine: (path: string, mode: OpenMode) => Promise<Engine>): OpenProjects {
  const byPath = new Map<string, Promise<Entry>>();
  const byId = new Map<string, Entry>();
  const watchers = new Set<() => void>();
  let closing = false;

  const tellWatchers = (): void => {
    for (const watcher of watchers) watcher();
  };
  const freeId = (wanted: string): string => {
    let id = wanted;
    for (let copy = 2; byId.has(id); copy++) id = `${wanted}-${copy}`;
    return id;
  };
  const openEntry = async (path: string, mode: OpenMode): Promise<Entry> => {
    const engine = await openEngine(path, mode);
    const projectId = freeId(engine.projectId);
    const entry: Entry = {
      projectId,
      path: engine.path,
      engine,
      locked: false,
      parted: Promise.resolve(),
      turn: Promise.resolve(),
      subscribers: new Map(),
    };
    byId.set(projectId, entry);
    tellWatchers();
    return entry;
  };
  const find = (projectId: string): Entry => {
    const entry = byId.get(projectId);
    if (entry === undefined) throw new AppError('project.none-open', {});
    return entry;
  };
  const opened = ({ projectId, locked, engine }: Entry): OpenProject => {
    if (locked || engine === null) throw new AppError('project.screen-locked', {});
    return { projectId, engine };
  };
  const follow = ({ engine, subscribers }: Entry): void => {
    for (const subscriber of subscribers.keys()) {
      subscribers.set(subscriber, engine?.subscribe((event) => subscriber.event(event)) ?? NOTHING);
    }
  };
  const unfollow = ({ subscribers }: Entry): void => {
    for (const [subscriber, stop] of subscribers) {
      stop();
      subscribers.set(subscriber, NOTHING);
    }
  };
  const inTurn = <T>(entry: Entry, work: () => Promise<T>): Promise<T> => {
    const result = entry.turn.then(work);
    entry.turn = result.catch(() => undefined);
    return result;
  };
  const disposeEngine = async (entry: Entry): Promise<void> => {
    unfollow(entry);
    const { engine } = entry;
    entry.engine = null;
    await engine?.dispose();
  };
  const close = (entry: Entry): Promise<void> => {
    byId.delete(entry.projectId);
    for (const [subscriber, stop] of entry.subscribers) {
      stop();
      subscriber.closed();
    }
    entry.subscribers.clear();
    tellWatchers();
    return inTurn(entry, () => disposeEngine(entry)).finally(() => byPath.delete(entry.path));
  };

  const unlock = (entry: Entry, password: string): Promise<OpenProject> =>
    inTurn(entry, async () => {
      // Another page may have unlocked it meanwhile; this one has to show that it may, too.
      if (entry.engine === null) entry.engine = await openEngine(entry.path, { type: 'open', password });
      else if (await entry.engine.opens(password)) entry.engine.unlock();
      else throw new AppError('project.password-wrong', { path: entry.path });
      entry.locked = false;
      unfollow(entry);
      follow(entry);
      tellWatchers();
      return opened(entry);
    });

  return {
    async open(path, mode) {
      if (closing) throw new AppError('project.none-open', {});
      const known = byPath.get(path);
      if (known !== undefined) {
        if (mode.type !== 'open') throw new AppError('project.exists', { path });
        const entry = await known;
        if (!entry.locked) return opened(entry);
        if ((mode.password ?? null) === null) throw new AppError('project.password-needed', { path });
        return unlock(entry, mode.password ?? '');
      }
      const opening = openEntry(path, mode);
      byPath.set(path, opening);
      opening.catch(() => byPath.delete(path));
      return opened(await opening);
    },
    get: (projectId) => opened(find(projectId)),
    status(projectId) {
      const entry = byId.get(projectId);
      if (entry === undefined) return null;
      const { path, locked, engine, parted } = entry;
      return { path, locked, working: engine !== null, parted };
    },
    watch: (listener) => void watchers.add(listener),
    async settled(projectId) {
      const entry = byId.get(projectId);
      if (entry !== undefined && entry.engine === null && !entry.locked) await entry.turn;
    },
    paths: () => [...byId.values()].map(({ path }) => path),
    subscribe(projectId, subscriber) {
      const entry = find(projectId);
      entry.subscribers.set(subscriber, NOTHING);
      if (entry.locked) subscriber.event({ type: 'projectLocked' });
      else entry.subscribers.set(subscriber, entry.engine?.subscribe((event) => subscriber.event(event)) ?? NOTHING);
      return () => {
        entry.subscribers.get(subscriber)?.();
        entry.subscribers.delete(subscriber);
      };
    },
    unlocked: () =>
      [...byId.values()]
        .filter(({ locked, engine }) => !locked && engine?.encrypted === true)
        .map(({ projectId }) => projectId),
    async lock(projectId) {
      const entry = find(projectId);
      if (entry.locked) return;
      const { engine } = opened(entry);
      if (!engine.encrypted) throw new AppError('project.not-encrypted', { path: entry.path });
      entry.locked = true;
      const idle = engine.lock();
      unfollow(entry);
      tellWatchers();
      // Jobs may run for hours: nobody waits for them here.
      entry.parted = idle.then(() =>
        inTurn(entry, async () => {
          if (entry.locked && entry.engine === engine) await disposeEngine(entry);
        }),
      );
    },
    unlock: async (projectId, password) => unlock(find(projectId), password),
    async changePassword(projectId, { current, next, actor }) {
      const entry = find(projectId);
      return inTurn(entry, async () => {
        const { engine } = opened(entry);
        if (engine.encrypted !== (current !== null) || (current !== null && !(await engine.opens(current)))) {
          throw new AppError('project.password-wrong', { path: entry.path });
        }
        const jobs = await ask<JobRecord[]>(engine, 'jobs.list', {}, actor);
        const count = jobs.filter(({ state }) => !DONE.includes(state.type)).length;
        if (count > 0) throw new AppError('project.jobs-unfinished', { count });
        await disposeEngine(entry);
        try {
          const passwordChange = { next, actor };
          entry.engine = await openEngine(entry.path, { type: 'open', password: current, passwordChange });
        } catch (error) {
          entry.engine = await openEngine(entry.path, { type: 'open', password: current });
          throw error;
        } finally {
          follow(entry);
          tellWatchers();
        }
        return opened(entry);
      });
    },
    close: (projectId) => close(find(projectId)),
    async closeAll() {
      closing = true;
      await Promise.allSettled(byPath.values());
      const results = await Promise.allSettled([...byId.values()].map(close));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
