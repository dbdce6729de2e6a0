import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const SECRET = 'the name of a customer who asked to be forgotten';
const SOAK = process.env.SOAK === '1';
const KILLS = SOAK ? 50 : 4;
/** Rows of 4 kB: a copy takes long enough to be cut off on the way. */
const BULK_ROWS = 5_000;

let folder: string;
let prepared: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-copy-'));
  prepared = join(folder, 'prepared.csw');
  const project = await openTestProject(prepared, CREATE);
  await importTexts(project, 'kept', 'a text that stays');
  await importTexts(project, 'removed', SECRET);
  await project.call('demand.removeDataset', { datasetId: 'd2' });
  await project.done('report.build', {
    language: 'en',
    sections: null,
    title: '',
    author: '',
    comments: [],
    pdf: false,
  });
  await project.engine.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function importTexts(project: TestProject, name: string, text: string): Promise<void> {
  const file = join(folder, `${name}.csv`);
  const rows = Array.from({ length: 500 }, (_, i) => [i, `${text} ${i}`]);
  writeFileSync(file, csv(['id', 'text'], rows));
  const input = { sourceId: `file:${file}`, name, kind: 'feedback', overrides: {}, columns: null } as const;
  await project.done('demand.importSource', input);
}

let count = 0;
function freshCopy(): { readonly home: string; readonly path: string } {
  const home = join(folder, `case-${++count}`);
  mkdirSync(home);
  const path = join(home, 'bank.csw');
  copyFileSync(prepared, path);
  return { home, path };
}

const reopen = (path: string, password: string | null = null) => openTestProject(path, { type: 'open', password });

