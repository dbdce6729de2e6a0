import type Database from 'better-sqlite3';

/** The file itself, whatever is in it. */
export interface FileRepository {
  /** Writes all that is committed into a new file, without the room that removed data took. An encrypted file stays so, under the same password. */
  copyInto(path: string): void;
  pageCount(): number;
  tables(): readonly string[];
  /** What SQLite finds wrong with a table and its indexes: nothing, or at most `limit` sentences. */
  tableFindings(table: string, limit: number): readonly string[];
  /** Tables whose rows name rows that are not there, with their number. */
  brokenReferences(): readonly { readonly table: string; readonly rows: number }[];
}

export function createFileRepository(db: Database.Database): FileRepository {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  return {
    copyInto: (path) => {
      db.prepare('VACUUM INTO ?').run(path);
    },
    pageCount: () => db.pragma('page_count', { simple: true }) as number,
    tables: () => (tables.all() as { name: string }[]).map(({ name }) => name),
    tableFindings(table, limit) {
      const rows = db.pragma(`integrity_check('${table.replaceAll("'", "''")}')`) as { integrity_check: string }[];
      return rows
        .map((row) => row.integrity_check)
        .filter((finding) => finding !== 'ok')
        .slice(0, limit);
    },
    brokenReferences() {
      const byTable = new Map<string, number>();
      for (const { table } of db.pragma('foreign_key_check') as { table: string }[])
        byTable.set(table, (byTable.get(table) ?? 0) + 1);
      return [...byTable].map(([table, rows]) => ({ table, rows }));
    },
  };
}
