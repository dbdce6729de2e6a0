import { resolve } from 'node:path';
import type { EngineDeps } from '../../electron/engine/deps.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { AppError } from '../../shared/errors/app-error.ts';

/** What hosts give the engine, with real processes and the repository's own models; sources are paths written `file:PATH`. */
export function testDeps(overrides: Partial<EngineDeps> = {}): EngineDeps {
  return {
    spawn: forkEntry,
    resolveSource(sourceId) {
      if (!sourceId.startsWith('file:')) throw new AppError('source.not-found', { sourceId });
      const path = sourceId.slice('file:'.length);
      return { path, name: path.split('/').at(-1) ?? path };
    },
    modelsFolder: resolve(import.meta.dirname, '../../models'),
    appVersion: 'test',
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    threads: () => 2,
    verifyReplies: true,
    log: (entry) => {
      if (entry.level === 'error') console.error(entry.what, entry.detail ?? '');
    },
    ...overrides,
  };
}
