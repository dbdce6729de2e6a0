import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineDeps } from '../engine/deps.ts';

const LOG_BYTES = 5_000_000;
const DETAIL_CHARACTERS = 8000;

export type Log = EngineDeps['log'];

/** A log of JSON lines in the user's folder; one older file is kept. It holds failures, never data of a project and never a token. */
export function openLog(folder: string, now: () => Date): Log {
  const path = join(folder, 'success-workbench.log');
  return ({ level, what, detail }) => {
    const line = {
      at: now().toISOString(),
      process: process.pid,
      level,
      what,
      detail: detail?.slice(0, DETAIL_CHARACTERS),
    };
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // A folder that cannot be written must not stop the work that is being logged.
    }
  };
}
