import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

const ownerSchema = z.object({ pid: z.int(), machine: z.string(), app: z.string(), since: z.string() });
type Owner = z.output<typeof ownerSchema>;

/** The note beside an open project that names who has it. The lock itself is SQLite's: the note only makes its message useful. */
function ownerPath(projectPath: string): string {
  return `${projectPath}.owner.json`;
}

export function writeOwner(projectPath: string, app: string, now: Date): void {
  const owner: Owner = { pid: process.pid, machine: hostname(), app, since: now.toISOString() };
  try {
    writeFileSync(ownerPath(projectPath), JSON.stringify(owner), { mode: 0o600 });
  } catch {
    // A medium that takes the project but no side file: the lock still holds, its message is just less precise.
  }
}

export function readOwner(projectPath: string): { owner: string; since: string } {
  try {
    const found = ownerSchema.parse(JSON.parse(readFileSync(ownerPath(projectPath), 'utf8')));
    return { owner: `${found.app}, ${found.machine}, ${found.pid}`, since: found.since };
  } catch {
    return { owner: '?', since: '?' };
  }
}

export function removeOwner(projectPath: string): void {
  rmSync(ownerPath(projectPath), { force: true });
}
