import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import type { SpawnEntry } from '../engine/deps.ts';
import { childEnvironment } from '../hosting/fork.ts';
import type { Log } from '../hosting/log.ts';

/** Starts one of our entries as a utility process: in a packaged application no other way of starting Node is left. Entries lie beside this module. */
export function forkUtility(entry: SpawnEntry | 'engine', log: Log): UtilityProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, `${entry}.cjs`), [], {
    env: childEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: `Success Workbench ${entry}`,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => log({ level: 'info', what: `output of ${entry}`, detail: text.toString() }));
  }
  child.on('error', (type, location) =>
    log({ level: 'error', what: `process ${entry}`, detail: `${type} at ${location}` }),
  );
  return child;
}

/** Ends a process at once: the polite signal does not reach one that is busy in native code. */
export function killUtility(child: UtilityProcess): void {
  const { pid } = child;
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  child.kill();
}
