import { openProjectFile } from '../../electron/engine/db/open.ts';
import { createProjectStore } from '../../electron/engine/project-store.ts';
import { testDeps } from './testkit.ts';

/** Holds a project open until it is killed; with `write` it keeps writing batches of a thousand rows. */
const [path, mode] = process.argv.slice(2);
const file = await openProjectFile(testDeps(), path ?? '');
const store = createProjectStore(file.db);
const batch = Array.from({ length: 1000 }, (_, row) => [`row ${row}`]);
const writeForEver = (first: number): void => {
  store.rows.insertBatch(2, first, batch);
  if (first === 0) process.send?.('writing');
  setImmediate(() => writeForEver(first + batch.length));
};
if (mode === 'write') writeForEver(0);
else {
  process.send?.('open');
  setInterval(() => undefined, 1000);
}
