import Database from 'better-sqlite3';
import { backUp } from '../../electron/engine/db/backup.ts';
import { migrate } from '../../electron/engine/db/migrate.ts';
import { FUTURE } from './future-migrations.ts';

/** Migrates a project to versions that do not exist yet and is killed at a step of that: `kill-migration.ts PROJECT STEP`. Prints how many steps there were. */
const [path = '', at] = process.argv.slice(2);
const db = new Database(path, { timeout: 0 });
db.pragma('locking_mode = EXCLUSIVE');
db.pragma('foreign_keys = ON');

let count = 0;
const step = (): null => {
  if (++count === Number(at)) process.kill(process.pid, 'SIGKILL');
  return null;
};
// Between the statements of a migration, and before every other statement and pragma.
db.function('fault', step);
const statements = Object.getPrototypeOf(db.prepare('SELECT 1')) as Database.Statement;
const { run } = statements;
statements.run = function (this: Database.Statement, ...values: unknown[]) {
  step();
  return run.apply(this, values);
};
const { pragma } = db;
db.pragma = (source: string, options?: Database.PragmaOptions) => {
  step();
  return pragma.call(db, source, options);
};

const now = () => new Date();
migrate(db, now, (fromVersion) => backUp(db, path, null, fromVersion, now()), FUTURE);
step();
db.close();
console.log(count);
