import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { ReadOnlyReason } from '../../../shared/contract/project.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { EngineDeps } from '../deps.ts';
import { backUp } from './backup.ts';
import type { CheckOutcome } from './check.ts';
import { checkInProcess } from './check-process.ts';
import { eraseLeftover } from './erase.ts';
import { asFileFailure } from './file-failure.ts';
import { APPLICATION_ID, PAGE_BYTES, readHeader } from './header.ts';
import { knownVersion, LATEST_VERSION, migrate } from './migrate.ts';
import { lockedError, removeOwner, writeOwner } from './owner.ts';
import { applyKey, deriveKey, type ProjectKey, sameKey, spoolKeyOf, wipe } from './project-key.ts';
import { withSharingRetry } from './sharing-retry.ts';

const READ_ONLY_AFTER: Partial<Record<ErrorCode, ReadOnlyReason>> = {
  'project.read-only': 'medium',
  'project.cannot-write': 'medium',
  'project.disk-full': 'disk-full',
};

export interface ProjectFile {
  readonly db: Database.Database;
  /** Under which files beside the project are sealed; null where it is not encrypted. */
  readonly spoolKey: Uint8Array | null;
  /** Why nothing may be written; null where everything may. */
  readonly readOnly: ReadOnlyReason | null;
  /** Checks a copy of this file as a file from anybody is checked. */
  checkCopy(path: string): Promise<CheckOutcome>;
  /** Whether this password is the one that the file was opened with. Of a plain file none is. */
  opens(password: string): Promise<boolean>;
  close(): void;
}

export interface OpenFileOptions {
  /** Leave the file as it is even where it could be written. */
  readonly readOnly?: boolean;
  /** Patience with the check of a small file. */
  readonly checkBaseSeconds?: number;
}

/** Creates a project file, encrypted where there is a key; refuses to touch a file that is there. @throws AppError 'project.exists' | 'project.cannot-write' | 'project.disk-full' */
export function createProjectFile(deps: EngineDeps, path: string, key: ProjectKey | null = null): ProjectFile {
  if (existsSync(path)) throw new AppError('project.exists', { path });
  try {
    mkdirSync(dirname(path), { recursive: true });
    const db = connect(path, key);
    // Page size and vacuum mode must stand before the first table is written.
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma(`application_id = ${APPLICATION_ID}`);
    return prepare(deps, path, db, key);
  } catch (error) {
    throw asFileFailure(error, path);
  }
}

/** Opens a project file that may come from anybody: header, then schema and pages in a killable process, then the lock, then migrations. Nothing is written to a file that is refused.
 *  A file, folder or medium that cannot be written, or a disk without room, is opened read-only, with nothing written beside it.
 *  @throws AppError 'project.not-found' | 'project.not-a-project' | 'project.newer-than-app' | 'project.locked' | 'project.in-use' | 'project.corrupt' | 'project.check-timeout'
 *    | 'project.unfinished-write' | 'project.needs-upgrade' | 'project.password-needed' | 'project.password-wrong' | 'project.not-encrypted' */
export async function openProjectFile(
  deps: EngineDeps,
  path: string,
  password: string | null = null,
  options: OpenFileOptions = {},
): Promise<ProjectFile> {
  const key = await keyFor(path, password);
  const reason: ReadOnlyReason | null = options.readOnly === true ? 'asked' : isWritable(path) ? null : 'medium';
  try {
    const outcome = await checkInProcess(deps, { path, key, readOnly: reason !== null }, options.checkBaseSeconds);
    if (!outcome.ok) throw refusalOf(path, outcome);
    if (reason !== null) return openReadOnly(deps, path, key, reason);
    try {
      return await withSharingRetry(() => prepare(deps, path, connect(path, key, { fileMustExist: true }), key));
    } catch (error) {
      const failure = asFileFailure(error, path);
      // Known only once a write is tried; what is in the file can still be read.
      const fallback = failure instanceof AppError ? READ_ONLY_AFTER[failure.code as ErrorCode] : undefined;
      if (fallback === undefined) throw failure;
      return openReadOnly(deps, path, key, fallback);
    }
  } catch (error) {
    wipe(key);
    throw asFileFailure(error, path);
  }
}

/** Journal and owner note lie beside the file, so the folder counts too. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
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
      return lockedError(path);
    case 'unfinished':
      return new AppError('project.unfinished-write', { path });
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

function guard(db: Database.Database): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('foreign_keys = ON');
  db.pragma('recursive_triggers = ON');
  db.pragma('temp_store = MEMORY');
}

function prepare(deps: EngineDeps, path: string, db: Database.Database, key: ProjectKey | null): ProjectFile {
  try {
    guard(db);
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.pragma('fullfsync = ON');
    db.pragma('secure_delete = ON');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    migrate(
      db,
      () => deps.now(),
      (fromVersion) => backUp(db, path, key, fromVersion, deps.now()),
    );
    proveWritable(db);
    eraseLeftover(path);
  } catch (error) {
    db.close();
    throw error;
  }
  writeOwner(path, `Success Workbench ${deps.appVersion}`, deps.now());
  return fileOf(deps, db, key, null, () => removeOwner(path));
}

/** Writes a page as it is and takes that back, so that a folder that takes no journal shows now and not at the first change. */
function proveWritable(db: Database.Database): void {
  const version = db.pragma('user_version', { simple: true });
  db.exec('BEGIN IMMEDIATE');
  try {
    db.pragma(`user_version = ${version}`);
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** Holds a shared lock while it is open: others may read as well, and nobody changes what is on the screen. */
function openReadOnly(deps: EngineDeps, path: string, key: ProjectKey | null, reason: ReadOnlyReason): ProjectFile {
  const db = connect(path, key, { readonly: true, fileMustExist: true });
  try {
    guard(db);
    const version = knownVersion(db);
    if (version < LATEST_VERSION) {
      throw new AppError('project.needs-upgrade', { fileVersion: version, appVersion: LATEST_VERSION });
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return fileOf(deps, db, key, reason, () => undefined);
}

function fileOf(
  deps: EngineDeps,
  db: Database.Database,
  key: ProjectKey | null,
  readOnly: ReadOnlyReason | null,
  afterClose: () => void,
): ProjectFile {
  const spoolKey = key === null ? null : spoolKeyOf(key);
  let open = true;
  return {
    db,
    spoolKey,
    readOnly,
    checkCopy: (copy) => checkInProcess(deps, { path: copy, key, readOnly: true }),
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
      spoolKey?.fill(0);
      afterClose();
    },
  };
}
