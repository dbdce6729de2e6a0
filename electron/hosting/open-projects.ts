import type { ProjectEvent } from '../../shared/contract/events.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Engine, OpenMode } from '../engine/engine.ts';

export interface OpenProject {
  /** What callers name it by: the project's id, told apart when two copies of one file are open. */
  readonly projectId: string;
  readonly engine: Engine;
}

export interface ProjectSubscriber {
  event(event: ProjectEvent): void;
  closed(): void;
}

/** The open projects of one host. A file opened twice is one project. */
export interface OpenProjects {
  open(path: string, mode: OpenMode): Promise<OpenProject>;
  all(): readonly OpenProject[];
  /** @throws AppError 'project.none-open' */
  get(projectId: string): OpenProject;
  /** @throws AppError 'project.none-open' */
  subscribe(projectId: string, subscriber: ProjectSubscriber): () => void;
  /** @throws AppError 'project.none-open' */
  close(projectId: string): Promise<void>;
  closeAll(): Promise<void>;
}

export function createOpenProjects(openEngine: (path: string, mode: OpenMode) => Promise<Engine>): OpenProjects {
  const byPath = new Map<string, Promise<OpenProject>>();
  const byId = new Map<string, OpenProject>();
  const subscribers = new Map<string, Set<ProjectSubscriber>>();
  let closing = false;

  const freeId = (wanted: string): string => {
    let id = wanted;
    for (let copy = 2; byId.has(id); copy++) id = `${wanted}-${copy}`;
    return id;
  };
  const open = async (path: string, mode: OpenMode): Promise<OpenProject> => {
    const engine = await openEngine(path, mode);
    const project = { projectId: freeId(engine.projectId), engine };
    byId.set(project.projectId, project);
    return project;
  };
  const get = (projectId: string): OpenProject => {
    const project = byId.get(projectId);
    if (project === undefined) throw new AppError('project.none-open', {});
    return project;
  };
  const close = async (project: OpenProject): Promise<void> => {
    byId.delete(project.projectId);
    for (const subscriber of subscribers.get(project.projectId) ?? []) subscriber.closed();
    subscribers.delete(project.projectId);
    try {
      await project.engine.dispose();
    } finally {
      byPath.delete(project.engine.path);
    }
  };

  return {
    open(path, mode) {
      if (closing) return Promise.reject(new AppError('project.none-open', {}));
      const known = byPath.get(path);
      if (known !== undefined) {
        return mode.type === 'open' ? known : Promise.reject(new AppError('project.exists', { path }));
      }
      const opening = open(path, mode);
      byPath.set(path, opening);
      opening.catch(() => byPath.delete(path));
      return opening;
    },
    all: () => [...byId.values()],
    get,
    subscribe(projectId, subscriber) {
      const { engine } = get(projectId);
      const all = subscribers.get(projectId) ?? new Set();
      subscribers.set(projectId, all.add(subscriber));
      const stop = engine.subscribe((event) => subscriber.event(event));
      return () => {
        all.delete(subscriber);
        stop();
      };
    },
    close: (projectId) => close(get(projectId)),
    async closeAll() {
      closing = true;
      await Promise.allSettled(byPath.values());
      const results = await Promise.allSettled([...byId.values()].map(close));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
