import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron';
import { AppError, BugError, fromAppErrorJson, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { createLineClient, type LineClient } from '../../shared/line/client.ts';
import type { SpawnEntry } from '../engine/deps.ts';
import type { OpenMode } from '../engine/engine.ts';
import { lowerPriority } from '../hosting/fork.ts';
import type { HostDeps } from '../hosting/workbench.ts';
import type { ConnectMessage, EngineUser, FromEngineProcess, ToEngineProcess } from './engine-messages.ts';
import { createHangWatch, type Hang } from './hang.ts';
import { startHeartbeat } from './heartbeat.ts';
import { linePortOf } from './line-port.ts';
import { forkUtility, killUtility } from './utility.ts';

type Opened = Extract<FromEngineProcess, { type: 'opened' }>;

const ENTRIES: ReadonlySet<SpawnEntry> = new Set(['worker', 'compute', 'check', 'package-check']);
/** Pausing a training waits for the update under way and writes a checkpoint. What takes longer resumes from the last one. */
const CLOSE_LIMIT_MS = 60_000;
/** One that does not answer at all for this long will not pause anything either. */
const CLOSE_SILENCE_MS = 10_000;

/** One life of an engine's process. */
export interface EngineRun {
  readonly projectId: string;
  readonly name: string;
  readonly encrypted: boolean;
  /** Whether this is the password that the project was opened with; false when the process ends meanwhile. */
  opens(password: string): Promise<boolean>;
  readonly originalOverwritten: boolean | null;
  /** Resolves once no job runs, or when the process ends. */
  lock(): Promise<void>;
  unlock(): void;
  /** The main process asks here. */
  readonly line: LineClient;
  /** A port for somebody else to ask, once the process hears it; null where it ends before: a process that was killed is dead for a while before that is known. */
  connect(): Promise<MessagePortMain | null>;
  tell(user: EngineUser): void;
  onNamed(listener: (name: string) => void): void;
  /** Told once, also when it was closed. */
  onExit(listener: () => void): void;
  /** Pauses running jobs and frees the file; a process that does not answer is ended. */
  close(): Promise<void>;
}

/** Starts the process of an engine and opens a project in it; `onHang` is told when it does not answer, also while it opens. @throws AppError 'project.*' | 'internal.process-lost' */
export function startEngine(
  deps: HostDeps,
  user: EngineUser,
  path: string,
  mode: OpenMode,
  onHang: (hang: Hang) => void,
): Promise<EngineRun> {
  const child = forkUtility('engine', deps.log);
  const send = (message: ToEngineProcess, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
  const children = new Map<number, UtilityProcess>();
  const prints = new Map<number, AbortController>();
  const passwords = new Map<number, (opens: boolean) => void>();
  const lines = new Map<number, () => void>();
  let nextId = 1;
  const hangs = createHangWatch(onHang, () => killUtility(child));
  const tickListeners = new Set<(silentMs: number) => void>([hangs.tick]);
  const heart = startHeartbeat(
    () => send({ type: 'ping' }),
    (silentMs) => {
      for (const listener of tickListeners) listener(silentMs);
    },
  );
  let onIdle: () => void = () => undefined;
  const exited = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<EngineRun>();
  const closed = Promise.withResolvers<void>();
  let onNamed: (name: string) => void = () => undefined;

  const layLine = (): { readonly id: number; readonly port: MessagePortMain } => {
    const { port1, port2 } = new MessageChannelMain();
    const id = nextId++;
    send({ type: 'line', id }, [port1]);
    return { id, port: port2 };
  };

  const fork = (id: number, entry: SpawnEntry): void => {
    if (!ENTRIES.has(entry)) throw new BugError(`an engine asked for the process ${entry}`);
    const forked = forkUtility(entry, deps.log);
    children.set(id, forked);
    forked.once('spawn', () => lowerPriority(forked.pid));
    forked.once('exit', (code) => {
      children.delete(id);
      send({ type: 'childExit', id, code });
    });
    const { port1, port2 } = new MessageChannelMain();
    forked.postMessage({ type: 'connect' } satisfies ConnectMessage, [port1]);
    send({ type: 'child', id }, [port2]);
  };

  const print = (id: number, htmlPath: string, pdfPath: string): void => {
    const stop = new AbortController();
    prints.set(id, stop);
    deps
      .printPdf(htmlPath, pdfPath, stop.signal)
      // Aborted: whoever asked has stopped listening.
      .catch((error: unknown) => ({
        type: 'failed' as const,
        reason: 'browser-failed' as const,
        detail: String(error),
      }))
      .then((outcome) => send({ type: 'printed', id, outcome }))
      .finally(() => prints.delete(id));
  };

  const run = ({ projectId, name, encrypted, originalOverwritten }: Opened): EngineRun => ({
    projectId,
    name,
    encrypted,
    originalOverwritten,
    lock() {
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      send({ type: 'lock' });
      return Promise.race([idle, exited.promise]);
    },
    unlock: () => send({ type: 'unlock' }),
    opens(password) {
      const id = nextId++;
      send({ type: 'tryPassword', id, password });
      const tried = new Promise<boolean>((resolve) => passwords.set(id, resolve));
      return Promise.race([tried, exited.promise.then(() => false)]);
    },
    line: createLineClient(linePortOf(layLine().port)),
    connect() {
      const { id, port } = layLine();
      const served = new Promise<MessagePortMain>((resolve) => lines.set(id, () => resolve(port)));
      return Promise.race([served, exited.promise.then(() => null)]);
    },
    tell: (changed) => send({ type: 'user', user: changed }),
    onNamed(listener) {
      onNamed = listener;
    },
    onExit: (listener) => void exited.promise.then(listener),
    async close() {
      const limit = setTimeout(() => killUtility(child), CLOSE_LIMIT_MS);
      const endIfSilent = (silentMs: number) => {
        if (silentMs >= CLOSE_SILENCE_MS) killUtility(child);
      };
      tickListeners.add(endIfSilent);
      endIfSilent(heart.silentMs());
      send({ type: 'close' });
      await Promise.race([closed.promise, exited.promise]);
      clearTimeout(limit);
      killUtility(child);
      await exited.promise;
    },
  });

  child.on('message', (data: unknown) => {
    const message = data as FromEngineProcess;
    switch (message.type) {
      case 'opened':
        opened.resolve(run(message));
        break;
      case 'refused':
        opened.reject(fromAppErrorJson(message.error));
        killUtility(child);
        break;
      case 'idle':
        onIdle();
        break;
      case 'pong':
        heart.beat();
        break;
      case 'named':
        onNamed(message.name);
        break;
      case 'serving':
        lines.get(message.id)?.();
        lines.delete(message.id);
        break;
      case 'spawn':
        fork(message.id, message.entry);
        break;
      case 'kill': {
        const forked = children.get(message.id);
        if (forked !== undefined) killUtility(forked);
        break;
      }
      case 'ask': {
        const { id, about, value } = message;
        const answer = about === 'source' ? deps.resolveSource(value) : deps.resolveTarget(value);
        answer.then(
          (found: unknown) => send({ type: 'answer', id, reply: { ok: true, value: found } }),
          (error: unknown) => send({ type: 'answer', id, reply: { ok: false, error: toAppErrorJson(error) } }),
        );
        break;
      }
      case 'passwordTried':
        passwords.get(message.id)?.(message.opens);
        passwords.delete(message.id);
        break;
      case 'print':
        print(message.id, message.htmlPath, message.pdfPath);
        break;
      case 'stopPrint':
        prints.get(message.id)?.abort();
        break;
      case 'log':
        deps.log(message.entry);
        break;
      case 'closed':
        closed.resolve();
        break;
    }
  });
  child.once('exit', () => {
    // What it had started would go on writing beside the engine that comes next.
    for (const forked of children.values()) killUtility(forked);
    for (const stop of prints.values()) stop.abort();
    heart.stop();
    hangs.end();
    exited.resolve();
    opened.reject(new AppError('internal.process-lost', { process: 'engine' }));
  });

  const { modelsFolder, ownModelsFolder, packFolder, appVersion, packageParts, verifyReplies } = deps;
  const config = { modelsFolder, ownModelsFolder, packFolder, appVersion, packageParts, verifyReplies };
  send({ type: 'open', path, mode, config, user });
  return opened.promise;
}
