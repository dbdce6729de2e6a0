import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface NamespaceTask {
  readonly command: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly controlAddress: string;
}

export interface NamespaceReport {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
  /** What the sink saw of the positive control. */
  readonly control: readonly string[];
  /** What the sink saw of the command: nothing, where it is offline. */
  readonly contacts: readonly string[];
  /** Counted by the kernel for any port, connections within this machine included. */
  readonly connectionsOpened: number;
  readonly connectionsAccepted: number;
  readonly datagramsSent: number;
}

export interface OfflineRun extends NamespaceReport {
  /** Files and folders under the command's HOME afterwards, relative to it. */
  readonly homeEntries: readonly string[];
}

export const CONTROL_NAME = 'positive-control.example';

/** Why no such run is possible here, or null where it is. */
export function offlineRunRefusal(): string | null {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  const tried = spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  if (tried.error !== undefined) return `unshare cannot be started: ${tried.error.message}`;
  return tried.status === 0 ? null : `unshare -rn is not permitted: ${tried.stderr.trim()}`;
}

/** Runs a command in a network namespace of its own, in which every lookup and every connection is caught and written down.
 *  The environment is that of an ordinary user: a HOME of its own, no `CI`, nothing that switches telemetry off. */
export async function runOffline(
  command: readonly string[],
  options: { readonly folder?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<OfflineRun> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'offline-run-'));
  try {
    const home = path.join(scratch, 'home');
    mkdirSync(home);
    const task: NamespaceTask = {
      command,
      folder: options.folder ?? process.cwd(),
      env: {
        PATH: process.env.PATH ?? '',
        LANG: 'C.UTF-8',
        TMPDIR: tmpdir(),
        HOME: home,
        ...options.env,
      },
      controlAddress: `https://${CONTROL_NAME}/`,
    };
    const taskFile = path.join(scratch, 'task.json');
    const reportFile = path.join(scratch, 'report.json');
    writeFileSync(taskFile, JSON.stringify(task));
    const inside = path.join(import.meta.dirname, 'inside-namespace.ts');
    // The sink hears everything, so nothing may stop a process before it reaches the sink.
    const { NODE_OPTIONS: _guard, ...env } = process.env;
    const run = spawn('unshare', ['-rn', process.execPath, inside, taskFile, reportFile], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let problem = '';
    run.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
    const [code] = (await once(run, 'close')) as [number | null];
    if (code !== 0) throw new Error(`The run without a network failed to start (${code}): ${problem}`);
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as NamespaceReport;
    return { ...report, homeEntries: readdirSync(home, { recursive: true, encoding: 'utf8' }).sort() };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
