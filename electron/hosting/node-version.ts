import { AppError } from '../../shared/errors/app-error.ts';

/** better-sqlite3's binaries need Node-API 10 (they crash older versions), and our sources need type stripping without a flag. */
const NEEDED_MAJOR = 24;

/** @throws AppError 'runtime.node-version' */
export function checkNodeVersion(found: string = process.versions.node): void {
  const major = Number.parseInt(found, 10);
  if (!(major >= NEEDED_MAJOR)) {
    throw new AppError('runtime.node-version', { found, needed: `${NEEDED_MAJOR}` });
  }
}
