import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import type { AskWorker } from '../../electron/hosting/ask-worker.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { createSources } from '../../electron/hosting/sources.ts';
import { createTranslationPacks } from '../../electron/hosting/translation-packs.ts';
import { because } from '../../shared/errors/reasons.ts';

/** A pack of random weights (test/golden/marian.py) is installed, refused and taken away. */
const PACK = resolve(import.meta.dirname, '../golden/marian');

let home: string;
let folder: string;
let client: WorkerClient;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'translation-packs-'));
  client = createWorkerClient(() => forkEntry('worker'));
});
beforeEach(() => {
  folder = join(mkdtempSync(join(home, 'user-')), 'packs', 'translation');
});
afterAll(() => {
  client.dispose();
  rmSync(home, { recursive: true, force: true });
});

const asked: AskWorker = (request, signal) => client.run(request, { signal });
const packs = (ask = asked) => createTranslationPacks(folder, createSources({ pathsAsIds: true }), ask, () => 1);

function filesOf(pack: string) {
  return readdirSync(pack, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(pack.length + 1), sourceId: `file:${path}` }));
}

it('is there after it was imported, with all its files, and gone after it was removed', async () => {
  expect(await packs().info()).toBeNull();
  const info = await packs().import(filesOf(PACK));
  expect(info).toMatchObject({ id: 'tiny-marian', licence: 'CC0-1.0' });
  expect(await packs().info()).toEqual(info);
  expect(filesOf(folder).map(({ path }) => path)).toEqual(filesOf(PACK).map(({ path }) => path));
  packs().remove();
  expect(await packs().info()).toBeNull();
});

it('one that is refused leaves the one that stands, and nothing of itself', async () => {
  const info = await packs().import(filesOf(PACK));
  const damaged = join(home, 'damaged');
  cpSync(PACK, damaged, { recursive: true });
  writeFileSync(join(damaged, 'en-zh/tokenizer.json'), '{}');
  const [first] = filesOf(PACK);
  for (const [files, params] of [
    [filesOf(damaged), { file: 'en-zh/tokenizer.json' }],
    [[...filesOf(PACK), first!], { file: first!.path, problem: because('named-twice', {}) }],
    [filesOf(PACK).filter(({ path }) => path !== 'pack.json'), { file: 'pack.json' }],
    [filesOf(PACK).filter(({ path }) => path !== 'zh-en/config.json'), { file: 'zh-en/config.json' }],
  ] as const) {
    await expect(packs().import(files)).rejects.toMatchObject({ params });
  }
  expect(await packs().info()).toEqual(info);
  expect(existsSync(`${folder}.arriving`)).toBe(false);
});

it('one whose check takes too long is refused in words, not as a fault of the program', async () => {
  const late: AskWorker = () => Promise.reject(new DOMException('late', 'TimeoutError'));
  await expect(packs(late).import(filesOf(PACK))).rejects.toMatchObject({
    code: 'model.file',
    params: { file: 'pack.json', problem: because('not-checked-in-time', { minutes: 5 }) },
  });
  expect(await packs().info()).toBeNull();
});
