import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../child/is-running.ts';

const PREFIX = 'success-workbench-';
const OURS = new RegExp(`^${PREFIX}(?:upload|print)-(\\d+)-`);

/** A private temporary folder that names its process, so that the next start knows whether anybody still needs it. */
export function temporaryFolder(purpose: 'upload' | 'print'): string {
  return mkdtempSync(join(tmpdir(), `${PREFIX}${purpose}-${process.pid}-`));
}

/** Deletes what killed processes left behind: it is of customers' data. */
export function removeAbandonedFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = OURS.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: not ours to delete.
    }
  }
}
