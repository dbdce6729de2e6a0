import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { extname, join } from 'node:path';
import type { ChildPort, SpawnEntry } from '../engine/deps.ts';
import type { Log } from './log.ts';

const SOURCE_ENTRIES: Record<SpawnEntry, string> = {
  worker: '../worker/entry.ts',
  compute: '../compute/entry.ts',
  check: '../engine/db/check-entry.ts',
  'package-check': '../package-check/entry.ts',
};

/** What a child may know of our environment: nothing that a person or another program put there for other ends. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LANG',
  'LC_ALL',
  'TZ',
  'LD_LIBRARY_PATH',
  // Which Vulkan driver WebGPU uses.
  'VK_ICD_FILENAMES',
  'XDG_RUNTIME_DIR',
];

/** The environment of a child process. From 1.29 on ONNX Runtime reports home unless told not to; the variable stands though our version cannot. */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), ORT_DISABLE_TELEMETRY: '1' };
}

/** Entries lie beside this module when bundled, in their own folders in source. */
function entryPath(entry: SpawnEntry): string {
  return extname(import.meta.filename) === '.ts'
    ? join(import.meta.dirname, SOURCE_ENTRIES[entry])
    : join(import.meta.dirname, `${entry}.cjs`);
}

const printToTerminal: Log = ({ what, detail }) => process.stderr.write(`${what}: ${detail ?? ''}\n`);

/** Starts a child process with Node itself, for hosts outside Electron. */
export function forkEntry(entry: SpawnEntry, log: Log = printToTerminal): ChildPort {
  const child = fork(entryPath(entry), [], {
    serialization: 'advanced',
    execPath: process.execPath,
    execArgv: [],
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  logOutput(child, entry, log);
  lowerPriority(child.pid);
  return portOf(child, entry, log);
}

/** What a child prints would spoil the output of the terminal, so it goes to the log. */
function logOutput(child: ChildProcess, entry: SpawnEntry, log: Log): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream
      ?.setEncoding('utf8')
      .on('data', (text: string) => log({ level: 'info', what: `output of ${entry}`, detail: text }));
  }
}

/** The screen stays quick while a model trains. */
export function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed in some containers; the work is the same, only less polite.
  }
}

function portOf(child: ChildProcess, entry: SpawnEntry, log: Log): ChildPort {
  const exitListeners = new Set<(code: number | null, signal: string | null) => void>();
  let ended: { readonly code: number | null; readonly signal: string | null } | null = null;
  const end = (code: number | null, signal: string | null) => {
    if (ended !== null) return;
    ended = { code, signal };
    for (const listener of exitListeners) listener(code, signal);
  };
  child.on('error', (error) => {
    log({ level: 'error', what: `process ${entry}`, detail: error.message });
    end(null, null);
  });
  child.on('exit', (code, signal) => {
    // Messages already on the way are delivered before the channel says that it is closed.
    if (child.connected) child.once('disconnect', () => end(code, signal));
    else setImmediate(end, code, signal);
  });
  return {
    send(message) {
      // A child that has gone is reported by its exit.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage(listener) {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit(listener) {
      if (ended !== null) listener(ended.code, ended.signal);
      exitListeners.add(listener);
      return () => exitListeners.delete(listener);
    },
    kill: () => child.kill('SIGKILL'),
  };
}
