import Database from 'better-sqlite3';
import { openTestProject } from '../integration/testkit.ts';

/** Imports a file into a project and is killed at a statement that changes it, within a transaction or between two: `kill-import.ts PROJECT FILE STATEMENT`. */
const [path = '', file = '', at] = process.argv.slice(2);
const project = await openTestProject(path, { type: 'open' });

let count = 0;
const statements = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Database.Statement;
const { run } = statements;
statements.run = function (this: Database.Statement, ...values: unknown[]) {
  if (++count === Number(at)) process.kill(process.pid, 'SIGKILL');
  return run.apply(this, values);
};

await project.done('demand.importSource', {
  sourceId: `file:${file}`,
  name: 'Cut off',
  kind: 'feedback',
  overrides: {},
  columns: null,
});
await project.engine.dispose();
console.log(count);
