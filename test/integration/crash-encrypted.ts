import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { applyKey } from '../../electron/engine/db/project-key.ts';

/** Dies in a transaction larger than its cache, so that changed pages are in the file and their old state in the journal. The key comes on standard input. */
const bytes = readFileSync(0);
const db = new Database(process.argv[2] ?? '');
applyKey(db, { secret: bytes.subarray(0, 32), salt: bytes.subarray(32) });
db.pragma('locking_mode = EXCLUSIVE');
db.pragma('journal_mode = DELETE');
db.pragma('cache_size = 2');
db.exec('BEGIN IMMEDIATE');
db.exec("UPDATE project SET name = 'changed'");
db.exec("UPDATE source_row SET cells = '[]'");
db.exec('UPDATE source_row SET cells = hex(zeroblob(400))');
process.kill(process.pid, 'SIGKILL');