describe('a copy to pass on', () => {
  it('holds all that the project holds and nothing that was removed from it, and is itself a project', async () => {
    const { home, path } = freshCopy();
    const project = await reopen(path);
    const artifacts = await project.call('project.artifacts', {});
    const target = join(home, 'for the customer.csw');
    const saved = await project.call('project.saveCopy', { path: target });
    const bytes = readFileSync(target);
    expect(saved).toEqual({
      path: target,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(bytes.includes('a text that stays')).toBe(true);
    expect(bytes.includes(SECRET)).toBe(false);
    expect((await project.call('project.audit', { offset: 0, limit: 1 })).entries[0]).toMatchObject({
      request: 'project.saveCopy',
      outcome: 'ok',
    });
    await project.engine.dispose();
    expect(readdirSync(home).sort()).toEqual(['bank.csw', 'for the customer.csw']);

    const copy = await reopen(target);
    expect(await copy.call('project.artifacts', {})).toEqual(artifacts);
    expect((await copy.call('project.verify', {})).intact).toBe(true);
    await copy.engine.dispose();
  });

  it('takes the place of nothing that is there', async () => {
    const { home, path } = freshCopy();
    const target = join(home, 'there.csw');
    writeFileSync(target, 'somebody’s notes');
    const project = await reopen(path);
    expect((await project.refusal('project.saveCopy', { path: target })).code).toBe('project.exists');
    expect((await project.refusal('project.saveCopy', { path: join(target, 'below.csw') })).code).toBe(
      'project.cannot-write',
    );
    await project.engine.dispose();
    expect(readFileSync(target, 'utf8')).toBe('somebody’s notes');
  });

  it('of an encrypted project is encrypted, under the same password', async () => {
    const path = join(folder, 'secret.csw');
    const project = await openTestProject(path, { ...CREATE, password: 'correct horse' } as typeof CREATE);
    await importTexts(project, 'kept', 'a text that stays');
    const target = join(folder, 'secret copy.csw');
    await project.call('project.saveCopy', { path: target });
    await project.engine.dispose();
    expect(readFileSync(target).includes('a text that stays')).toBe(false);
    await expect(reopen(target)).rejects.toMatchObject({ code: 'project.password-needed' });
    await expect(reopen(target, 'wrong horse')).rejects.toMatchObject({ code: 'project.password-wrong' });
    const copy = await reopen(target, 'correct horse');
    expect(await copy.call('demand.datasets', {})).toHaveLength(1);
    await copy.engine.dispose();
  });

  it(`is there whole or not at all when kill -9 strikes while it grows (T7, ${KILLS} kills)`, async () => {
    const { path } = freshCopy();
    const db = new Database(path);
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${BULK_ROWS})
      INSERT INTO source_row SELECT 1, 1000 + i, '["' || hex(randomblob(2000)) || '"]' FROM n`);
    db.close();
    const whole = statSync(path).size;
    const elsewhere = join(folder, 'stick');
    mkdirSync(elsewhere);
    const target = join(elsewhere, 'copy.csw');
    const rng = createRng(7);
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const enough = Math.floor(whole * rng.float() * 0.95);
      const child = fork(new URL('../faults/save-copy.ts', import.meta.url), [path, target], { execArgv: [] });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.once('message', resolve));
      const partial = join(elsewhere, `.copy.csw.${child.pid}.partial.csw`);
      const sizeOf = () => statSync(partial, { throwIfNoEntry: false })?.size ?? 0;
      while (child.exitCode === null && !existsSync(target) && sizeOf() <= enough)
        await new Promise((resolve) => setImmediate(resolve));
      child.kill('SIGKILL');
      await ended;
      if (existsSync(target)) {
        // The moment was missed: what stands there must then be whole.
        const copy = new Database(target, { readonly: true });
        expect([kill, copy.pragma('integrity_check', { simple: true })]).toEqual([kill, 'ok']);
        copy.close();
        rmSync(target);
      } else {
        cutOff++;
        expect([kill, readdirSync(elsewhere)[0]]).toEqual([kill, `.copy.csw.${child.pid}.partial.csw`]);
      }
      const project = await reopen(path);
      expect([kill, readdirSync(elsewhere)]).toEqual([kill, []]);
      if (kill === KILLS - 1) {
        expect((await project.call('project.verify', {})).intact).toBe(true);
        expect((await project.call('project.saveCopy', { path: target })).bytes).toBe(statSync(target).size);
      }
      await project.engine.dispose();
    }
    expect(cutOff).toBeGreaterThan(KILLS / 2);
  });
});

describe('a verification', () => {
  const damages: [string, string, string][] = [
    ['a byte of a part', 'UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id = 1', 'chunks'],
    ['a missing chunk', 'DELETE FROM blob_chunk', 'parts'],
    ['a figure of a result', "UPDATE artifact SET result = replace(result, '500', '501') WHERE id = 'a1'", 'results'],
    ['an entry of the audit log', "UPDATE audit SET outcome = 'no' WHERE sequence = 2", 'audit'],
    [
      'a reference to nothing',
      "UPDATE current_artifact SET artifact_id = 'a99' WHERE slot LIKE 'report%'",
      'references',
    ],
  ];
  it.each(damages)('finds %s that was changed behind the program', async (_what, sql, check) => {
    const { path } = freshCopy();
    const db = new Database(path);
    db.pragma('foreign_keys = OFF');
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
    // Read-only: opening for writing would sweep what nothing names any more.
    const project = await openTestProject(path, { type: 'open', readOnly: true });
    const found = await project.call('project.verify', {});
    await project.engine.dispose();
    expect(found.intact).toBe(false);
    expect(found.checks.filter(({ problemCount }) => problemCount > 0).map((entry) => entry.check)).toContain(check);
  });

  it('of a sound project counts what it read, tells how far it is, and finds nothing', async () => {
    const { path } = freshCopy();
    const project = await reopen(path);
    const told: string[] = [];
    project.engine.subscribe((event) => {
      if (event.type === 'verifyProgressed') told.push(event.check);
    });
    const found = await project.call('project.verify', {});
    await project.engine.dispose();
    expect([...new Set(told)]).toEqual(found.checks.map(({ check }) => check));
    expect(found).toMatchObject({ intact: true, bytes: statSync(path).size });
    // Two imports, of which one was removed, and a report with its HTML as part.
    const counts = Object.fromEntries(found.checks.map(({ check, count }) => [check, count]));
    expect(counts).toMatchObject({ parts: 1, results: 2, audit: 4 });
  });
});
