import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkProjectFile } from '../../electron/engine/db/check.ts';
import { createProjectFile, openProjectFile } from '../../electron/engine/db/open.ts';
import { applyKey, deriveKey, newKey, type ProjectKey } from '../../electron/engine/db/project-key.ts';
import { createProjectStore } from '../../electron/engine/project-store.ts';
import { testDeps } from './testkit.ts';

const PASSWORD = '正确 horse battery staple';
const MARKER = 'MARKER-7f3a-标记';
const deps = testDeps();
let key: ProjectKey;
let folder: string;
let path: string;

beforeAll(async () => {
  key = await newKey(PASSWORD);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-encrypted-'));
  path = join(folder, 'project.csw');
  const file = createProjectFile(deps, path, copyOf(key));
  const store = createProjectStore(file.db);
  store.project.create({ id: 'p', name: MARKER, customer: '', period: '', sample: false, createdAt: '2026-01-01' });
  store.rows.insertBatch(
    1,
    0,
    Array.from({ length: 2000 }, (_, i) => [`${MARKER} ${i}`]),
  );
  file.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Closing a file wipes its key. */
const copyOf = ({ secret, salt }: ProjectKey): ProjectKey => ({ secret: Uint8Array.from(secret), salt });
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const codeOf = (given: string | null, file = path) =>
  openProjectFile(deps, file, given).then(
    (open) => {
      open.close();
      return 'opened';
    },
    (error: { code: string }) => error.code,
  );
const withBytes = (at: number, bytes: readonly number[]): string => {
  const copy = join(folder, 'damaged.csw');
  const content = readFileSync(path);
  content.set(bytes, at);
  writeFileSync(copy, content);
  return copy;
};

/** A process that dies in the middle of a transaction whose pages have begun to reach the file. */
function crashInTransaction(): void {
  const script = join(import.meta.dirname, 'crash-encrypted.ts');
  const ended = spawnSync(process.execPath, [script, path], {
    input: Buffer.concat([key.secret, key.salt]),
    encoding: 'utf8',
  });
  expect({ signal: ended.signal, stderr: ended.stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
  expect(existsSync(`${path}-journal`)).toBe(true);
}

describe('encrypted project file', () => {
  it('opens with its password, asks for one where none is given, and is left as it was by a wrong one', async () => {
    const before = hashOf(path);
    expect(await codeOf(null)).toBe('project.password-needed');
    expect(await codeOf('correct horse battery')).toBe('project.password-wrong');
    expect(hashOf(path)).toBe(before);
    const file = await openProjectFile(deps, path, PASSWORD);
    expect([file.spoolKey?.length, createProjectStore(file.db).project.get().name]).toEqual([32, MARKER]);
    expect([await file.opens(PASSWORD), await file.opens('another')]).toEqual([true, false]);
    file.close();
  });

  it('takes a password however the keyboard composes it', async () => {
    const accented = join(folder, 'accented.csw');
    createProjectFile(deps, accented, await newKey('\u00e9t\u00e9 2026')).close();
    expect(await codeOf('e\u0301te\u0301 ２０２６', accented)).toBe('opened');
  });

  it('shows its kind, key version and page size in the clear, and no two files share a salt', async () => {
    const head = readFileSync(path).subarray(0, 24);
    expect([head.toString('latin1', 0, 4), head[4], head.readUInt16BE(16)]).toEqual(['CSWE', 1, 16384]);
    expect(Buffer.from((await newKey(PASSWORD)).salt).equals(key.salt)).toBe(false);
  });

  it('has nothing readable in the file, in the journal of a crash or in a backup', () => {
    crashInTransaction();
    const open = new Database(path);
    applyKey(open, key);
    open.prepare('VACUUM INTO ?').run(`${path}.v1.bak`);
    open.close();
    crashInTransaction();
    for (const file of [path, `${path}-journal`, `${path}.v1.bak`]) {
      const content = readFileSync(file);
      for (const encoding of ['utf8', 'utf16le'] as const) {
        expect([file, encoding, content.includes(Buffer.from(MARKER, encoding))]).toEqual([file, encoding, false]);
      }
    }
  });

  it('survives a crash: a wrong password leaves file and journal alone, the right one brings back the last commit', async () => {
    crashInTransaction();
    const before = [hashOf(path), hashOf(`${path}-journal`)];
    expect(await codeOf('wrong password')).toBe('project.password-wrong');
    expect([hashOf(path), hashOf(`${path}-journal`)]).toEqual(before);
    const file = await openProjectFile(deps, path, PASSWORD);
    expect(createProjectStore(file.db).project.get().name).toBe(MARKER);
    file.close();
  });

  it('takes the first page from the journal where a loss of power tore it', () => {
    crashInTransaction();
    const content = readFileSync(path);
    content.fill(0xaa, 8192, 16384);
    writeFileSync(path, content);
    expect(checkProjectFile({ path, key, readOnly: false })).toEqual({ ok: true });
  });

  it('tells a damaged page, a damaged header, a newer key and a foreign file from a wrong password', async () => {
    expect(await codeOf(PASSWORD, withBytes(16384 * 3 + 500, [1, 2, 3, 4]))).toBe('project.corrupt');
    expect(await codeOf(PASSWORD, withBytes(21, [0]))).toBe('project.corrupt');
    expect(await codeOf(PASSWORD, withBytes(4, [2]))).toBe('project.newer-than-app');
    expect(await codeOf(PASSWORD, withBytes(0, [0x50, 0x4b]))).toBe('project.not-a-project');
    // The first page carries the only proof of the password, so its damage looks like a wrong one.
    expect(await codeOf(PASSWORD, withBytes(9000, [1, 2, 3, 4]))).toBe('project.password-wrong');
  });

  it('refuses a foreign schema and a foreign database under the right password', () => {
    const change = (sql: string) => {
      const copy = join(folder, 'changed.csw');
      copyFileSync(path, copy);
      const db = new Database(copy);
      applyKey(db, key);
      db.exec(sql);
      db.close();
      return checkProjectFile({ path: copy, key, readOnly: false });
    };
    expect(change('CREATE VIEW v AS SELECT 1')).toMatchObject({ reason: 'corrupt', problem: 'unexpected view v' });
    expect(change('PRAGMA application_id = 7')).toMatchObject({ reason: 'foreign' });
    expect(change('PRAGMA user_version = 99')).toEqual({ ok: false, reason: 'newer', version: 99 });
  });

  it('says that it is in use before it judges the password', async () => {
    const file = await openProjectFile(deps, path, PASSWORD);
    expect(await codeOf(PASSWORD)).toBe('project.locked');
    file.close();
  });

  it('refuses a password for a file that is not encrypted', async () => {
    const plain = join(folder, 'plain.csw');
    createProjectFile(deps, plain).close();
    expect(await codeOf(PASSWORD, plain)).toBe('project.not-encrypted');
  });

  it('keeps its key out of a closed file', async () => {
    const held = await deriveKey(PASSWORD, key.salt);
    const other = join(folder, 'other.csw');
    createProjectFile(deps, other, held).close();
    expect(held.secret.every((byte) => byte === 0)).toBe(true);
  });
});
