import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import { BUILD_FILE } from '../electron/hosting/build-identity.ts';
import { archiveContents, NATIVE_FILES, RESOURCES } from './contents.ts';
import { setFuses } from './fuses.ts';
import type { PackagedPlatform } from './platforms.ts';

const PRODUCT = 'Success Workbench';
/** Name of the program on Linux and in the menu of its desktop. */
const EXECUTABLE = 'success-workbench';

export interface BuilderOptions {
  readonly platform: PackagedPlatform;
  /** Where applications and installers go. */
  readonly output: string;
  /** A folder or zip with Electron's binaries; null: as electron-builder finds them. */
  readonly electronDist: string | null;
}

/** How electron-builder packs the product: no updater, no publishing, nothing rebuilt, nothing signed unless a certificate is given. */
export function builderConfig({ platform, output, electronDist }: BuilderOptions): Configuration {
  return {
    appId: 'app.success-workbench',
    productName: PRODUCT,
    copyright: 'MIT licence',
    directories: { output, buildResources: 'packaging/icons' },
    ...(electronDist === null ? {} : { electronDist }),
    extraMetadata: { main: 'out/main/index.cjs' },
    // The archive holds what is listed and nothing else: no installed package comes in by itself.
    files: [BUILD_FILE, '!node_modules/**/*', ...archiveContents(platform).map(mutable)],
    extraResources: RESOURCES.map(mutable),
    asar: { smartUnpack: false },
    asarUnpack: [...NATIVE_FILES],
    npmRebuild: false,
    nodeGypRebuild: false,
    publish: null,
    detectUpdateChannel: false,
    generateUpdatesFilesForAllChannels: false,
    electronLanguages: ['en-US', 'zh-CN'],
    artifactName: `${EXECUTABLE}-\${version}-\${os}-\${arch}.\${ext}`,
    fileAssociations: [
      {
        ext: 'csw',
        name: `${PRODUCT} project`,
        description: `${PRODUCT} project`,
        mimeType: 'application/x-success-workbench-project',
        icon: 'project',
        role: 'Editor',
      },
    ],
    win: {
      icon: 'icon.ico',
      target: ['zip', 'portable', 'nsis'],
      requestedExecutionLevel: 'asInvoker',
    },
    portable: { artifactName: `${EXECUTABLE}-\${version}-portable.\${ext}` },
    nsis: {
      artifactName: `${EXECUTABLE}-\${version}-setup.\${ext}`,
      oneClick: false,
      // Windows keeps file associations of installed programs for all users only.
      perMachine: true,
      allowToChangeInstallationDirectory: true,
      differentialPackage: false,
      deleteAppDataOnUninstall: false,
    },
    mac: {
      icon: 'icon.icns',
      target: ['zip', 'dmg'],
      category: 'public.app-category.business',
      // Their hashes stand in the build file: who signs, signs them before packing.
      signIgnore: ['\\.node$', '\\.dylib$', '\\.so\\.1$'],
    },
    linux: {
      icon: 'png',
      target: ['tar.gz', 'deb'],
      executableName: EXECUTABLE,
      category: 'Office',
      maintainer: PRODUCT,
      synopsis: 'Offline workbench for customer success with large models',
      desktop: { entry: { Name: PRODUCT, 'Name[zh_CN]': '大模型客户成功工作台', StartupWMClass: EXECUTABLE } },
    },
    afterExtract: (context) => rmSync(demonstration(context), { force: true }),
    afterPack: (context) => setFuses(fuseFile(context)),
  };
}

const mutable = <S extends { readonly filter: readonly string[] }>(set: S) => ({ ...set, filter: [...set.filter] });

/** The file that holds Electron's fuses: the program itself, on macOS its framework. */
function fuseFile({ appOutDir, electronPlatformName }: AfterPackContext): string {
  if (electronPlatformName === 'darwin') {
    const framework = ['Contents', 'Frameworks', 'Electron Framework.framework', 'Electron Framework'];
    return join(appOutDir, `${PRODUCT}.app`, ...framework);
  }
  return join(appOutDir, electronPlatformName === 'win32' ? `${PRODUCT}.exe` : EXECUTABLE);
}

/** The program that Electron runs when there is none. electron-builder leaves it in where Electron comes from a folder. */
function demonstration({ appOutDir, electronPlatformName }: AfterPackContext): string {
  const resources = electronPlatformName === 'darwin' ? ['Electron.app', 'Contents', 'Resources'] : ['resources'];
  return join(appOutDir, ...resources, 'default_app.asar');
}
