import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { EngineDeps } from '../deps.ts';
import type { CheckOutcome } from './check.ts';
import { APPLICATION_ID, checkHeader } from './header.ts';
import { migrate } from './migrate.ts';
import { readOwner, removeOwner, writeOwner } from './owner.ts';

const PAGE_BYTES = 16_384;
const CHECK_BASE_SECONDS = 20;
/** quick_check reads some hundred MB a second; the deadline grows with the file so that a large honest project is not refused. */
const CHECK_BYTES_PER_SECOND = 50_000_000;
const BACKUPS_KEPT = 3;

export interface ProjectFile {
  readonly db: Database.Database;
  close(): void;
}

/** Creates a project file; refuses to touch a file that is there. @throws AppError 'project.exists' */
export function createProjectFile(deps: EngineDeps, path: string): ProjectFile {
  if (existsSync(path)) throw new AppError('project.exists', { path });
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path, { timeout: 0 });
  // Page size and vacuum mode must stand before the first table is written.
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma(`application_id = ${APPLICATION_ID}`);
  return prepare(deps, path, db);
}

/** Opens a project file that may come from anybody: header, then pages and schema in a killable process, then the lock, then migrations. Nothing is written to a file that is refused.
 *  @throws AppError 'project.not-found' | 'project.not-a-project' | 'project.newer-than-app' | 'project.locked' | 'project.corrupt' | 'project.check-timeout' */
export async function openProjectFile(deps: EngineDeps, path: string): Promise<ProjectFile> {
  checkHeader(path);
  const outcome = await checkInProcess(deps, path);
  if (!outcome.ok) {
    if (outcome.reason === 'locked') throw new AppError('project.locked', readOwner(path));
    throw new AppError('project.corrupt', { path, problem: outcome.problem });
  }
  return prepare(deps, path, new Database(path, { fileMustExist: true, timeout: 0 }));
}

function prepare(deps: EngineDeps, path: string, db: Database.Database): ProjectFile {
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
      (fromVersion) => backUp(db, path, fromVersion, deps.now()),
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
    close() {
      if (!open) return;
      open = false;
      db.close();
      removeOwner(path);
    },
  };
}

function checkInProcess(deps: EngineDeps, path: string): Promise<CheckOutcome> {
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
    child.send(path);
  }).finally(() => child.kill());
}

/** A verified copy before a migration; the newest few are kept. */
function backUp(db: Database.Database, path: string, fromVersion: number, now: Date): void {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  const copy = `${path}.v${fromVersion}.${stamp}.bak`;
  db.prepare('VACUUM INTO ?').run(copy);
  const check = new Database(copy, { readonly: true });
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
