import type { Configuration } from 'electron-builder';
import { BUILD_FILE } from '../electron/hosting/build-identity.ts';
import { archiveContents, NATIVE_FILES, RESOURCES } from './contents.ts';
import { afterExtract, afterPack, EXECUTABLE, PRODUCT } from './hooks.ts';
import type { PackagedPlatform } from './platforms.ts';

export interface BuilderOptions {
  /** The repository, with its build in `out`. */
  readonly root: string;
  readonly platform: PackagedPlatform;
  /** Where applications and installers go. */
  readonly output: string;
  /** A folder or zip with Electron's binaries; null: as electron-builder finds them. */
  readonly electronDist: string | null;
  /** Certificate of a developer known to Apple; null: signed ad hoc, which runs but warns on other machines. */
  readonly macIdentity: string | null;
}

/** How electron-builder packs the product: no updater, no publishing, nothing rebuilt, nothing signed unless a certificate is given. */
export function builderConfig({ root, platform, output, electronDist, macIdentity }: BuilderOptions): Configuration {
  return {
    appId: 'app.success-workbench',
    productName: PRODUCT,
    copyright: 'Copyright (c) 2026 the Success Workbench authors',
    directories: { output, buildResources: 'packaging/icons' },
    ...(electronDist === null ? {} : { electronDist }),
    // Debian packages must name a page; the product has none but what it brings along.
    extraMetadata: { main: 'out/main/index.cjs', homepage: `file:///opt/${encodeURI(PRODUCT)}/resources/licences/` },
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
      // Changed fuses void the signature that Electron comes with, and Apple's processors run nothing unsigned.
      identity: macIdentity ?? '-',
      hardenedRuntime: macIdentity !== null,
      entitlements: 'packaging/entitlements.mac.plist',
      entitlementsInherit: 'packaging/entitlements.mac.plist',
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
    afterExtract: (context) => afterExtract(context, electronDist),
    afterPack: (context) => afterPack(context, root, platform),
  };
}

const mutable = <S extends { readonly filter: readonly string[] }>(set: S) => ({ ...set, filter: [...set.filter] });
