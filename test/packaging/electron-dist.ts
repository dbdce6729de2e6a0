import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PackagedPlatform } from '../../packaging/platforms.ts';

type Files = Readonly<Record<string, string | Buffer>>;

/** The fuse wire of an Electron as it is downloaded: nine fuses in version 1. */
const WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.of(1, 9),
  Buffer.from('101100011'),
  Buffer.alloc(16),
]);

const DEMONSTRATION = 'what Electron shows where there is no program';

const INFO = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>Electron</string></dict></plist>
`;

const BESIDE_PROGRAM: Files = {
  'locales/en-US.pak': 'en',
  'locales/zh-CN.pak': 'zh',
  'locales/de.pak': 'de',
  'resources/default_app.asar': DEMONSTRATION,
};

const FRAMEWORK = 'Electron.app/Contents/Frameworks/Electron Framework.framework';

const FILES: Readonly<Record<PackagedPlatform, () => Files>> = {
  'linux-x64': () => ({ ...BESIDE_PROGRAM, electron: WIRE, 'chrome-sandbox': 'sandbox' }),
  'win32-x64': () => ({ ...BESIDE_PROGRAM, 'electron.exe': Buffer.concat([windowsProgram(), WIRE]) }),
  'darwin-arm64': () => ({
    'Electron.app/Contents/Info.plist': INFO,
    'Electron.app/Contents/MacOS/Electron': 'program',
    [`${FRAMEWORK}/Electron Framework`]: WIRE,
    [`${FRAMEWORK}/Versions/A/Resources/en.lproj/locale.pak`]: 'en',
    [`${FRAMEWORK}/Versions/A/Resources/zh_CN.lproj/locale.pak`]: 'zh',
    [`${FRAMEWORK}/Versions/A/Resources/de.lproj/locale.pak`]: 'de',
    'Electron.app/Contents/Frameworks/Electron Helper.app/Contents/Info.plist': INFO,
    'Electron.app/Contents/Frameworks/Electron Helper.app/Contents/MacOS/Electron Helper': 'helper',
    'Electron.app/Contents/Resources/default_app.asar': DEMONSTRATION,
    'Electron.app/Contents/Resources/en.lproj/locale.pak': 'en',
  }),
};

interface ResourceEditor {
  readonly NtExecutable: {
    createEmpty(is32Bit: boolean, isDll: boolean): { generate(): ArrayBuffer };
    from(content: Buffer): unknown;
  };
  readonly NtExecutableResource: {
    from(executable: unknown): { entries: ResourceEntry[]; outputResource(executable: unknown): void };
  };
  readonly Resource: {
    readonly VersionInfo: {
      createEmpty(): {
        setStringValues(language: object, values: object): void;
        outputToResourceEntries(entries: ResourceEntry[]): void;
      };
    };
  };
}
interface ResourceEntry {
  readonly type: number | string;
  readonly id: number | string;
  readonly bin: ArrayBuffer;
}

/** The library with which electron-builder writes into Windows programs. */
function resourceEditor(): ResourceEditor {
  const own = createRequire(import.meta.url);
  const builder = createRequire(own.resolve('electron-builder'));
  return createRequire(builder.resolve('app-builder-lib'))('resedit') as ResourceEditor;
}

/** A Windows program with nothing in it but a version, which electron-builder asks for. */
function windowsProgram(): Buffer {
  const { NtExecutable, NtExecutableResource, Resource } = resourceEditor();
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

/** A resource that stands in a Windows program under a type of its own, as text. */
export function windowsResource(content: Buffer, type: string): string | null {
  const { NtExecutable, NtExecutableResource } = resourceEditor();
  const { entries } = NtExecutableResource.from(NtExecutable.from(content));
  const entry = entries.find((candidate) => candidate.type === type);
  return entry === undefined ? null : Buffer.from(entry.bin).toString('utf8');
}

/** A folder that stands in for Electron's binaries: what electron-builder reads and changes in them, and nothing that runs. */
export function writeElectronDist(folder: string, platform: PackagedPlatform): void {
  const common = { version: '45.4.1', LICENSE: 'Electron', 'LICENSES.chromium.html': 'Chromium' };
  for (const [path, content] of Object.entries({ ...common, ...FILES[platform]() })) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o755);
  }
}
