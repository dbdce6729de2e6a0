import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { EngineDeps } from '../deps.ts';
import type { CheckOutcome, CheckRequest } from './check.ts';
import { APPLICATION_ID, readHeader } from './header.ts';
import { LATEST_VERSION, migrate } from './migrate.ts';
import { readOwner, removeOwner, writeOwner } from './owner.ts';
import { applyKey, deriveKey, type ProjectKey, sameKey, wipe } from './project-key.ts';

const PAGE_BYTES = 16_384;
const CHECK_BASE_SECONDS = 20;
/** quick_check reads some hundred MB a second; the deadline grows with the file so that a large honest project is not refused. */
const CHECK_BYTES_PER_SECOND = 50_000_000;
const BACKUPS_KEPT = 3;

export interface ProjectFile {
  readonly db: Database.Database;
  readonly encrypted: boolean;
  /** Whether this password is the one that the file was opened with. Of a plain file none is. */
  opens(password: string): Promise<boolean>;
  close(): void;
}

/** Creates a project file, encrypted where there is a key; refuses to touch a file that is there. @throws AppError 'project.exists' */
export function createProjectFile(deps: EngineDeps, path: string, key: ProjectKey | null = null): ProjectFile {
  if (existsSync(path)) throw new AppError('project.exists', { path });
  mkdirSync(dirname(path), { recursive: true });
  const db = connect(path, key);
  // Page size and vacuum mode must stand before the first table is written.
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma(`application_id = ${APPLICATION_ID}`);
  return prepare(deps, path, db, key);
}

/** Opens a project file that may come from anybody: header, then pages and schema in a killable process, then the lock, then migrations. Nothing is written to a file that is refused.
 *  @throws AppError 'project.not-found' | 'project.not-a-project' | 'project.newer-than-app' | 'project.locked' | 'project.corrupt' | 'project.check-timeout'
 *    | 'project.password-needed' | 'project.password-wrong' | 'project.not-encrypted' */
export async function openProjectFile(
  deps: EngineDeps,
  path: string,
  password: string | null = null,
): Promise<ProjectFile> {
  const key = await keyFor(path, password);
  try {
    const outcome = await checkInProcess(deps, path, key);
    if (!outcome.ok) throw refusalOf(path, outcome);
    return prepare(deps, path, connect(path, key, { fileMustExist: true }), key);
  } catch (error) {
    wipe(key);
    throw error;
  }
}

function connect(path: string, key: ProjectKey | null, options: Database.Options = {}): Database.Database {
  const db = new Database(path, { timeout: 0, ...options });
  applyKey(db, key);
  return db;
}

/** Null for a plain file. */
async function keyFor(path: string, password: string | null): Promise<ProjectKey | null> {
  const header = readHeader(path);
  if (header.type === 'encrypted') {
    if (password === null) throw new AppError('project.password-needed', { path });
    return deriveKey(password, header.salt);
  }
  // Who gives a password believes the file to be encrypted, and must hear that it is not.
  if (password !== null) throw new AppError('project.not-encrypted', { path });
  return null;
}

function refusalOf(path: string, outcome: Exclude<CheckOutcome, { ok: true }>): AppError {
  switch (outcome.reason) {
    case 'locked':
      return new AppError('project.locked', readOwner(path));
    case 'password':
      return new AppError('project.password-wrong', { path });
    case 'foreign':
      return new AppError('project.not-a-project', { path });
    case 'newer':
      return new AppError('project.newer-than-app', { fileVersion: outcome.version, appVersion: LATEST_VERSION });
    case 'corrupt':
      return new AppError('project.corrupt', { path, problem: outcome.problem });
  }
}

function prepare(deps: EngineDeps, path: string, db: Database.Database, key: ProjectKey | null): ProjectFile {
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.pragma('fullfsync = ON');
    db.pragma('foreign_keys = ON');
    db.pragma('recursive_triggers = ON');
    db.pragma('secure_delete = ON');
    db.pragma('temp_store = MEMORY');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    migrate(
      db,
      () => deps.now(),
      (fromVersion) => backUp(db, path, key, fromVersion, deps.now()),
    );
  } catch (error) {
    db.close();
    const code = (error as { code?: unknown }).code;
    if (typeof code === 'string' && code.startsWith('SQLITE_BUSY'))
      throw new AppError('project.locked', readOwner(path));
    if (code === 'SQLITE_FULL') throw new AppError('project.disk-full', { path }, { cause: error });
    if (typeof code === 'string' && code.startsWith('SQLITE_READONLY'))
      throw new AppError('project.read-only', {}, { cause: error });
    throw error;
  }
  writeOwner(path, `Success Workbench ${deps.appVersion}`, deps.now());
  let open = true;
  return {
    db,
    encrypted: key !== null,
    async opens(password) {
      if (key === null) return false;
      const given = await deriveKey(password, key.salt);
      const same = sameKey(given, key);
      wipe(given);
      return same;
    },
    close() {
      if (!open) return;
      open = false;
      db.close();
      wipe(key);
      removeOwner(path);
    },
  };
}

function checkInProcess(deps: EngineDeps, path: string, key: ProjectKey | null): Promise<CheckOutcome> {
  const seconds = CHECK_BASE_SECONDS + Math.ceil(statSync(path).size / CHECK_BYTES_PER_SECOND);
  const child = deps.spawn('check');
  return new Promise<CheckOutcome>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new AppError('project.check-timeout', { path, seconds })), seconds * 1000);
    child.onMessage((message) => {
      clearTimeout(deadline);
      resolve(message as CheckOutcome);
    });
    child.onExit((code, signal) => {
      clearTimeout(deadline);
      resolve({ ok: false, reason: 'corrupt', problem: `check ended with ${signal ?? code}` });
    });
    child.send({ path, key } satisfies CheckRequest);
  }).finally(() => child.kill());
}

/** A verified copy before a migration, under the same key; the newest few are kept. */
function backUp(db: Database.Database, path: string, key: ProjectKey | null, fromVersion: number, now: Date): void {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  const copy = `${path}.v${fromVersion}.${stamp}.bak`;
  db.prepare('VACUUM INTO ?').run(copy);
  const check = connect(copy, key, { readonly: true });
  const findings = check.pragma('quick_check(1)', { simple: true });
  check.close();
  if (findings !== 'ok') throw new AppError('project.corrupt', { path: copy, problem: String(findings) });
  const prefix = `${basename(path)}.v`;
  const older = readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && name.endsWith('.bak'))
    .map((name) => join(dirname(path), name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of older.slice(BACKUPS_KEPT)) rmSync(old);
}
