import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { surveyRows } from './planted.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

/** A survey one of whose questions bears a name that a spreadsheet would run. */
const HOSTILE = '=HYPERLINK("http://x.test","app")';
const ITEMS = [HOSTILE, 'price', 'branch'];

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-tables-'));
  project = await openTestProject(join(folder, 'bank.csw'), CREATE);
  const file = join(folder, 'survey.csv');
  writeFileSync(file, csv(['customer', 'segment', 'app', 'price', 'branch', 'overall'], surveyRows()));
  const scale = { min: 1, max: 10, direction: 'higher-better' as const };
  await project.done('demand.importSource', {
    sourceId: `file:${file}`,
    name: 'Survey',
    kind: 'questionnaire',
    overrides: {},
    columns: [
      { id: 'c0', name: 'customer', role: 'respondentId' },
      { id: 'c1', name: 'segment', role: 'segment' },
      ...ITEMS.map((name, i) => ({ id: `c${i + 2}`, name, role: 'item' as const, scale })),
      { id: 'c5', name: 'overall', role: 'outcome', scale },
    ],
  });
});
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const tables = (path: string) =>
  Papa.parse<string[]>(readFileSync(path, 'utf8').slice(1), { skipEmptyLines: true }).data;

it('a step that has found nothing has nothing to export, and leaves no file', async () => {
  const refused = await project.refusal('report.exportTables', { section: 'demand.needs', language: 'en' });
  expect(refused.code).toBe('export.empty');
  expect((await project.refusal('report.exportTables', { section: 'nowhere', language: 'en' })).code).toBe(
    'export.empty',
  );
  expect(existsSync(join(folder, 'bank-exports'))).toBe(false);
});

it('the table of needs goes out with the numbers of its artifact, bounds in columns of their own, names as texts', async () => {
  await project.done('demand.computeNeeds', { resamples: 100, seed: 7 });
  const { folder: place, files } = await project.call('report.exportTables', {
    section: 'demand.needs',
    language: 'en',
  });
  expect(place).toBe(join(folder, 'bank-exports', 'tables'));
  expect(readdirSync(place).sort()).toEqual(files.map(({ name }) => name).sort());
  const [header, ...rows] = tables(join(place, files[0]!.name));
  const at = (title: string) => header!.indexOf(title);
  const needs = (await project.call('demand.needs', {}))!.result.needs.toSorted((a, b) => a.rank - b.rank);
  expect(files[0]?.rows).toBe(needs.length);
  const numbers = rows.map((cells) =>
    ['Weight, interval', 'Weight, interval (low)', 'Weight, interval (high)'].map((title) => Number(cells[at(title)])),
  );
  expect(numbers).toEqual(needs.map(({ weight, low, high }) => [weight, low, high]));
  expect(rows.map((cells) => cells[at('Need')])).toEqual(
    needs.map(({ name }) => (name === HOSTILE ? `'${name}` : name)),
  );
  expect(needs.map(({ name }) => name)).toContain(HOSTILE);
});

it('an export replaces the one before it, stands in the audit log and changes nothing in the project', async () => {
  const before = (await project.call('project.overview', {})).project.dataVersion;
  const first = await project.call('report.exportTables', { section: 'demand.needs', language: 'zh-CN' });
  writeFileSync(join(first.folder, 'demand.needs-zh-CN-99.csv'), 'of an earlier export that had more tables');
  const again = await project.call('report.exportTables', { section: 'demand.needs', language: 'zh-CN' });
  expect(again).toEqual(first);
  expect(readdirSync(first.folder)).not.toContain('demand.needs-zh-CN-99.csv');
  const { entries } = await project.call('project.audit', { offset: 0, limit: 1 });
  expect(entries[0]).toMatchObject({ request: 'report.exportTables', outcome: 'ok' });
  expect((await project.call('project.overview', {})).project.dataVersion).toBe(before);
});

it('the rows behind a need go out whole, under the names of their columns', async () => {
  const ref = {
    type: 'need',
    needId: (await project.call('demand.needs', {}))!.result.needs[0]!.id,
    segment: null,
  } as const;
  const { total } = await project.call('project.rows', { ref, offset: 0, limit: 1 });
  const { folder: place, files } = await project.call('project.exportRows', { ref, title: 'A need', language: 'en' });
  const [header, ...rows] = tables(join(place, files[0]!.name));
  expect([files[0]?.rows, rows.length]).toEqual([total, total]);
  expect(header?.slice(0, 6)).toEqual(['Dataset', 'Row', 'Cleaned text', 'Notes', 'customer', 'segment']);
  expect(header?.[6]).toBe(`'${HOSTILE}`);
});
