import { fork, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APPLICATION_ID } from '../../electron/engine/db/header.ts';
import { openProjectFile } from '../../electron/engine/db/open.ts';
import { type Mount, mountRefusal, runMounted } from '../faults/mounts.ts';
import type { ReadOnlyReport } from '../faults/open-read-only.ts';
import { CREATE, csv, openTestProject, testDeps } from './testkit.ts';

const ROWS = 40;

let folder: string;
let prepared: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-read-only-'));
  prepared = join(folder, 'prepared.csw');
  const file = join(folder, 'messages.csv');
  writeFileSync(
    file,
    csv(
      ['id', 'text'],
      Array.from({ length: ROWS }, (_, i) => [i, `message ${i}`]),
    ),
  );
  const project = await openTestProject(prepared, CREATE);
  await project.done('demand.importSource', {
    sourceId: `file:${file}`,
    name: 'Messages',
    kind: 'feedback',
    overrides: {},
    columns: null,
  });
  await project.engine.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A folder with nothing but the project in it, and another for a copy. */
function freshCopy(): { readonly home: string; readonly path: string; readonly elsewhere: string } {
  const home = join(folder, `case-${++count}`);
  const elsewhere = join(folder, `elsewhere-${count}`);
  for (const made of [home, elsewhere]) mkdirSync(made);
  const path = join(home, 'bank.csw');
  copyFileSync(prepared, path);
  return { home, path, elsewhere };
}

/** Everything can be read, nothing can be changed, a copy can be made, and file and folder are as they were. */
function expectReadOnly(report: ReadOnlyReport, readOnly: string): void {
  expect(report).toEqual({
    readOnly,
    datasets: 1,
    rows: ROWS,
    refusals: ['project.read-only'],
    refused: report.refused,
    intact: true,
    copy: { readOnly: null, name: 'Changed' },
    untouched: true,
  });
  expect(report.refused).toBeGreaterThan(50);
}

describe('a project that cannot be written (T9)', () => {
  const refusal = mountRefusal();
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));

  const media: [string, (at: { home: string; path: string; elsewhere: string }) => Mount[]][] = [
    ['on a read-only medium', ({ home }) => [{ type: 'read-only', at: home }]],
    ['because its file is read-only', ({ path }) => [{ type: 'read-only', at: path }]],
    [
      'because its folder takes no journal',
      ({ home, path }) => [
        { type: 'read-only', at: home },
        { type: 'file', at: path, from: prepared },
      ],
    ],
  ];
  it.each(media)(
    '%s is opened read-only, every change is refused, and nothing is written beside it',
    async (_where, mounts) => {
      const at = freshCopy();
      expectReadOnly(await runMounted('open-read-only.ts', mounts(at), [at.path, at.elsewhere, 'plain']), 'medium');
      expect(readdirSync(at.home)).toEqual(['bank.csw']);
    },
  );

  it('and was cut off while it was written is refused with what to do, for the change cannot be taken back', async () => {
    const { home, path, elsewhere } = freshCopy();
    const writer = fork(new URL('../faults/cut-off-write.ts', import.meta.url), [path], { execArgv: [] });
    await new Promise((resolve) => writer.once('exit', resolve));
    expect(existsSync(`${path}-journal`)).toBe(true);
    const opening = runMounted('open-read-only.ts', [{ type: 'read-only', at: home }], [path, elsewhere, 'plain']);
    await expect(opening).rejects.toThrow(/project\.unfinished-write/);
    // Where it can be written it opens, with the change taken back.
    const file = await openProjectFile(testDeps(), path);
    expect(file.db.prepare('SELECT name FROM project').get()).toEqual({ name: 'Test' });
    file.close();
  });
});

describe('a project opened read-only on request (T9)', () => {
  it('is read whole, refuses every change and stays bit for bit as it was', () => {
    const { path, elsewhere } = freshCopy();
    const script = join(import.meta.dirname, '../faults/open-read-only.ts');
    const run = spawnSync(process.execPath, [script, path, elsewhere, 'asked'], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expectReadOnly(JSON.parse(run.stdout), 'asked');
  });

  it('is open to further readers, and to a writer only when the last has closed it', async () => {
    const { path } = freshCopy();
    const first = await openProjectFile(testDeps(), path, null, { readOnly: true });
    const second = await openProjectFile(testDeps(), path, null, { readOnly: true });
    await expect(openProjectFile(testDeps(), path)).rejects.toMatchObject({ code: 'project.in-use', params: { path } });
    first.close();
    second.close();
    const writer = await openProjectFile(testDeps(), path);
    expect(writer.readOnly).toBeNull();
    await expect(openProjectFile(testDeps(), path, null, { readOnly: true })).rejects.toMatchObject({
      code: 'project.locked',
    });
    writer.close();
  });

  it('shows a job that a crash cut off as interrupted, though that cannot be written down', async () => {
    const { path } = freshCopy();
    const db = new Database(path);
    const progress = '{"fraction":0.5,"phase":"reading","done":1,"total":2,"unit":"rows","rate":null,"etaMs":null}';
    db.prepare('UPDATE job SET state = ?').run(`{"type":"running","progress":${progress}}`);
    db.close();
    const project = await openTestProject(path, { type: 'open', readOnly: true });
    expect((await project.call('jobs.list', {})).map(({ state }) => state)).toEqual([
      { type: 'interrupted', checkpoint: null },
    ]);
    await project.engine.dispose();
  });

  it('is refused where it must be upgraded first', async () => {
    const path = join(folder, 'empty.csw');
    const db = new Database(path);
    db.pragma('page_size = 16384');
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma('user_version = 0');
    db.exec('VACUUM');
    db.close();
    await expect(openProjectFile(testDeps(), path, null, { readOnly: true })).rejects.toMatchObject({
      code: 'project.needs-upgrade',
      params: { fileVersion: 0 },
    });
  });

  it('is refused where it is of a newer version, which may mean other things by the same names', async () => {
    const { path } = freshCopy();
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    await expect(openProjectFile(testDeps(), path, null, { readOnly: true })).rejects.toMatchObject({
      code: 'project.newer-than-app',
      params: { fileVersion: 99 },
    });
  });
});
