import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from '../../electron/engine/db/backup.ts';
import { LATEST_VERSION, migrate } from '../../electron/engine/db/migrate.ts';
import { FUTURE } from '../faults/future-migrations.ts';
import { openTestProject } from './testkit.ts';

const GOLDEN = join(import.meta.dirname, '../golden/projects');
const HEAD = FUTURE.length;

let folder: string;
let golden: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-migrations-'));
  golden = unpack(`v${LATEST_VERSION}.csw.gz`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function unpack(name: string): string {
  const path = join(folder, name.replace(/\.gz$/, ''));
  writeFileSync(path, gunzipSync(readFileSync(join(GOLDEN, name))));
  return path;
}

/** What is in a file, whichever version it has; a journal that a crash left is played back. */
function contentOf(path: string) {
  const db = new Database(path);
  const one = (sql: string) => db.prepare(sql).pluck().get();
  const version = db.pragma('user_version', { simple: true }) as number;
  const content = {
    version,
    integrity: db.pragma('integrity_check', { simple: true }),
    references: db.pragma('foreign_key_check'),
    history: db.prepare('SELECT id FROM migration ORDER BY id').pluck().all(),
    rows: one('SELECT count(*) FROM source_row'),
    length: version > LATEST_VERSION ? one('SELECT sum(length - length(cells)) FROM source_row') : 0,
    industry: version === HEAD ? one('SELECT industry FROM project') : 'bank',
    halfTable: one("SELECT count(*) FROM sqlite_schema WHERE name = 'row_of_source'"),
  };
  db.close();
  return content;
}

const whole = (version: number) => ({
  version,
  integrity: 'ok',
  references: [],
  history: Array.from({ length: version }, (_, i) => i + 1),
  rows: 3,
  length: 0,
  industry: 'bank',
  halfTable: 0,
});

describe('the golden file of a released version', () => {
  const names = readdirSync(GOLDEN).filter((name) => name.endsWith('.csw.gz'));

  it('is there for every version', () => {
    expect(names.sort()).toEqual(Array.from({ length: LATEST_VERSION }, (_, i) => `v${i + 1}.csw.gz`).sort());
  });

  it.each(names)('%s opens at head with its data, its results, its jobs and an intact audit log', async (name) => {
    const project = await openTestProject(unpack(name), { type: 'open' });
    const overview = await project.call('project.overview', {});
    const [dataset] = await project.call('demand.datasets', {});
    const rows = await project.call('project.rows', { ref: { type: 'dataset', datasetId: 'd1' }, offset: 0, limit: 9 });
    const verified = await project.call('project.verify', {});
    const jobs = await project.call('jobs.list', {});
    await project.engine.dispose();
    expect({
      name: overview.project.name,
      readOnly: overview.project.readOnly,
      dataset: dataset?.dataset.name,
      rows: rows.total,
      intact: verified.intact,
      jobs: jobs.map(({ state }) => state.type),
    }).toEqual({
      name: '某银行',
      readOnly: null,
      dataset: '留言',
      rows: 3,
      intact: true,
      jobs: ['succeeded'],
    });
  });
});

describe('a migration', () => {
  it('that kill -9 strikes at any of its steps leaves a whole file and, of the file before it, a whole backup; the next opening ends it (T6)', async () => {
    const script = join(import.meta.dirname, '../faults/kill-migration.ts');
    const path = join(folder, 'killed', 'bank.csw');
    const backups = () => readdirSync(join(path, '..')).filter((name) => name.endsWith('.bak'));
    const migrateKilledAt = (step: number) => {
      rmSync(join(path, '..'), { recursive: true, force: true });
      mkdirSync(join(path, '..'));
      copyFileSync(golden, path);
      return spawnSync(process.execPath, [script, path, String(step)], { encoding: 'utf8' });
    };
    const through = migrateKilledAt(0);
    expect([through.status, contentOf(path)]).toEqual([0, whole(HEAD)]);
    const steps = Number(through.stdout);
    expect(steps).toBeGreaterThan(15);
    const versions = new Set<number>();
    for (let step = 1; step <= steps; step++) {
      const killed = migrateKilledAt(step);
      expect([step, killed.signal]).toEqual([step, 'SIGKILL']);
      const { version } = contentOf(path);
      versions.add(version);
      expect([step, contentOf(path)]).toEqual([step, whole(version)]);
      for (const name of backups()) {
        expect([step, contentOf(join(path, '..', name))]).toEqual([step, whole(LATEST_VERSION)]);
      }
      if (version > LATEST_VERSION) expect(backups()).toHaveLength(1);
      const db = new Database(path);
      db.function('fault', () => null);
      migrate(
        db,
        () => new Date(),
        (from) => backUp(db, path, null, from, new Date()),
        FUTURE,
      );
      db.close();
      expect([step, contentOf(path)]).toEqual([step, whole(HEAD)]);
      expect(readdirSync(join(path, '..')).filter((name) => name.includes('.partial'))).toEqual([]);
    }
    expect([...versions].sort()).toEqual([LATEST_VERSION, LATEST_VERSION + 1, HEAD]);
    // A backup is a project like any other.
    const backup = join(path, '..', backups()[0] ?? '');
    const project = await openTestProject(backup, { type: 'open' });
    expect((await project.call('project.verify', {})).intact).toBe(true);
    await project.engine.dispose();
  });
});
