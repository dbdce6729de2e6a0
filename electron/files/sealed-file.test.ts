import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSealed, readUnderKey, writeUnderKey } from './sealed-file.ts';

const MEBIBYTE = 1024 * 1024;
const KEY = new Uint8Array(32).fill(7);
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'csw-sealed-'));
  path = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const content = (bytes: number) => Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + (i >> 8)) % 251));

describe('a sealed file', () => {
  it.each([0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 2 * MEBIBYTE, 2 * MEBIBYTE + 12_345])(
    'of %i bytes gives its content back, in whatever pieces it was written',
    async (bytes) => {
      const whole = content(bytes);
      const pieces = Array.from({ length: Math.ceil(bytes / 300_000) }, (_, i) =>
        whole.subarray(i * 300_000, (i + 1) * 300_000),
      );
      await writeUnderKey(path, KEY, pieces);
      expect((await readUnderKey(path, KEY)).equals(whole)).toBe(true);
      // 24 bytes of head; 16 bytes of tag for each mebibyte begun, at least one.
      expect(statSync(path).size).toBe(24 + bytes + 16 * Math.max(1, Math.ceil(bytes / MEBIBYTE)));
      const reader = await openSealed(path, KEY);
      expect(reader.bytes).toBe(bytes);
      await reader.close();
    },
  );

  it('shows nothing of its content, and differs each time', async () => {
    await writeUnderKey(path, KEY, [Buffer.from('a marker in the text')]);
    const first = readFileSync(path);
    await writeUnderKey(path, KEY, [Buffer.from('a marker in the text')]);
    expect([first.includes('marker'), first.equals(readFileSync(path))]).toEqual([false, false]);
  });

  it('is refused under another key, changed, cut short at a segment, or with segments exchanged', async () => {
    await writeUnderKey(path, KEY, [content(2 * MEBIBYTE + 5)]);
    const sealed = readFileSync(path);
    await expect(readUnderKey(path, new Uint8Array(32).fill(8))).rejects.toThrow();
    const segment = MEBIBYTE + 16;
    const changed = Buffer.from(sealed);
    changed[100]! ^= 1;
    const cut = sealed.subarray(0, 24 + segment);
    const exchanged = Buffer.concat([
      sealed.subarray(0, 24),
      sealed.subarray(24 + segment, 24 + 2 * segment),
      sealed.subarray(24, 24 + segment),
      sealed.subarray(24 + 2 * segment),
    ]);
    for (const wrong of [changed, cut, exchanged, Buffer.from('plain text, longer than the head of a sealed file')]) {
      writeFileSync(path, wrong);
      await expect(readUnderKey(path, KEY)).rejects.toThrow();
    }
  });

  it('without a key is the file itself', async () => {
    await writeUnderKey(path, null, [Buffer.from('ab'), Buffer.from('c')]);
    expect(readFileSync(path, 'utf8')).toBe('abc');
  });
});
