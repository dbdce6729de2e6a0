import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { AppError, BugError } from '../../../shared/errors/app-error.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

export const LATEST_VERSION = MIGRATIONS.length;

/** Brings a project file to the latest version, each migration in one transaction with its row and `user_version`.
 *  @throws AppError 'project.newer-than-app' | 'project.history-edited' */
export function migrate(
  db: Database.Database,
  now: () => Date,
  backUp: (fromVersion: number) => void,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  migrations.forEach((migration, index) => {
    if (migration.id !== index + 1) throw new BugError(`migration ids have a gap at ${migration.id}`);
  });
  const version = knownVersion(db, migrations);
  if (version === migrations.length) return;
  if (version > 0) backUp(version);
  for (const migration of migrations.slice(version)) {
    db.transaction(() => {
      db.exec(migration.sql);
      db.prepare('INSERT INTO migration (id, name, sha256, applied_at) VALUES (?, ?, ?, ?)').run(
        migration.id,
        migration.name,
        sqlHash(migration),
        now().toISOString(),
      );
      const broken = db.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new BugError(`migration ${migration.name} breaks ${broken.length} foreign keys`);
      db.pragma(`user_version = ${migration.id}`);
    }).exclusive();
  }
}

/** The version of a file whose history is ours. @throws AppError 'project.newer-than-app' | 'project.history-edited' */
export function knownVersion(db: Database.Database, migrations: readonly Migration[] = MIGRATIONS): number {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new AppError('project.newer-than-app', { fileVersion: version, appVersion: migrations.length });
  }
  if (version > 0) refuseEditedHistory(db, migrations.slice(0, version));
  return version;
}

function refuseEditedHistory(db: Database.Database, expected: readonly Migration[]): void {
  const rows = db.prepare('SELECT id, name, sha256 FROM migration ORDER BY id').all() as {
    id: number;
    name: string;
    sha256: string;
  }[];
  for (const [index, migration] of expected.entries()) {
    const row = rows[index];
    if (row === undefined || row.id !== migration.id || row.sha256 !== sqlHash(migration)) {
      throw new AppError('project.history-edited', { migration: migration.name });
    }
  }
}

function sqlHash(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
