import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { modelHash, readManifest, verifyModelFolder } from '../../electron/models/model-folder.ts';

const models = resolve(import.meta.dirname, '../../models');

test.each(['bge-small-zh-v1.5', 'all-MiniLM-L6-v2'])('the files of %s are those of its manifest', async (model) => {
  const folder = join(models, model);
  const manifest = await readManifest(folder);
  expect(manifest.id).toBe(model);
  await verifyModelFolder(folder, manifest);
});

test('a changed byte, a missing file and a missing manifest are refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'model-'));
  try {
    cpSync(join(models, 'all-MiniLM-L6-v2'), folder, { recursive: true });
    const manifest = await readManifest(folder);
    const hash = modelHash(manifest);
    writeFileSync(
      join(folder, 'config.json'),
      ' '.repeat(manifest.files.find(({ path }) => path === 'config.json')!.bytes),
    );
    await expect(verifyModelFolder(folder, manifest)).rejects.toMatchObject({
      code: 'model.hash',
      params: { file: 'config.json' },
    });
    rmSync(join(folder, 'LICENSE'));
    await expect(verifyModelFolder(folder, manifest)).rejects.toMatchObject({
      code: 'model.hash',
      params: { file: 'LICENSE' },
    });
    expect(modelHash({ ...manifest, files: [...manifest.files].reverse() })).toBe(hash);
    await expect(readManifest(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'model.not-found' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
