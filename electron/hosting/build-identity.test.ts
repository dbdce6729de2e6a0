import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUILD_FILE, type Build, buildHash } from './build-identity.ts';
import { resourcePaths, resourcePathsAt } from './resource-paths.ts';
import { verifyNatives } from './verify-natives.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'csw-build-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, content: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};

describe('a run from the sources', () => {
  const development = () => buildHash(resourcePathsAt(folder));

  it('has the hash of its sources and says that it is a development run', () => {
    write('shared/a.ts', 'export const a = 1;');
    const before = development();
    expect(before).toMatch(/^development-[0-9a-f]{64}$/);
    write('shared/a.ts', 'export const a = 2;');
    expect(development()).not.toBe(before);
  });

  it('is the same run whatever its tests and documents say', () => {
    write('shared/a.ts', 'export const a = 1;');
    const before = development();
    write('shared/a.test.ts', '');
    write('README.md', '');
    expect(development()).toBe(before);
  });

  it('has another hash when a file is renamed or text moves from one file to the next', () => {
    write('shared/a.ts', 'one');
    write('shared/b.ts', 'two');
    const before = development();
    write('shared/a.ts', 'onetwo');
    write('shared/b.ts', '');
    expect(development()).not.toBe(before);
  });

  it('has no native binaries to compare and finds its folders in the repository', async () => {
    await verifyNatives(resourcePathsAt(folder));
    const here = resourcePaths();
    expect(here).toMatchObject({ packaged: false, root: join(import.meta.dirname, '..', '..') });
    expect(here.samples).toBe(join(here.root, 'resources', 'samples'));
  });
});

describe('a packaged application', () => {
  const NATIVE = 'app.asar.unpacked/node_modules/x/x.node';
  const paths = () => resourcePathsAt(join(folder, 'app.asar'));
  const build: Build = {
    version: '1.2.3',
    platform: 'linux-x64',
    hash: 'a'.repeat(64),
    natives: [{ path: NATIVE, bytes: 6, sha256: createHash('sha256').update('binary').digest('hex') }],
  };
  beforeEach(() => {
    write(`app.asar/${BUILD_FILE}`, JSON.stringify(build));
    write(NATIVE, 'binary');
  });

  it('tells the hash it was built with and finds its folders beside the archive', () => {
    expect(buildHash(paths())).toBe('a'.repeat(64));
    expect(paths()).toMatchObject({
      packaged: true,
      renderer: join(folder, 'app.asar', 'out', 'renderer'),
      models: join(folder, 'models'),
      samples: join(folder, 'samples'),
      packageParts: {
        sources: join(folder, 'package-sources'),
        modules: join(folder, 'app.asar', 'node_modules'),
        licences: join(folder, 'licences'),
      },
    });
  });

  it('accepts native binaries as they were built', async () => {
    await expect(verifyNatives(paths())).resolves.toBeUndefined();
  });

  it.each([
    ['changed without a change of size', () => write(NATIVE, 'Binary')],
    ['longer', () => write(NATIVE, 'binary and more')],
    ['missing', () => rmSync(join(folder, NATIVE))],
  ])('refuses a native binary that is %s, and names it', async (_what, change) => {
    change();
    await expect(verifyNatives(paths())).rejects.toMatchObject({
      code: 'build.changed',
      params: { file: join(folder, NATIVE) },
    });
  });
});
