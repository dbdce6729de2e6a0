import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Input } from '../../shared/contract/index.ts';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const ROWS = 100_000;
const WORDS = ['loan', 'card', 'Ｆｅｅ', '转账', '额度'] as const;
const text = (row: number) => `${WORDS[row % WORDS.length]} ${(row * 7919) % ROWS}`;
const COLUMNS: ColumnRole[] = [{ id: 'c0', name: 'note', role: 'text' }];
const REF = { type: 'dataset', datasetId: 'd1' } as const;
/** Ten times what a request may take. */
const LONGEST_MS = 1000;

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-arranged-'));
  project = await openTestProject(join(folder, 'rows.csw'), CREATE);
  const rows = Array.from({ length: ROWS }, (_, row) => [text(row)]);
  writeFileSync(join(folder, 'notes.csv'), csv(['note'], rows));
  await project.done('demand.importSource', {
    sourceId: `file:${join(folder, 'notes.csv')}`,
    name: 'Notes',
    kind: 'feedback',
    overrides: { hasHeader: true },
    columns: COLUMNS,
  });
});
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (how: Partial<Input<'project.rows'>>) =>
  project.call('project.rows', { ref: REF, offset: 0, limit: 5, ...how });
const places = async (how: Partial<Input<'project.rows'>>) => (await ask(how)).rows.map(({ row }) => row);

it('a filter finds what contains its words in any case and width, each page from the same list', async () => {
  const containing = Array.from({ length: ROWS }, (_, row) => row).filter((row) => /^ｆｅｅ .*77/i.test(text(row)));
  const found = await ask({ filter: ' fee', limit: 1000 });
  expect(found.total).toBe(ROWS / WORDS.length);
  const both = await ask({ filter: 'FEE 77', offset: 3, limit: 4 });
  const starting = containing.filter((row) => text(row).startsWith('Ｆｅｅ 77'));
  expect([both.total, both.rows.map(({ row }) => row)]).toEqual([starting.length, starting.slice(3, 7)]);
  expect(await ask({ filter: 'nowhere' })).toEqual({ total: 0, rows: [] });
});

it('texts sort by their numbers as numbers, up and down; equal rows and no order stand as in the file', async () => {
  const smallest = await ask({ filter: 'loan', order: { by: 'text', descending: false } });
  expect(smallest.rows.map((row) => row.cells[0]?.value)).toEqual([
    'loan 0',
    'loan 5',
    'loan 10',
    'loan 15',
    'loan 20',
  ]);
  const largest = await ask({ filter: 'loan', order: { by: 'text', descending: true }, limit: 1 });
  expect(largest.rows[0]?.cells[0]?.value).toBe(`loan ${ROWS - 5}`);
  expect(await places({ order: { by: 'row', descending: true } })).toEqual([1, 2, 3, 4, 5].map((back) => ROWS - back));
  expect(await places({ order: { by: 'notes', descending: true } })).toEqual([0, 1, 2, 3, 4]);
});

it('while a hundred thousand rows are sorted, other requests are answered', async () => {
  let sorted = false;
  const sorting = ask({ order: { by: 'text', descending: false }, filter: ' ' }).then((page) => {
    sorted = true;
    return page;
  });
  let answered = 0;
  let longest = 0;
  while (!sorted) {
    await setImmediate();
    const before = performance.now();
    await project.call('project.overview', {});
    longest = Math.max(longest, performance.now() - before);
    answered++;
  }
  expect((await sorting).total).toBe(ROWS);
  expect(answered).toBeGreaterThan(5);
  expect(longest).toBeLessThan(LONGEST_MS);
});
