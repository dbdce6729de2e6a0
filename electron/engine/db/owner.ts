import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isRunning } from '../../child/is-running.ts';
import { isPartial, removePartial } from '../partial-file.ts';

const ownerSchema = z.object({
  pid: z.int(),
  machine: z.string(),
  app: z.string(),
  since: z.string(),
  /** A copy that is being written, so that what a crash leaves of it is found wherever it lies. */
  copying: z.nullable(z.string()).default(null),
});
type Owner = z.output<typeof ownerSchema>;

/** The note beside an open project that names who has it. The lock itself is SQLite's: the note only makes its message useful. */
function ownerPath(projectPath: string): string {
  return `${projectPath}.owner.json`;
}

function readNote(projectPath: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(ownerPath(projectPath), 'utf8')));
  } catch {
    return null;
  }
}

/** Called by who has the lock: what stands in an older note is of a process that is gone. */
export function writeOwner(projectPath: string, app: string, now: Date): void {
  const abandoned = readNote(projectPath)?.copying ?? null;
  if (abandoned !== null && isPartial(abandoned)) removePartial(abandoned);
  writeNote(projectPath, { pid: process.pid, machine: hostname(), app, since: now.toISOString(), copying: null });
}

/** Notes the unfinished file of a copy, or with null that there is none. */
export function noteCopying(projectPath: string, partial: string | null): void {
  const note = readNote(projectPath);
  if (note !== null) writeNote(projectPath, { ...note, copying: partial });
}

function writeNote(projectPath: string, owner: Owner): void {
  try {
    writeFileSync(ownerPath(projectPath), JSON.stringify(owner), { mode: 0o600 });
  } catch {
    // A medium that takes the project but no side file: the lock still holds, its message is just less precise.
  }
}

/** Why a project whose lock is taken cannot be opened: by its note, where that is of a process that still runs. */
export function lockedError(projectPath: string): AppError {
  const note = readNote(projectPath);
  // Who was killed left a note behind; whoever holds the file now wrote none.
  if (note === null || (note.machine === hostname() && !isRunning(note.pid))) {
    return new AppError('project.in-use', { path: projectPath });
  }
  const { app, machine, pid, since } = note;
  return new AppError('project.locked', { owner: `${app}, ${machine}, ${pid}`, since });
}

export function removeOwner(projectPath: string): void {
  rmSync(ownerPath(projectPath), { force: true });
}

/** Whether a process that still runs, or one of another machine, has noted itself as having this project open. */
export function isHeld(projectPath: string): boolean {
  const note = readNote(projectPath);
  return note !== null && (note.machine !== hostname() || isRunning(note.pid));
}
