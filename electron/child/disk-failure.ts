import { AppError } from '../../shared/errors/app-error.ts';

const DISK_FULL = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];

/** A full disk as the error that people read, anything else as it came. The system names the file only of some failures: an empty path is filled in by who knows. */
export function asDiskFailure(error: unknown): unknown {
  const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown };
  if (error instanceof AppError || typeof code !== 'string' || !DISK_FULL.includes(code)) return error;
  return new AppError('project.disk-full', { path: typeof path === 'string' ? path : '' }, { cause: error });
}
