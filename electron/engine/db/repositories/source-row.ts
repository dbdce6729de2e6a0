import type Database from 'better-sqlite3';

export interface SourceRow {
  readonly row: number;
  /** JSON array of strings, as stored. */
  readonly cells: string;
}

export interface SourceRowRepository {
  insertBatch(dataset: number, firstRow: number, rows: readonly (readonly string[])[]): void;
  /** Rows [from, from + limit) in file order. */
  page(dataset: number, from: number, limit: number): readonly SourceRow[];
  get(dataset: number, row: number): SourceRow | undefined;
  count(dataset: number): number;
  /** Rows whose cells contain a text, at most `limit`; case-insensitive for ASCII. */
  containing(dataset: number, text: string, limit: number): readonly SourceRow[];
  remove(dataset: number): void;
  /** Numbers that have rows, published or not. */
  datasets(): readonly number[];
}

export function createSourceRowRepository(db: Database.Database): SourceRowRepository {
  const insert = db.prepare('INSERT INTO source_row (dataset, row, cells) VALUES (?, ?, ?)');
  const page = db.prepare('SELECT row, cells FROM source_row WHERE dataset = ? AND row >= ? ORDER BY row LIMIT ?');
  const one = db.prepare('SELECT row, cells FROM source_row WHERE dataset = ? AND row = ?');
  const count = db.prepare('SELECT count(*) AS n FROM source_row WHERE dataset = ?');
  const containing = db.prepare(
    "SELECT row, cells FROM source_row WHERE dataset = ? AND cells LIKE ? ESCAPE '\\' ORDER BY row LIMIT ?",
  );
  const remove = db.prepare('DELETE FROM source_row WHERE dataset = ?');
  const datasets = db.prepare('SELECT DISTINCT dataset FROM source_row');
  const insertAll = db.transaction((dataset: number, firstRow: number, rows: readonly (readonly string[])[]) => {
    rows.forEach((cells, index) => {
      insert.run(dataset, firstRow + index, JSON.stringify(cells));
    });
  });
  return {
    insertBatch: (dataset, firstRow, rows) => insertAll(dataset, firstRow, rows),
    page: (dataset, from, limit) => page.all(dataset, from, limit) as SourceRow[],
    get: (dataset, row) => one.get(dataset, row) as SourceRow | undefined,
    count: (dataset) => (count.get(dataset) as { n: number }).n,
    containing: (dataset, text, limit) => {
      const pattern = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      return containing.all(dataset, pattern, limit) as SourceRow[];
    },
    remove: (dataset) => {
      remove.run(dataset);
    },
    datasets: () => (datasets.all() as { dataset: number }[]).map((row) => row.dataset),
  };
}
