import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { LATEST_VERSION } from './migrate.ts';

/** "CSW1" in the SQLite header tells a project from any other database. */
export const APPLICATION_ID = 0x43535731;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** Reads the first 100 bytes without SQLite and refuses what is not a project of a known version.
 *  @throws AppError 'project.not-found' | 'project.not-a-project' | 'project.newer-than-app' */
export function checkHeader(path: string): void {
  const header = Buffer.alloc(HEADER_BYTES);
  let read: number;
  try {
    const file = openSync(path, 'r');
    try {
      read = readSync(file, header, 0, HEADER_BYTES, 0);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new AppError('project.not-found', { path }, { cause });
  }
  const isProject =
    read === HEADER_BYTES &&
    header.toString('latin1', 0, MAGIC.length) === MAGIC &&
    header.readUInt32BE(APPLICATION_ID_AT) === APPLICATION_ID;
  if (!isProject) throw new AppError('project.not-a-project', { path });
  const fileVersion = header.readUInt32BE(USER_VERSION_AT);
  if (fileVersion > LATEST_VERSION) {
    throw new AppError('project.newer-than-app', { fileVersion, appVersion: LATEST_VERSION });
  }
}
