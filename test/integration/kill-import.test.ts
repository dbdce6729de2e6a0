import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { CREATE, csv, openTestProject } from './testkit.ts';

const SOAK = process.env.SOAK === '1';
const KILLS = SOAK ? 50 : 6;
const ROWS = SOAK ? 100_000 : 8_000;
const KEPT_ROWS = 300;
/** Statements after the last row: publication, state of the job, audit log. */
const AROUND = 8;

let folder: string;
let path: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-kill-import-'));
  path = join(mkdtempSync(join(folder, 'project-')), 'bank.csw');
  file = join(folder, 'big.csv');
  const rowsOf = (count: number) => Array.from({ length: count }, (_, i) => [i, `the answer number ${i} came late`]);
  writeFileSync(file, csv(['id', 'text'], rowsOf(ROWS)));
  const small = join(folder, 'small.csv');
  writeFileSync(small, csv(['id', 'text'], rowsOf(KEPT_ROWS)));
  const project = await openTestProject(path, CREATE);
  const input = { sourceId: `file:${small}`, name: 'Kept', kind: 'feedback', overrides: {}, columns: null } as const;
  await project.done('demand.importSource', input);
  await project.engine.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts an import that is killed at a statement, counted from its request; null: it goes through, and tells how many there were. */
async function importKilledAt(statement: number | null): Promise<number | null> {
  const script = join(import.meta.dirname, '../faults/kill-import.ts');
  const words = statement === null ? [] : [String(statement)];
  const child = spawn(process.execPath, [script, path, file, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child, 'close');
  return output === '' ? null : Number(output);
}

/** Removes what the import has published, and says how many datasets that was: one, with all its rows, or none. */
async function removeImported(): Promise<number> {
  const project = await openTestProject(path, { type: 'open' });
  const datasets = await project.call('demand.datasets', {});
  const imported = datasets.filter(({ dataset }) => dataset.name === 'Cut off');
  expect(imported.map(({ dataset }) => dataset.rowCount)).toEqual(imported.map(() => ROWS));
  const [job] = await project.call('jobs.list', {});
  expect(job?.state.type).toMatch(imported.length === 1 ? /^(succeeded|interrupted)$/ : /^interrupted$/);
  for (const { id } of imported) await project.call('demand.removeDataset', { datasetId: id });
  expect((await project.call('project.audit', { offset: 0, limit: 1 })).intact).toBe(true);
  await project.engine.dispose();
  return imported.length;
}

it(`an import that kill -9 strikes is there whole or not at all, and leaves nothing (T5, ${KILLS} kills)`, async () => {
  const rng = createRng(5);
  const statements = (await importKilledAt(null)) ?? 0;
  expect(statements).toBeGreaterThan(ROWS);
  expect(await removeImported()).toBe(1);
  let cutOff = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // The last kill finds the import done; of the others half fall among the rows, half among the statements around them.
    const at = kill % 2 === 0 ? 5 + rng.int(ROWS) : statements - rng.int(AROUND);
    const ended = await importKilledAt(at);
    expect([kill, at, ended]).toEqual([kill, at, null]);

    if ((await removeImported()) === 0) cutOff++;
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT dataset, count(*) AS rows FROM source_row GROUP BY dataset').all();
    const integrity = db.pragma('integrity_check', { simple: true });
    db.close();
    expect([kill, rows, integrity, readdirSync(join(path, '..'))]).toEqual([
      kill,
      [{ dataset: 1, rows: KEPT_ROWS }],
      'ok',
      ['bank.csw'],
    ]);
  }
  expect(cutOff).toBeGreaterThanOrEqual(KILLS / 2 - 1);
});
