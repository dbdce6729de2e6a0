import { fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from '../../electron/child/is-running.ts';
import { LATEST_VERSION } from '../../electron/engine/db/migrate.ts';
import { openProjectFile } from '../../electron/engine/db/open.ts';
import type { ChildPort, SpawnEntry } from '../../electron/engine/deps.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import type { MutationReport } from '../faults/open-mutated.ts';
import { testDeps } from './testkit.ts';

let folder: string;
let sound: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-hostile-'));
  sound = join(folder, 'sound.csw');
  writeFileSync(
    sound,
    gunzipSync(readFileSync(join(import.meta.dirname, `../golden/projects/v${LATEST_VERSION}.csw.gz`))),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a damaged project (T11)', () => {
  const MUTATIONS = 1500;
  const BATCHES = 3;
  /** Ten times what one file may take. */
  const LIMIT_MS = 20_000;

  async function open(first: number, last: number): Promise<MutationReport> {
    const script = join(import.meta.dirname, '../faults/open-mutated.ts');
    const child = spawn(process.execPath, [script, sound, folder, String(first), String(last)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    expect(await once(child, 'close')).toEqual([0, null]);
    return JSON.parse(output) as MutationReport;
  }

  /** Refusals and what opened; a query of a file that opened may be refused too, but by name. */
  function expectTyped({ codes, changed, untyped, slowestMs }: MutationReport, files: number): void {
    expect({ changed, untyped }).toEqual({ changed: [], untyped: [] });
    const ends = Object.entries(codes).filter(([code]) => !code.includes(' '));
    expect(ends.reduce((sum, [, count]) => sum + count, 0)).toBe(files);
    expect(Object.keys(codes).filter((code) => code.includes('internal.'))).toEqual([]);
    expect(slowestMs).toBeLessThan(LIMIT_MS);
  }

  it(`of ${MUTATIONS} seeded mutations opens or is refused by name, and what is refused stays as it was`, async () => {
    let opened = 0;
    for (let batch = 0; batch < BATCHES; batch++) {
      const size = MUTATIONS / BATCHES;
      const report = await open(batch * size, (batch + 1) * size - 1);
      expectTyped(report, size);
      opened += report.codes.opened ?? 0;
    }
    expect(opened).toBeGreaterThan(MUTATIONS / 20);
    expect(opened).toBeLessThan(MUTATIONS * 0.6);
  });

  it('cut off at, just before and just after every page is refused by name', async () => {
    const pages = statSync(sound).size / 16_384;
    const cuts = pages * 3 - 2;
    const report = await open(-cuts, -1);
    expectTyped(report, cuts);
    expect(report.codes.opened ?? 0).toBe(0);
  });
});

describe('a hostile project (T12)', () => {
  const recursive = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT';
  const schemas: [string, string, RegExp][] = [
    [
      'a table swapped for a view without end',
      `DROP TABLE job; CREATE VIEW job AS ${recursive} x AS id FROM n`,
      /view job/,
    ],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON job BEGIN DELETE FROM audit; END', /trigger t/],
    ['a virtual table', 'CREATE VIRTUAL TABLE f USING fts5(x)', /table f/],
    ['a generated column', 'ALTER TABLE project ADD COLUMN g TEXT AS (hex(zeroblob(100000000)))', /table project/],
    [
      'a constraint that takes for ever to check',
      `ALTER TABLE source_row RENAME TO old;
       CREATE TABLE source_row (dataset INTEGER NOT NULL, row INTEGER NOT NULL, cells TEXT NOT NULL CHECK (length(replace(hex(zeroblob(90000000)), '0', 'x')) > 0), PRIMARY KEY (dataset, row)) STRICT, WITHOUT ROWID;
       PRAGMA ignore_check_constraints = ON; INSERT INTO source_row SELECT * FROM old; DROP TABLE old`,
      /table source_row/,
    ],
    ['an index of an expression', 'CREATE INDEX i ON project (abs(only))', /index i/],
  ];
  it.each(schemas)('with %s is refused before anything of it is asked', async (_what, sql, problem) => {
    const path = join(folder, 'hostile.csw');
    copyFileSync(sound, path);
    const db = new Database(path);
    db.exec(sql);
    db.close();
    await expectRefused(
      path,
      { code: 'project.corrupt', params: { path, problem: expect.stringMatching(problem) } },
      1,
    );
  });

  const headers: [string, (header: Buffer) => void, string][] = [
    ['a page size of 64 KiB', (header) => header.writeUInt16BE(1, 16), 'project.corrupt'],
    ['a write-ahead log', (header) => header.fill(2, 18, 20), 'project.corrupt'],
    ['another application', (header) => header.writeUInt32BE(0x47504b47, 68), 'project.not-a-project'],
    ['a newer version', (header) => header.writeUInt32BE(LATEST_VERSION + 1, 60), 'project.newer-than-app'],
  ];
  it.each(headers)('whose header tells of %s is refused without SQLite', async (_what, change, code) => {
    const path = join(folder, 'header.csw');
    const bytes = readFileSync(sound);
    change(bytes);
    writeFileSync(path, bytes);
    await expectRefused(path, { code }, 0);
  });

  async function expectRefused(path: string, error: object, checks: number): Promise<void> {
    const before = hashOf(path);
    const names = readdirSync(folder);
    const spawned: SpawnEntry[] = [];
    const deps = testDeps({
      spawn(entry) {
        spawned.push(entry);
        return forkEntry(entry);
      },
    });
    await expect(openProjectFile(deps, path)).rejects.toMatchObject(error);
    expect({ spawned, hash: hashOf(path), names: readdirSync(folder) }).toEqual({
      spawned: Array.from({ length: checks }, () => 'check'),
      hash: before,
      names,
    });
  }

  it('that keeps its check busy is refused at the deadline, and the process is gone', async () => {
    let pid = 0;
    const deps = testDeps({
      spawn(): ChildPort {
        const child = fork(new URL('../faults/spin.ts', import.meta.url), [], { execArgv: [] });
        pid = child.pid ?? 0;
        return {
          send: (message) => child.send(message as object),
          onMessage: () => () => undefined,
          onExit: () => () => undefined,
          kill: () => child.kill('SIGKILL'),
        };
      },
    });
    await expect(openProjectFile(deps, sound, null, { checkBaseSeconds: 1 })).rejects.toMatchObject({
      code: 'project.check-timeout',
    });
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});
