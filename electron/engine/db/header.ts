import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { LATEST_VERSION } from './migrate.ts';
import { ENCRYPTED_MAGIC, KEY_VERSION, KEY_VERSION_AT, SALT_BYTES } from './project-key.ts';

/** Page size of every project file: set before its first table, kept by copies. */
export const PAGE_BYTES = 16_384;
/** "CSW1" in the SQLite header tells a project from any other database. */
export const APPLICATION_ID = 0x43535731;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Write version and read version; 1 is a rollback journal, 2 a write-ahead log. */
const JOURNAL_AT = [18, 19];
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;
/** SQLite's header from the page size to the fixed payload fractions stays readable in an encrypted file, and can hold little else. */
const PAGE_SIZE_AT = 16;
const CLEAR_END = 24;
const PAYLOAD_FRACTIONS = [64, 32, 32] as const;

/** What the first bytes tell. Of an encrypted file the rest is known once its key is. */
export type Header = { readonly type: 'plain' } | { readonly type: 'encrypted'; readonly salt: Uint8Array };

/** Reads the first 100 bytes without SQLite and refuses what is not a project of a known version.
 *  @throws AppError 'project.not-found' | 'project.not-a-project' | 'project.newer-than-app' | 'project.corrupt' */
export function readHeader(path: string): Header {
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
  const startsWith = (text: string) => header.toString('latin1', 0, text.length) === text;
  if (read === HEADER_BYTES && startsWith(ENCRYPTED_MAGIC)) return encryptedHeader(path, header);
  const isProject =
    read === HEADER_BYTES && startsWith(MAGIC) && header.readUInt32BE(APPLICATION_ID_AT) === APPLICATION_ID;
  if (!isProject) throw new AppError('project.not-a-project', { path });
  refuseNewer(header.readUInt32BE(USER_VERSION_AT), LATEST_VERSION);
  // Ours are never otherwise, and SQLite would write a log beside a file of journal version 2 before anything is judged.
  if (header.readUInt16BE(PAGE_SIZE_AT) !== PAGE_BYTES || JOURNAL_AT.some((at) => header[at] !== 1)) {
    throw new AppError('project.corrupt', { path, problem: 'page size or journal version in the header' });
  }
  return { type: 'plain' };
}

function encryptedHeader(path: string, header: Buffer): Header {
  refuseNewer(header[KEY_VERSION_AT] ?? 0, KEY_VERSION);
  const pageSize = header.readUInt16BE(PAGE_SIZE_AT);
  const powerOfTwo = pageSize === 1 || (pageSize >= 512 && (pageSize & (pageSize - 1)) === 0);
  const fractions = header.subarray(CLEAR_END - PAYLOAD_FRACTIONS.length, CLEAR_END);
  if (!powerOfTwo || !fractions.equals(Uint8Array.from(PAYLOAD_FRACTIONS))) {
    throw new AppError('project.corrupt', { path, problem: 'header' });
  }
  return { type: 'encrypted', salt: Uint8Array.from(header.subarray(0, SALT_BYTES)) };
}

function refuseNewer(fileVersion: number, appVersion: number): void {
  if (fileVersion > appVersion) throw new AppError('project.newer-than-app', { fileVersion, appVersion });
}
