import { AppError } from '../../../shared/errors/app-error.ts';
import { asDiskFailure } from '../../child/disk-failure.ts';
import { lockedError } from './owner.ts';
import { StoredRowError } from './stored-row.ts';

const CANNOT_WRITE = ['SQLITE_CANTOPEN', 'SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS'];
const DAMAGED = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/** A failure of disk, medium or file as the error that people read; anything else as it came. */
export function asFileFailure(error: unknown, path: string): unknown {
  const failure = asDiskFailure(error);
  if (failure instanceof AppError) return failure.code === 'project.disk-full' ? named(failure, path) : failure;
  const options = { cause: error };
  if (error instanceof StoredRowError)
    return new AppError('project.corrupt', { path, problem: error.message }, options);
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  // SQLite refines its codes with an ending: SQLITE_IOERR_FSYNC.
  const is = (family: readonly string[]) => family.some((name) => code === name || code.startsWith(`${name}_`));
  const problem = error instanceof Error ? error.message : code;
  if (is(['SQLITE_READONLY'])) return new AppError('project.read-only', {}, options);
  if (is(CANNOT_WRITE)) return new AppError('project.cannot-write', { path: pathOf(error) ?? path }, options);
  if (is(['SQLITE_BUSY'])) return lockedError(path);
  if (is(DAMAGED)) return new AppError('project.corrupt', { path, problem }, options);
  if (is(['SQLITE_IOERR', 'EIO'])) return new AppError('project.device', { path, problem }, options);
  return error;
}

/** The file that the system names. */
function pathOf(error: unknown): string | null {
  const { path } = error as { path?: unknown };
  return typeof path === 'string' ? path : null;
}

function named(failure: AppError, path: string): AppError {
  const { path: known } = failure.params as { path: string };
  return known === '' ? new AppError('project.disk-full', { path }, { cause: failure.cause }) : failure;
}
