import { AppError } from '../../shared/errors/app-error.ts';
import type { OpenMode } from '../engine/engine.ts';
import type { HostDeps } from '../hosting/workbench.ts';
import { type EngineProcess, openEngineProcess } from './engine-process.ts';

/** The engines of this program, by the path of their project. */
export interface Engines {
  /** @throws AppError 'project.*' | 'internal.process-lost' */
  open(deps: HostDeps, path: string, mode: OpenMode): Promise<EngineProcess>;
  /** @throws AppError 'project.none-open' */
  at(path: string): EngineProcess;
  all(): readonly EngineProcess[];
}

export function createEngines(actor: () => string, onLost: (projectId: string) => void): Engines {
  const engines = new Map<string, EngineProcess>();
  return {
    async open(deps, path, mode) {
      const user = () => ({ actor: actor(), threads: deps.threads() });
      const onDisposed = () => engines.delete(path);
      const engine = await openEngineProcess({ deps, user, onLost, onDisposed }, path, mode);
      engines.set(path, engine);
      return engine;
    },
    at(path) {
      const engine = engines.get(path);
      if (engine === undefined) throw new AppError('project.none-open', {});
      return engine;
    },
    all: () => [...engines.values()],
  };
}
