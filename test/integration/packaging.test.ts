import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packedFiles } from '../../packaging/contents.ts';
import { FUSES, readFuses } from '../../packaging/fuses.ts';
import { pack } from '../../packaging/pack.ts';
import { readArchive } from '../packaging/archive.ts';
import { windowsResource, writeElectronDist } from '../packaging/electron-dist.ts';
import { filesIn, writeRepository } from '../packaging/repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'csw-packaging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  {
    platform: 'win32-x64' as const,
    app: 'win-unpacked',
    resources: 'resources',
    program: 'Success Workbench.exe',
    fuses: 'Success Workbench.exe',
    languages: ['locales/en-US.pak', 'locales/zh-CN.pak'],
  },
  {
    platform: 'darwin-arm64' as const,
    app: 'mac-arm64/Success Workbench.app/Contents',
    resources: 'Resources',
    program: 'MacOS/Success Workbench',
    fuses: 'Frameworks/Electron Framework.framework/Electron Framework',
    languages: ['en', 'zh_CN'].map(
      (name) => `Frameworks/Electron Framework.framework/Versions/A/Resources/${name}.lproj/locale.pak`,
    ),
  },
])('electron-builder packs for $platform on any machine', ({ platform, app, resources, program, fuses, languages }) => {
  const root = join(folder, platform);
  const output = join(folder, `${platform}-packed`);
  const at = (...path: string[]) => join(output, app, ...path);
  beforeAll(async () => {
    const electronDist = join(folder, `${platform}-electron`);
    writeRepository(root);
    writeElectronDist(electronDist, platform);
    await pack({ root, platform, output, electronDist, macIdentity: null, folderOnly: true });
  });

  test('every file of the list is in the archive or beside it, and no other', () => {
    const packed = [
      ...readArchive(at(resources, 'app.asar')).map(
        ({ path, unpacked }) => `app.asar${unpacked ? '.unpacked' : ''}/${path}`,
      ),
      ...filesIn(at(resources)).filter((path) => /^(?:models|samples|package-sources|licences)\//.test(path)),
    ].sort();
    const listed = packedFiles(root, platform).map(({ path }) => path);
    expect(packed).toEqual([...listed, 'app.asar/out/build.json', 'app.asar/package.json'].sort());
  });

  test('every fuse of the program is set', () => {
    expect(existsSync(at(program))).toBe(true);
    expect(readFuses(at(fuses))).toEqual(FUSES);
  });

  test('of Electron there are the two languages of the product, its licences and no demonstration', () => {
    const files = filesIn(at());
    expect(files.filter((path) => path.endsWith('.pak') && !path.startsWith('Resources/'))).toEqual(languages);
    expect(files.filter((path) => path.includes('default_app'))).toEqual([]);
    expect(files.filter((path) => /LICENSES?\.(?:electron\.txt|chromium\.html)$/.test(path))).toHaveLength(2);
  });
});

test('a Windows program holds the hash that its archive must have', () => {
  const program = readFileSync(join(folder, 'win32-x64-packed', 'win-unpacked', 'Success Workbench.exe'));
  const integrity = JSON.parse(windowsResource(program, 'INTEGRITY') ?? 'null') as unknown;
  expect(integrity).toEqual([
    { file: 'resources\\app.asar', alg: 'SHA256', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

test('a macOS program holds the hash of its archive, opens .csw files and may load from no address', () => {
  const contents = join(folder, 'darwin-arm64-packed', 'mac-arm64', 'Success Workbench.app', 'Contents');
  const info = readFileSync(join(contents, 'Info.plist'), 'utf8').replaceAll(/\s+/g, '');
  expect(info).toMatch(
    /<key>Resources\/app\.asar<\/key><dict><key>algorithm<\/key><string>SHA256<\/string><key>hash<\/key>/,
  );
  expect(info).toContain('<key>CFBundleTypeExtensions</key><array><string>csw</string></array>');
  expect(info).toContain('<key>NSAllowsArbitraryLoads</key><false/>');
  expect(filesIn(join(contents, 'Resources'))).toEqual(expect.arrayContaining(['icon.icns', 'project.icns']));
});
