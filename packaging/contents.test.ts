import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchesGlob } from 'node:path/posix';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBelow, writeRepository } from '../test/packaging/repository.ts';
import { describeBuild } from './build-file.ts';
import { NATIVE_FILES, packedFiles } from './contents.ts';
import { builderConfig } from './electron-builder.config.ts';
import { EXTERNAL_MODULES, packedModules } from './modules.ts';
import { type PackagedPlatform, PLATFORMS } from './platforms.ts';

const REPOSITORY = join(import.meta.dirname, '..');
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'csw-pack-'));
  writeRepository(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, content: string) => writeBelow(root, path, content);

const nativesOf = (platform: PackagedPlatform) =>
  packedFiles(root, platform)
    .filter(({ native }) => native)
    .map(({ path }) => path.replace('app.asar.unpacked/node_modules/', ''));

describe('what is packed', () => {
  it.each([
    [
      'win32-x64' as const,
      [
        '@node-rs/jieba-win32-x64-msvc/jieba-win32-x64-msvc.node',
        'better-sqlite3/prebuilds/win32-x64.node',
        'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
        'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
        'onnxruntime-node/bin/napi-v6/win32/x64/DirectML.dll',
        'onnxruntime-node/bin/napi-v6/win32/x64/dxcompiler.dll',
        'onnxruntime-node/bin/napi-v6/win32/x64/dxil.dll',
        'onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll',
        'onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime_binding.node',
      ],
    ],
    [
      'darwin-arm64' as const,
      [
        '@node-rs/jieba-darwin-arm64/jieba-darwin-arm64.node',
        'better-sqlite3/prebuilds/darwin-arm64.node',
        'onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib',
        'onnxruntime-node/bin/napi-v6/darwin/arm64/onnxruntime_binding.node',
        'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
        'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
      ],
    ],
    [
      'linux-x64' as const,
      [
        '@node-rs/jieba-linux-x64-gnu/jieba-linux-x64-gnu.node',
        'better-sqlite3/prebuilds/linux-x64.node',
        'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
        'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
      ],
    ],
  ])(
    'on %s are its own native binaries, once each, and the runtime that deployment packages for servers need',
    (platform, natives) => {
      expect(nativesOf(platform)).toEqual(natives);
    },
  );

  it.each(PLATFORMS)('on %s is no source, type, map, test, installer or build input', (platform) => {
    const unwanted = packedFiles(root, platform).filter(({ path }) =>
      /\.(?:ts|tsx|map|cc?|cpp|hp*|gyp)$|\/(?:src|deps|script|tests?)\/|\.test\./.test(path),
    );
    expect(unwanted).toEqual([]);
  });

  it.each(PLATFORMS)('on %s every native binary is one that the archive is told to leave outside', (platform) => {
    for (const path of nativesOf(platform)) {
      expect(NATIVE_FILES.some((pattern) => matchesGlob(path, pattern))).toBe(true);
    }
  });

  it('holds models, samples, the parts of deployment packages and every licence', () => {
    const paths = packedFiles(root, 'linux-x64').map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'models/bge-small-zh-v1.5/model.safetensors',
        'models/bge-small-zh-v1.5/LICENSE',
        'models/all-MiniLM-L6-v2/manifest.json',
        'samples/zh-CN/sample.json',
        'samples/en/messages.csv',
        'package-sources/server.mjs',
        'package-sources/lib/classifier.mjs',
        'package-sources/job/train.py',
        'licences/LICENSE',
        'licences/THIRD-PARTY-NOTICES.md',
        'licences/onnxruntime-1.27.0-ThirdPartyNotices.txt',
        'app.asar/node_modules/@huggingface/tokenizers/LICENSE',
      ]),
    );
  });

  it('is refused while a part is missing, and says which', () => {
    const incomplete = join(root, 'incomplete');
    writeRepository(incomplete);
    rmSync(join(incomplete, 'node_modules/@node-rs/jieba-win32-x64-msvc'), { recursive: true });
    expect(() => packedFiles(incomplete, 'win32-x64')).toThrow(/@node-rs\/jieba-win32-x64-msvc/);
    rmSync(join(incomplete, 'out/main'), { recursive: true });
    expect(() => packedFiles(incomplete, 'linux-x64')).toThrow(/out\/main.*build/);
  });

  it('leaves only native packages outside of the bundles', () => {
    const packed = packedModules('linux-x64').map(({ name }) => name);
    expect(packed).toEqual(expect.arrayContaining([...EXTERNAL_MODULES]));
  });
});

