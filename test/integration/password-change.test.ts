import { fork } from 'node:child_process';
import {
  existsSync,
  linkSync,
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changePassword } from '../../electron/engine/db/change-password.ts';
import { eraseLeftover } from '../../electron/engine/db/erase.ts';
import { createProjectFile, openProjectFile } from '../../electron/engine/db/open.ts';
import { newKey } from '../../electron/engine/db/project-key.ts';
import { createProjectStore } from '../../electron/engine/project-store.ts';
import { createRng } from '../../shared/rng.ts';
import { testDeps } from './testkit.ts';

const OLD = 'the old password';
const NEW = 'the new password';
const MARKER = 'MARKER-2b91';
const ROWS = 20_000;
const deps = testDeps();
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-password-'));
  path = join(folder, 'project.csw');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function create(password: string | null): Promise<void> {
  const file = createProjectFile(deps, path, password === null ? null : await newKey(password));
  const store = createProjectStore(file.db);
  store.project.create({ id: 'p', name: MARKER, customer: '', period: '', sample: false, createdAt: '2026-01-01' });
  store.rows.insertBatch(
    1,
    0,
    Array.from({ length: ROWS }, (_, i) => [`${MARKER} ${i}`]),
  );
  await store.blobs.put(Buffer.alloc(3_000_000, MARKER));
  file.close();
}

/** What the file holds under a password. @throws the AppError of a refusal */
async function contentUnder(password: string | null): Promise<string> {
  const file = await openProjectFile(deps, path, password);
  try {
    const rows = file.db.prepare('SELECT count(*) FROM source_row').pluck().get();
    const blobs = file.db.prepare('SELECT sum(length(bytes)) FROM chunk').pluck().get();
    return `${createProjectStore(file.db).project.get().name} ${rows} ${blobs}`;
  } finally {
    file.close();
  }
}
const WHOLE = `${MARKER} ${ROWS} 3000000`;
const refusal = (password: string | null) => contentUnder(password).catch((error: { code: string }) => error.code);
const filesWithMarker = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(MARKER));

describe('the password of a project', () => {
  it('is set: the file, its backups and what lay beside it say nothing any more, and everything is in it', async () => {
    await create(null);
    writeFileSync(`${path}.v1.20260101T000000.bak`, MARKER);
    mkdirSync(`${path}-spool/j1`, { recursive: true });
    writeFileSync(join(`${path}-spool`, 'j1', 'leftover'), MARKER);
    expect(filesWithMarker()).toHaveLength(3);
    expect(await changePassword(deps, path, null, NEW)).toEqual({ originalOverwritten: true });
    expect(filesWithMarker()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['project.csw']);
    expect([await refusal(null), await contentUnder(NEW)]).toEqual(['project.password-needed', WHOLE]);
  });

  it('is changed and removed', async () => {
    await create(OLD);
    expect(await changePassword(deps, path, OLD, NEW)).toEqual({ originalOverwritten: null });
    expect([await refusal(OLD), await contentUnder(NEW)]).toEqual(['project.password-wrong', WHOLE]);
    await changePassword(deps, path, NEW, null);
    expect(await contentUnder(null)).toBe(WHOLE);
  });

  it('is not set while another program has the project', async () => {
    await create(null);
    const holder = fork(join(import.meta.dirname, 'hold-project.ts'), [path], { execArgv: [] });
    await new Promise((resolve) => holder.once('message', resolve));
    await expect(changePassword(deps, path, null, NEW)).rejects.toMatchObject({ code: 'project.locked' });
    const exited = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await exited;
    expect(await contentUnder(null)).toBe(WHOLE);
  });

  it('is not changed by a wrong one', async () => {
    await create(OLD);
    const before = readFileSync(path);
    await expect(changePassword(deps, path, 'wrong password', NEW)).rejects.toMatchObject({
      code: 'project.password-wrong',
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(await contentUnder(OLD)).toBe(WHOLE);
  });

  it('opens whole with the old or the new one after a kill at any moment', async () => {
    const rng = createRng(20_261_126);
    const seen = new Set<string>();
    await create(null);
    // From a start that is too early for anything to one that comes too late.
    for (let round = 0; round < 6; round++) {
      const [from, to] = seen.has('new') ? [NEW, OLD] : [null, NEW];
      const present = (await refusal(from)) === WHOLE ? from : to;
      const next = present === NEW ? OLD : NEW;
      const child = fork(join(import.meta.dirname, 'change-password.ts'), [path], { execArgv: [] });
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.once('message', resolve));
      child.send({ current: present, next });
      // The process tells when the key is made and the writing begins.
      await new Promise((resolve) => child.once('message', resolve));
      await new Promise((resolve) => setTimeout(resolve, ((round + rng.float()) / 6) * 160));
      child.kill('SIGKILL');
      await exited;
      const [old, changed] = [await refusal(present), await refusal(next)];
      expect([old, changed].filter((content) => content === WHOLE)).toHaveLength(1);
      seen.add(old === WHOLE ? 'old' : 'new');
      expect(existsSync(`${path}.erase`)).toBe(false);
    }
    console.log(`seed 20261126: ${[...seen].join(' and ')} after kills`);
  }, 120_000);
});

describe('a second name left by a crash', () => {
  it('only goes where it stands for the project itself, and is overwritten first where it stands for the readable original', async () => {
    writeFileSync(path, 'the project');
    linkSync(path, `${path}.erase`);
    eraseLeftover(path);
    expect([readFileSync(path, 'utf8'), existsSync(`${path}.erase`)]).toEqual(['the project', false]);
    writeFileSync(`${path}.erase`, MARKER);
    const watched = join(folder, 'same content by another name');
    linkSync(`${path}.erase`, watched);
    eraseLeftover(path);
    expect([existsSync(`${path}.erase`), statSync(watched).size]).toEqual([false, MARKER.length]);
    expect(readFileSync(watched, 'latin1')).not.toBe(MARKER);
  });
});
