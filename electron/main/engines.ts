import { AppError } from '../../shared/errors/app-error.ts';
import type { OpenMode } from '../engine/engine.ts';
import type { HostDeps } from '../hosting/workbench.ts';
import { type EngineProcess, openEngineProcess } from './engine-process.ts';
import type { Hang } from './hang.ts';

/** The engines of this program, by the path of their project. */
export interface Engines {
  /** @throws AppError 'project.*' | 'internal.process-lost' */
  open(deps: HostDeps, path: string, mode: OpenMode): Promise<EngineProcess>;
  /** @throws AppError 'project.none-open' */
  at(path: string): EngineProcess;
  all(): readonly EngineProcess[];
  /** Told when the engine of a project does not answer. */
  watch(listener: (path: string, hang: Hang) => void): void;
}

export function createEngines(actor: () => string, onLost: (projectId: string) => void): Engines {
  const engines = new Map<string, EngineProcess>();
  const watchers = new Set<(path: string, hang: Hang) => void>();
  return {
    async open(deps, path, mode) {
      const user = () => ({ actor: actor(), threads: deps.threads(), provider: deps.provider() });
      const onDisposed = () => engines.delete(path);
      const onHang = (hang: Hang) => {
        for (const watcher of watchers) watcher(path, hang);
      };
      const engine = await openEngineProcess({ deps, user, onHang, onLost, onDisposed }, path, mode);
      engines.set(path, engine);
      return engine;
    },
    at(path) {
      const engine = engines.get(path);
      if (engine === undefined) throw new AppError('project.none-open', {});
      return engine;
    },
    all: () => [...engines.values()],
    watch: (listener) => void watchers.add(listener),
  };
}
