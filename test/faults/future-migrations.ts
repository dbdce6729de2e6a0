import { MIGRATIONS } from '../../electron/engine/db/migrations/index.ts';
import type { Migration } from '../../electron/engine/db/migrations/migration.ts';

const next = MIGRATIONS.length + 1;

/** Our migrations and two more, as later releases may bring them: a table that is rebuilt, and data that is written anew. `fault()` is a step at which a test may strike. */
export const FUTURE: readonly Migration[] = [
  ...MIGRATIONS,
  {
    id: next,
    name: 'rebuild-rows',
    sql: `
      CREATE TABLE row_of_source (dataset INTEGER NOT NULL, row INTEGER NOT NULL, cells TEXT NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (dataset, row)) STRICT, WITHOUT ROWID;
      SELECT fault();
      INSERT INTO row_of_source SELECT dataset, row, cells, length(cells) FROM source_row;
      SELECT fault();
      DROP TABLE source_row;
      SELECT fault();
      ALTER TABLE row_of_source RENAME TO source_row;
      SELECT fault();`,
  },
  {
    id: next + 1,
    name: 'name-projects-anew',
    sql: `
      ALTER TABLE project ADD COLUMN industry TEXT NOT NULL DEFAULT '';
      SELECT fault();
      UPDATE project SET industry = 'bank';
      SELECT fault();`,
  },
];
