import { closeSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError, type AppErrorJson, toAppErrorJson } from '../../../shared/errors/app-error.ts';
import { placeFile, requireRoom } from '../durable-file.ts';
import { partialOf } from '../partial-file.ts';
import { backupsOf, eraseFile, eraseFolder, eraseLeftover, eraseName, overwrite } from './erase.ts';
import { asFileFailure } from './file-failure.ts';
import { PAGE_BYTES } from './header.ts';
import { keyOpens } from './key-check.ts';
import { applyKey, type ProjectKey, rawKeyText, selectCipher } from './project-key.ts';

export interface RewriteRequest {
  readonly path: string;
  readonly from: ProjectKey | null;
  readonly to: ProjectKey | null;
}

export type RewriteOutcome =
  | {
      readonly ok: true;
      /** Whether the readable original was overwritten before it went; null where the original was encrypted. */
      readonly originalOverwritten: boolean | null;
    }
  | { readonly ok: false; readonly error: AppErrorJson };

/** Writes a project anew under another key or none, checks the new file, and only then lets it take the name of the old: at every moment one whole file has that name.
 *  Rekeying in place would not do: a crash would leave pages under both keys, and a journal under neither for certain. */
export function rewriteUnderKey({ path, from, to }: RewriteRequest): RewriteOutcome {
  const partial = partialOf(path);
  try {
    if (from !== null && !keyOpens(path, from)) throw new AppError('project.password-wrong', { path });
    rmSync(partial, { force: true });
    requireRoom(dirname(path), statSync(path).size, path);
    copyUnderKey(path, from, partial, to);
    const originalOverwritten = from === null && to !== null ? replaceReadable(partial, path) : null;
    if (originalOverwritten === null) placeFile(partial, path);
    // Earlier copies open with the earlier password, or with none.
    if (to !== null) {
      for (const backup of backupsOf(path)) {
        if (from === null) eraseFile(backup);
        else rmSync(backup);
      }
    }
    eraseFolder(`${path}-spool`);
    return { ok: true, originalOverwritten };
  } catch (error) {
    return { ok: false, error: toAppErrorJson(asFileFailure(error, path)) };
  } finally {
    rmSync(partial, { force: true });
  }
}

function copyUnderKey(path: string, from: ProjectKey | null, partial: string, to: ProjectKey | null): void {
  // Attached files are opened as this one is: without leave to create, the copy could not begin.
  const db = new Database(path, { timeout: 0 });
  try {
    applyKey(db, from);
    db.pragma('trusted_schema = OFF');
    db.pragma('foreign_keys = OFF');
    db.pragma('temp_store = MEMORY');
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    selectCipher(db);
    const text = to === null ? '' : rawKeyText(to);
    db.prepare('ATTACH ? AS target KEY ?').run(partial, text);
    if (text !== '') (text as Buffer).fill(0);
    db.pragma(`target.page_size = ${PAGE_BYTES}`);
    db.pragma('target.auto_vacuum = INCREMENTAL');
    // The file counts only once it is whole and has its name: until then a journal would only be a second copy.
    db.pragma('target.journal_mode = OFF');
    db.pragma('target.synchronous = OFF');
    for (const name of ['application_id', 'user_version']) {
      db.pragma(`target.${name} = ${db.pragma(`main.${name}`, { simple: true })}`);
    }
    db.exec('BEGIN');
    const tables = copySchema(db);
    for (const table of tables) db.exec(`INSERT INTO target."${table}" SELECT * FROM main."${table}"`);
    db.exec(
      'DELETE FROM target.sqlite_sequence; INSERT INTO target.sqlite_sequence SELECT * FROM main.sqlite_sequence',
    );
    db.exec('COMMIT');
    const counts = rowCounts(db, 'main', tables);
    db.exec('DETACH target');
    verifyCopy(partial, to, tables, counts);
  } finally {
    db.close();
  }
}

/** The tables and indexes of our own migrations, which the check at opening has found to be no others. */
function copySchema(db: Database.Database): string[] {
  const rows = db
    .prepare("SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    .all() as { type: string; name: string; sql: string }[];
  const tables = rows.filter(({ type }) => type === 'table');
  for (const { sql } of [...tables, ...rows.filter(({ type }) => type === 'index')]) {
    db.exec(sql.replace(/^CREATE( UNIQUE)? (TABLE|INDEX) /, 'CREATE$1 $2 target.'));
  }
  return tables.map(({ name }) => name);
}

function rowCounts(db: Database.Database, schema: string, tables: readonly string[]): number[] {
  return tables.map((table) => db.prepare(`SELECT count(*) FROM ${schema}."${table}"`).pluck().get() as number);
}

function verifyCopy(
  partial: string,
  key: ProjectKey | null,
  tables: readonly string[],
  counts: readonly number[],
): void {
  const copy = new Database(partial, { fileMustExist: true, readonly: true });
  try {
    applyKey(copy, key);
    const findings = copy.pragma('quick_check(1)', { simple: true });
    const same = rowCounts(copy, 'main', tables).every((count, i) => count === counts[i]);
    if (findings !== 'ok' || !same) {
      throw new AppError('project.corrupt', { path: partial, problem: same ? String(findings) : 'rows are missing' });
    }
  } finally {
    copy.close();
  }
}

/** Gives the encrypted file the name of the readable one, whose content is then overwritten. A second name keeps it within reach, also of the next start after a crash.
 *  Where the file system knows no second names the open file does, on systems that let a name be replaced while its file is open. */
function replaceReadable(partial: string, path: string): boolean {
  const bytes = statSync(path).size;
  eraseLeftover(path);
  try {
    linkSync(path, eraseName(path));
  } catch {
    return replaceWithoutSecondName(partial, path, bytes);
  }
  placeFile(partial, path);
  eraseFile(eraseName(path));
  return true;
}

function replaceWithoutSecondName(partial: string, path: string, bytes: number): boolean {
  if (process.platform === 'win32') {
    placeFile(partial, path);
    return false;
  }
  const original = openSync(path, 'r+');
  try {
    placeFile(partial, path);
    overwrite(original, bytes);
    return true;
  } finally {
    closeSync(original);
  }
}
