import Database from 'better-sqlite3';
import { MIGRATIONS } from './migrations/index.ts';

export type CheckOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'locked' | 'corrupt'; readonly problem: string };

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** Verifies an untrusted project file: pages first, then that its schema is exactly ours, with no view, trigger or virtual table of somebody's making.
 *  Runs in a process with a deadline, because a hostile schema can keep SQLite busy for ever and SQLite cannot be interrupted from JavaScript. */
export function checkProjectFile(path: string): CheckOutcome {
  let db: Database.Database | undefined;
  try {
    // Read-write, so that a hot journal left by a crash is rolled back before anything is judged.
    db = new Database(path, { fileMustExist: true, timeout: 0 });
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    const findings = db.pragma('quick_check(1)', { simple: true });
    if (findings !== 'ok') return { ok: false, reason: 'corrupt', problem: String(findings) };
    const version = db.pragma('user_version', { simple: true }) as number;
    const difference = schemaDifference(schemaOf(db), expectedSchema(version));
    return difference === null ? { ok: true } : { ok: false, reason: 'corrupt', problem: difference };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const busy = typeof code === 'string' && code.startsWith('SQLITE_BUSY');
    return {
      ok: false,
      reason: busy ? 'locked' : 'corrupt',
      problem: error instanceof Error ? error.message : String(error),
    };
  } finally {
    db?.close();
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
