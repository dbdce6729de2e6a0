import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const ROOT = join(import.meta.dirname, '..', '..');
const START_MS = 120_000;

export interface StartedWorkbench {
  /** The process of host and engine. */
  readonly pid: number;
  /** The private page that leads to the host; it is removed once the browser has shown its token. */
  readonly redirectFile: string;
  /** Ends it as Ctrl-C would. */
  stop(): Promise<void>;
}

/** Starts the product for the browser as a person does. */
export async function startWorkbench(
  projectsFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StartedWorkbench> {
  const child = spawn(process.execPath, ['scripts/start.ts', '--no-open', '--folder', projectsFolder], {
    cwd: ROOT,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const redirectFile = await redirectFileOf(child);
  return {
    pid: child.pid ?? 0,
    redirectFile,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function redirectFileOf(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const patience = setTimeout(() => reject(new Error(`the workbench did not start:\n${output}`)), START_MS);
    child.on('exit', (code) => reject(new Error(`the workbench ended with ${code}:\n${output}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const path = /^\S+open\.html$/m.exec(output)?.[0];
      if (path === undefined) return;
      clearTimeout(patience);
      resolve(path);
    });
  });
}
