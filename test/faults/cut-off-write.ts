import Database from 'better-sqlite3';

/** Changes a project in a transaction that has reached the disk in part, and is killed before it ends: `cut-off-write.ts PROJECT`. */
const db = new Database(process.argv[2] ?? '');
// So small that changed pages are written before the transaction ends.
db.pragma('cache_size = 1');
db.exec('BEGIN IMMEDIATE');
db.exec("UPDATE project SET name = 'Half done'");
db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
  INSERT INTO source_row SELECT 99, i, '["' || hex(randomblob(100)) || '"]' FROM n`);
process.kill(process.pid, 'SIGKILL');
