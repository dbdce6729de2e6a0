import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors/app-error.ts';
import { placeFile, requireRoom } from '../durable-file.ts';
import { applyKey, type ProjectKey } from './project-key.ts';

const BACKUPS_KEPT = 3;
const ENDING = '.bak';
const PARTIAL = `${ENDING}.partial`;
/** SQLite's, of a copy that was cut off. */
const JOURNAL = '-journal';

/** A verified copy before a migration, under the same key, there whole or not at all; the newest few are kept.
 *  Refuses where there is no room for copy and migration. @throws AppError 'project.disk-full' */
export function backUp(
  db: Database.Database,
  path: string,
  key: ProjectKey | null,
  fromVersion: number,
  now: Date,
): void {
  const folder = dirname(path);
  const prefix = `${basename(path)}.v`;
  const named = (ending: string) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(prefix) && name.endsWith(ending))
      .map((name) => join(folder, name));
  // Of a migration that was cut off.
  for (const left of [...named(PARTIAL), ...named(`${PARTIAL}${JOURNAL}`)]) rmSync(left);
  requireRoom(folder, 2 * statSync(path).size, path);
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  const copy = `${path}.v${fromVersion}.${stamp}${ENDING}`;
  const partial = `${path}.v${fromVersion}.${stamp}${PARTIAL}`;
  db.prepare('VACUUM INTO ?').run(partial);
  const check = new Database(partial, { readonly: true });
  applyKey(check, key);
  const findings = check.pragma('quick_check(1)', { simple: true });
  check.close();
  if (findings !== 'ok') throw new AppError('project.corrupt', { path: partial, problem: String(findings) });
  placeFile(partial, copy);
  const older = named(ENDING).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of older.slice(BACKUPS_KEPT)) rmSync(old);
}