describe('the build hash', () => {
  it('is that of the packed files, whenever and wherever they are packed', () => {
    const first = describeBuild(root, 'linux-x64');
    write('out/main/index.cjs', 'main/index.cjs');
    expect(describeBuild(root, 'linux-x64')).toEqual(first);
    expect(first.natives.map(({ path }) => path.split('/').at(-1))).toEqual([
      'jieba-linux-x64-gnu.node',
      'linux-x64.node',
      'libonnxruntime.so.1',
      'onnxruntime_binding.node',
    ]);
  });

  it.each([
    ['a script', 'out/main/index.cjs'],
    ['a screen', 'out/renderer/index.html'],
    ['a native binary', 'node_modules/@node-rs/jieba-linux-x64-gnu/jieba-linux-x64-gnu.node'],
  ])('changes with %s', (_what, file) => {
    const { hash } = describeBuild(root, 'linux-x64');
    write(file, 'changed');
    expect(describeBuild(root, 'linux-x64').hash).not.toBe(hash);
  });

  it('is another on another platform', () => {
    expect(describeBuild(root, 'win32-x64').hash).not.toBe(describeBuild(root, 'linux-x64').hash);
  });
});

describe('the configuration of electron-builder', () => {
  const config = builderConfig({
    root: REPOSITORY,
    platform: 'linux-x64',
    output: '/out',
    electronDist: null,
    macIdentity: null,
  });

  it('packs an archive from a list, takes natives out of it and rebuilds nothing', () => {
    expect(config).toMatchObject({
      asar: { smartUnpack: false },
      asarUnpack: NATIVE_FILES,
      npmRebuild: false,
      nodeGypRebuild: false,
      extraMetadata: { main: 'out/main/index.cjs', homepage: expect.stringMatching(/^file:/) },
    });
    const [build, installed, ...sets] = config.files as (string | { from: string })[];
    expect([build, installed]).toEqual(['out/build.json', '!node_modules/**/*']);
    expect(sets.every((set) => typeof set === 'object')).toBe(true);
  });

  it('publishes nothing, and no part of the product looks for updates', () => {
    expect(config).toMatchObject({ publish: null, detectUpdateChannel: false });
    const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies).filter((name) => /updat|telemetry|sentry|analytics/.test(name))).toEqual([]);
  });

  it('makes portable builds and installers, none of which starts without its sandbox', () => {
    expect(config.win?.target).toEqual(['zip', 'portable', 'nsis']);
    expect(config.mac?.target).toEqual(['zip', 'dmg']);
    // An AppImage adds --no-sandbox by itself where the system allows no sandbox.
    expect(config.linux?.target).toEqual(['tar.gz', 'deb']);
    expect(config.linux?.executableArgs).toBeUndefined();
  });

  it('signs ad hoc for macOS unless a certificate is named, and leaves natives as the build file describes them', () => {
    expect(config.mac).toMatchObject({ identity: '-', hardenedRuntime: false });
    const named = builderConfig({
      root: REPOSITORY,
      platform: 'darwin-arm64',
      output: '/out',
      electronDist: null,
      macIdentity: 'A Bank',
    });
    expect(named.mac).toMatchObject({ identity: 'A Bank', hardenedRuntime: true });
    const ignored = [config.mac?.signIgnore].flat().map((pattern) => new RegExp(String(pattern)));
    for (const path of nativesOf('darwin-arm64')) expect(ignored.some((pattern) => pattern.test(path))).toBe(true);
  });

  it('gives .csw files to the product, with name, type and icon', () => {
    expect(config.fileAssociations).toEqual([
      expect.objectContaining({
        ext: 'csw',
        name: 'Success Workbench project',
        mimeType: 'application/x-success-workbench-project',
        icon: 'project',
      }),
    ]);
  });
});
