import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LATEST_VERSION, migrate } from '../../electron/engine/db/migrate.ts';
import { MIGRATIONS } from '../../electron/engine/db/migrations/index.ts';
import { createProjectFile, openProjectFile } from '../../electron/engine/db/open.ts';
import { createProjectStore } from '../../electron/engine/project-store.ts';
import { createRng } from '../../shared/rng.ts';
import { testDeps } from './testkit.ts';

let folder: string;
let path: string;
const deps = testDeps();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-file-'));
  path = join(folder, 'project.csw');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function createWithRows(rows: number): void {
  const file = createProjectFile(deps, path);
  const store = createProjectStore(file.db);
  store.project.create({ id: 'p', name: 'n', customer: 'c', period: 'q', sample: false, createdAt: '2026-01-01' });
  store.rows.insertBatch(
    1,
    0,
    Array.from({ length: rows }, (_, i) => [`text ${i} ${'x'.repeat(50)}`]),
  );
  file.close();
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('project file', () => {
  it('carries its application id, its version, a rollback journal and full synchronisation', async () => {
    createWithRows(1);
    const header = readFileSync(path);
    expect({ id: header.toString('latin1', 68, 72), version: header.readUInt32BE(60), journal: header[18] }).toEqual({
      id: 'CSW1',
      version: LATEST_VERSION,
      journal: 1,
    });
    const file = await openProjectFile(deps, path);
    expect([file.db.pragma('synchronous', { simple: true }), file.db.pragma('journal_mode', { simple: true })]).toEqual(
      [2, 'delete'],
    );
    file.close();
  });

  it('M1: every migration ran, in order, with the hash of its text', () => {
    createWithRows(0);
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT id, name FROM migration ORDER BY id').all();
    db.close();
    expect(rows).toEqual(MIGRATIONS.map(({ id, name }) => ({ id, name })));
  });

  it('M2: a history that was edited is refused by name', () => {
    createWithRows(0);
    const db = new Database(path);
    db.prepare("UPDATE migration SET sha256 = 'other' WHERE id = 1").run();
    expect(() =>
      migrate(
        db,
        () => new Date(0),
        () => undefined,
      ),
    ).toThrow(/project.history-edited.*create-project/);
    db.close();
  });

  it('M3: a migration that fails leaves the version before it intact', () => {
    createWithRows(3);
    const db = new Database(path);
    const bad = { id: LATEST_VERSION + 1, name: 'bad', sql: 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);' };
    let backedUp = 0;
    expect(() =>
      migrate(
        db,
        () => new Date(0),
        () => (backedUp += 1),
        [...MIGRATIONS, bad],
      ),
    ).toThrow(/nowhere/);
    expect([db.pragma('user_version', { simple: true }), backedUp]).toEqual([LATEST_VERSION, 1]);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'").get()).toEqual({ n: 0 });
    db.close();
  });

  it('refuses to create over a file that is there', () => {
    writeFileSync(path, 'somebody’s notes');
    expect(() => createProjectFile(deps, path)).toThrow(/project.exists/);
    expect(readFileSync(path, 'utf8')).toBe('somebody’s notes');
  });

  it.each([
    ['nothing', null, /project.not-found/],
    ['an empty file', Buffer.alloc(0), /project.not-a-project/],
    ['a text file', Buffer.from('hello '.repeat(100)), /project.not-a-project/],
  ])('refuses %s', async (_what, bytes, error) => {
    if (bytes !== null) writeFileSync(path, bytes);
    await expect(openProjectFile(deps, path)).rejects.toThrow(error);
  });

  it('refuses another program’s database and leaves it as it was', async () => {
    const db = new Database(path);
    db.exec('CREATE TABLE t (x)');
    db.close();
    const before = hashOf(path);
    await expect(openProjectFile(deps, path)).rejects.toThrow(/project.not-a-project/);
    expect(hashOf(path)).toBe(before);
  });

  it('refuses a project of a newer version, naming both versions', async () => {
    createWithRows(0);
    const db = new Database(path);
    db.pragma(`user_version = ${LATEST_VERSION + 3}`);
    db.close();
    await expect(openProjectFile(deps, path)).rejects.toMatchObject({
      code: 'project.newer-than-app',
      params: { fileVersion: LATEST_VERSION + 3, appVersion: LATEST_VERSION },
    });
  });

  it('refuses a table that is missing', async () => {
    createWithRows(1);
    const db = new Database(path);
    db.exec('DROP TABLE audit');
    db.close();
    await expect(openProjectFile(deps, path)).rejects.toMatchObject({ code: 'project.corrupt' });
  });

  it('names the owner to a second opener and is free again when the first is killed', async () => {
    createWithRows(2);
    const holder = fork(new URL('./hold-project.ts', import.meta.url), [path], { execArgv: [] });
    await new Promise((resolve, reject) => {
      holder.once('message', resolve);
      holder.once('exit', (code) => reject(new Error(`holder ended with ${code}`)));
    });
    const startedMs = performance.now();
    await expect(openProjectFile(deps, path)).rejects.toMatchObject({
      code: 'project.locked',
      params: { owner: expect.stringContaining(String(holder.pid)) },
    });
    expect(performance.now() - startedMs).toBeLessThan(5000);
    await new Promise((resolve) => {
      holder.removeAllListeners('exit');
      holder.once('exit', resolve);
      holder.kill('SIGKILL');
    });
    const file = await openProjectFile(deps, path);
    expect(createProjectStore(file.db).rows.count(1)).toBe(2);
    file.close();
    expect(existsSync(`${path}.owner.json`)).toBe(false);
  });

  it('a copy of the single file made after SIGKILL in mid-write opens with everything committed', async () => {
    createWithRows(5);
    const writer = fork(new URL('./hold-project.ts', import.meta.url), [path, 'write'], { execArgv: [] });
    await new Promise((resolve) => writer.once('message', resolve));
    await new Promise((resolve) => {
      writer.once('exit', resolve);
      writer.kill('SIGKILL');
    });
    const copy = join(folder, 'copy.csw');
    copyFileSync(path, copy);
    if (existsSync(`${path}-journal`)) copyFileSync(`${path}-journal`, `${copy}-journal`);
    const file = await openProjectFile(deps, copy);
    const store = createProjectStore(file.db);
    expect(store.rows.count(1)).toBe(5);
    expect(store.rows.count(2) % 1000).toBe(0);
    file.close();
  });
});

describe('blob store', () => {
  it('keeps equal chunks once, gives bytes back as they were and sweeps what no artifact names', async () => {
    const file = createProjectFile(deps, path);
    const store = createProjectStore(file.db);
    const rng = createRng(3);
    const bytes = Uint8Array.from({ length: 2_500_000 }, () => rng.int(256));
    const blob = await store.blobs.put(bytes);
    expect(blob).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.compare(store.blobs.get(blob), bytes)).toBe(0);
    const chunks = () => (file.db.prepare('SELECT count(*) AS n FROM chunk').get() as { n: number }).n;
    await store.blobs.put(bytes.slice(0, 1_048_576));
    expect(chunks()).toBe(3);
    store.blobs.sweep();
    expect(chunks()).toBe(0);
    file.close();
  });
});

describe('audit log', () => {
  it('is intact as written and not when an entry was changed, removed or reordered', () => {
    const file = createProjectFile(deps, path);
    const { audit } = createProjectStore(file.db);
    for (const request of ['a', 'b', 'c']) {
      audit.append({ at: '2026-01-01', actor: 'me', request, input: '{}', outcome: 'ok' });
    }
    expect(audit.isIntact()).toBe(true);
    const undo = file.db.prepare("UPDATE audit SET outcome = 'ok' WHERE sequence = 2");
    file.db.exec("UPDATE audit SET outcome = 'no' WHERE sequence = 2");
    expect(audit.isIntact()).toBe(false);
    undo.run();
    expect(audit.isIntact()).toBe(true);
    file.db.exec('DELETE FROM audit WHERE sequence = 2');
    expect(audit.isIntact()).toBe(false);
    file.close();
  });
});
