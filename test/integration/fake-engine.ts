import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Engine, OpenMode } from '../../electron/engine/engine.ts';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { Reply } from '../../shared/contract/reply.ts';

export interface FakeEngine extends Engine {
  readonly calls: { readonly name: string; readonly input: unknown; readonly actor: string }[];
  readonly disposed: boolean;
  /** From now on jobs run that never end. */
  holdIdle(): void;
  listenerCount(): number;
  emit(event: ProjectEvent): void;
}

function passwordOf(mode: OpenMode): string | null {
  const change = mode.type === 'open' ? mode.passwordChange : undefined;
  return change === undefined ? (mode.password ?? null) : change.next;
}

/** An engine that only remembers what it was asked and answers what the test says: for tests of hosts, not of projects. */
export function fakeEngine(
  path: string,
  mode: OpenMode,
  answer: (name: string, input: unknown) => Reply<unknown> | null = () => null,
): FakeEngine {
  const listeners = new Set<(event: ProjectEvent) => void>();
  const calls: FakeEngine['calls'] = [];
  let disposed = false;
  let idle: Promise<void> = Promise.resolve();
  return {
    projectId: randomUUID(),
    path,
    name: mode.type === 'create' ? mode.name : basename(path),
    encrypted: passwordOf(mode) !== null,
    originalOverwritten: null,
    holdIdle() {
      idle = new Promise(() => undefined);
    },
    lock: () => idle,
    unlock: () => undefined,
    opens: async (password) => password === passwordOf(mode),
    calls,
    get disposed() {
      return disposed;
    },
    async call(name, input, actor) {
      calls.push({ name, input, actor });
      return answer(name, input) ?? { ok: true, value: { name, input } };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      disposed = true;
    },
    listenerCount: () => listeners.size,
    emit(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
