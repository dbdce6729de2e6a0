import { closeSync, existsSync, openSync, readdirSync, readSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKPOINT_INDEX } from '../../../shared/worker/training.ts';
import { eraseFolder } from '../db/erase.ts';
import { isHeld } from '../db/owner.ts';
import { ENCRYPTED_MAGIC } from '../db/project-key.ts';

/** The folder in which a job works, beside its project. */
export function spoolFolderOf(projectPath: string, jobId: string): string {
  return join(spoolOf(projectPath), jobId);
}

/** The folder of a job that has laid down a checkpoint, else null. */
export function checkpointFolder(projectPath: string, jobId: string): string | null {
  const folder = spoolFolderOf(projectPath, jobId);
  return existsSync(join(folder, CHECKPOINT_INDEX)) ? folder : null;
}

/** Of a job that is over. */
export function removeSpool(projectPath: string, jobId: string): void {
  rmSync(spoolFolderOf(projectPath, jobId), { recursive: true, force: true });
  removeIfEmpty(spoolOf(projectPath));
}

/** What a job without a checkpoint laid down is made anew when it goes on. Beside an encrypted project it may be readable, as a package is that was being built. */
export function sweepSpool(projectPath: string, encrypted: boolean): void {
  const spool = spoolOf(projectPath);
  for (const jobId of existsSync(spool) ? readdirSync(spool) : []) {
    if (checkpointFolder(projectPath, jobId) !== null) continue;
    if (encrypted) eraseFolder(spoolFolderOf(projectPath, jobId));
    else rmSync(spoolFolderOf(projectPath, jobId), { recursive: true, force: true });
  }
  removeIfEmpty(spool);
}

/** Of a project that nobody has open: what a killed program left readable beside an encrypted one does not wait there until that is opened again. */
export function sweepAbandonedSpool(projectPath: string): void {
  if (!existsSync(spoolOf(projectPath)) || isHeld(projectPath) || !beginsEncrypted(projectPath)) return;
  sweepSpool(projectPath, true);
}

function spoolOf(projectPath: string): string {
  return `${projectPath}-spool`;
}

/** The folder that holds the jobs' own folders goes with the last of them: nobody has to wonder what it is. */
function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function beginsEncrypted(projectPath: string): boolean {
  const start = Buffer.alloc(ENCRYPTED_MAGIC.length);
  const file = openSync(projectPath, 'r');
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.toString('latin1') === ENCRYPTED_MAGIC;
}
