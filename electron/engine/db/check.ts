import Database from 'better-sqlite3';
import { APPLICATION_ID } from './header.ts';
import { keyOpens } from './key-check.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { applyKey, type ProjectKey } from './project-key.ts';

export interface CheckRequest {
  readonly path: string;
  /** Null for a file that is not encrypted. */
  readonly key: ProjectKey | null;
  /** Play back no journal and write nothing. */
  readonly readOnly: boolean;
}

export type CheckOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** `password`: the key does not open the first page, or that page is damaged: the two cannot be told apart.
       *  `unfinished`: a crash left a journal, which a file that may not be written cannot play back. */
      readonly reason: 'locked' | 'unfinished' | 'corrupt' | 'password' | 'foreign';
      readonly problem: string;
    }
  | { readonly ok: false; readonly reason: 'newer'; readonly version: number };

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** Verifies an untrusted project file: that its schema is exactly ours, with no view, trigger, virtual table or constraint of somebody's making, then every page.
 *  The schema comes first because the check of the pages evaluates the constraints that it finds.
 *  Runs in a process with a deadline, because a hostile file can keep SQLite busy for ever and SQLite cannot be interrupted from JavaScript. */
export function checkProjectFile({ path, key, readOnly }: CheckRequest): CheckOutcome {
  let db: Database.Database | undefined;
  try {
    if (key !== null && !keyOpens(path, key)) {
      return { ok: false, reason: isLocked(path, key) ? 'locked' : 'password', problem: 'first page' };
    }
    // Read-write where that is allowed, so that a hot journal left by a crash is rolled back before anything is judged.
    db = new Database(path, { fileMustExist: true, readonly: readOnly, timeout: 0 });
    applyKey(db, key);
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    // Of a plain file the header has told as much already.
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      return { ok: false, reason: 'foreign', problem: 'application_id' };
    }
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > MIGRATIONS.length) return { ok: false, reason: 'newer', version };
    const difference = schemaDifference(schemaOf(db), expectedSchema(version));
    if (difference !== null) return { ok: false, reason: 'corrupt', problem: difference };
    const findings = db.pragma('quick_check(1)', { simple: true });
    return findings === 'ok' ? { ok: true } : { ok: false, reason: 'corrupt', problem: String(findings) };
  } catch (error) {
    return {
      ok: false,
      reason: isBusy(error) ? 'locked' : isUnfinished(error) ? 'unfinished' : 'corrupt',
      problem: error instanceof Error ? error.message : String(error),
    };
  } finally {
    db?.close();
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}

function isUnfinished(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'SQLITE_READONLY_ROLLBACK';
}

/** Whether somebody else has the file; a first page that is being written opens with no key. Reads only, so that a journal is not touched. */
function isLocked(path: string, key: ProjectKey): boolean {
  const db = new Database(path, { readonly: true, timeout: 0 });
  try {
    applyKey(db, key);
    db.pragma('user_version');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    db.close();
  }
}

function schemaOf(db: Database.Database): SchemaRow[] {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all() as SchemaRow[];
}

function expectedSchema(version: number): SchemaRow[] {
  const fresh = new Database(':memory:');
  try {
    for (const migration of MIGRATIONS.slice(0, version)) fresh.exec(migration.sql);
    return schemaOf(fresh);
  } finally {
    fresh.close();
  }
}

function schemaDifference(found: readonly SchemaRow[], expected: readonly SchemaRow[]): string | null {
  const key = (row: SchemaRow) => `${row.type} ${row.name}\n${row.sql ?? ''}`;
  const known = new Set(expected.map(key));
  const stranger = found.find((row) => !known.has(key(row)));
  if (stranger !== undefined) return `unexpected ${stranger.type} ${stranger.name}`;
  const present = new Set(found.map(key));
  const missing = expected.find((row) => !present.has(key(row)));
  return missing === undefined ? null : `missing ${missing.type} ${missing.name}`;
}
