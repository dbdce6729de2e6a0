import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { applyKey, type ProjectKey } from './project-key.ts';

const PAGE_SIZE_AT = 16;
/** A stored page size of 1 stands for 65,536, which two bytes cannot hold. */
const LARGEST_PAGE = 65_536;
/** A rollback journal is segments, each a header of one sector and then records of page number, page and checksum. @source sqlite.org/fileformat2.html#the_rollback_journal */
const JOURNAL = {
  magic: 'd9d505f920a163d7',
  headerBytes: 28,
  recordsAt: 8,
  sectorAt: 20,
  numberBytes: 4,
  checksumBytes: 4,
};

/** Whether a key opens a file, found on a copy of its first page, whose authentication code only the right key makes hold.
 *  SQLite would first undo what a crash left half done, and would cut the file to its earlier length even under a wrong key.
 *  Where a loss of power tore the first page, its earlier state in the journal counts too. */
export function keyOpens(path: string, key: ProjectKey): boolean {
  const page = firstPage(path);
  return opensPage(page, key) || journalledFirstPages(path, page.length).some((earlier) => opensPage(earlier, key));
}

function firstPage(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const page = Buffer.alloc(LARGEST_PAGE);
    const read = readSync(file, page, 0, LARGEST_PAGE, 0);
    const stored = page.readUInt16BE(PAGE_SIZE_AT);
    return page.subarray(0, Math.min(read, stored === 1 ? LARGEST_PAGE : stored));
  } finally {
    closeSync(file);
  }
}

/** The first page as a hot journal kept it. */
function journalledFirstPages(path: string, pageBytes: number): Buffer[] {
  const journal = `${path}-journal`;
  if (!existsSync(journal)) return [];
  const file = openSync(journal, 'r');
  const found: Buffer[] = [];
  try {
    const header = Buffer.alloc(JOURNAL.headerBytes);
    const record = Buffer.alloc(JOURNAL.numberBytes + pageBytes + JOURNAL.checksumBytes);
    const fill = (buffer: Buffer, at: number) => readSync(file, buffer, 0, buffer.length, at) === buffer.length;
    let at = 0;
    while (fill(header, at) && header.toString('hex', 0, JOURNAL.recordsAt) === JOURNAL.magic) {
      const sector = Math.max(JOURNAL.headerBytes, header.readUInt32BE(JOURNAL.sectorAt));
      const records = header.readUInt32BE(JOURNAL.recordsAt);
      at += sector;
      for (let i = 0; i < records && fill(record, at); i++, at += record.length) {
        if (record.readUInt32BE(0) !== 1) continue;
        found.push(Buffer.from(record.subarray(JOURNAL.numberBytes, JOURNAL.numberBytes + pageBytes)));
      }
      at = Math.ceil(at / sector) * sector;
    }
  } finally {
    closeSync(file);
  }
  return found;
}

function opensPage(page: Uint8Array, key: ProjectKey): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'success-workbench-key-'));
  try {
    const copy = join(folder, 'page');
    writeFileSync(copy, page, { mode: 0o600 });
    const db = new Database(copy, { readonly: true });
    try {
      applyKey(db, key);
      db.pragma('user_version');
      return true;
    } catch (error) {
      // A first page alone is a damaged database, but one that was read: only a wrong key makes it none at all.
      return (error as { code?: unknown }).code !== 'SQLITE_NOTADB';
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
