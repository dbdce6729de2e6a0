import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeText, writeWhole } from './files.ts';

/** Larger than any process id that Linux, macOS or Windows gives out by default. */
const NO_PROCESS = 99_999_999;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-whole-'));
  path = join(folder, 'report.html');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a file that cannot be finished leaves the one before it, and nothing beside it', async () => {
  await writeText(path, 'the first');
  const cut = writeWhole(path, (partial) => {
    writeFileSync(partial, 'half of the sec');
    throw new Error('cut off');
  });
  await expect(cut).rejects.toThrow('cut off');
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['the first', ['report.html']]);
});

it('what a process that is gone left half written goes with the next file, what another is writing stays', async () => {
  const abandoned = join(folder, `.report.html.${NO_PROCESS}.partial.html`);
  const growing = join(folder, `.other.pdf.${process.ppid}.partial.pdf`);
  for (const partial of [abandoned, growing]) writeFileSync(partial, 'half');
  await writeText(path, 'whole');
  expect([existsSync(abandoned), existsSync(growing), readFileSync(path, 'utf8')]).toEqual([false, true, 'whole']);
});

it.each([
  ['ENOSPC', 'project.disk-full'],
  ['EACCES', 'project.cannot-write'],
  ['EIO', 'project.device'],
])('%s is told as %s', async (code, told) => {
  const failing = writeWhole(path, () => {
    throw Object.assign(new Error(code), { code });
  });
  await expect(failing).rejects.toMatchObject({ code: told });
});
