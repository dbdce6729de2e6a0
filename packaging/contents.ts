import { existsSync, globSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ARCHIVE, RESOURCE_FOLDERS } from '../electron/hosting/resource-paths.ts';
import { packedModules } from './modules.ts';
import type { PackagedPlatform } from './platforms.ts';

/** Files of the repository and their place in the application; the shape that electron-builder takes. */
export interface FileSet {
  readonly from: string;
  readonly to: string;
  readonly filter: readonly string[];
}

/** What lies in the archive beside `package.json` and the build file. */
export function archiveContents(platform: PackagedPlatform): readonly FileSet[] {
  return [
    { from: 'out/main', to: 'out/main', filter: ['**/*.cjs'] },
    { from: 'out/preload', to: 'out/preload', filter: ['**/*.cjs'] },
    { from: 'out/renderer', to: 'out/renderer', filter: ['**/*.{html,js,css,svg,png,woff2}'] },
    {
      from: 'node_modules',
      to: 'node_modules',
      filter: packedModules(platform).flatMap(({ name, keep }) => keep.map((pattern) => `${name}/${pattern}`)),
    },
  ];
}

/** What lies beside the archive, where scripts and people can read it. */
export const RESOURCES: readonly FileSet[] = [
  { from: RESOURCE_FOLDERS.models, to: 'models', filter: ['*/{LICENSE,*.json,*.safetensors}'] },
  { from: RESOURCE_FOLDERS.samples, to: 'samples', filter: ['*/*.{json,csv}'] },
  {
    from: RESOURCE_FOLDERS['package-sources'],
    to: 'package-sources',
    filter: ['*.mjs', 'lib/*.mjs', 'job/*.py', 'openapi.json'],
  },
  { from: RESOURCE_FOLDERS.licences, to: 'licences', filter: ['*.txt'] },
  { from: '.', to: 'licences', filter: ['LICENSE', 'THIRD-PARTY-NOTICES.md'] },
];

/** Native binaries are taken out of the archive: the operating system loads them as files. */
export const NATIVE_FILES = ['**/*.node', '**/*.dll', '**/*.dylib', '**/*.so', '**/*.so.*'];

const isNative = (path: string) => /\.(?:node|dll|dylib|so|so\.[\d.]+)$/.test(path);

/** A file that is packed: where it is now, and where it will lie below the resources folder. */
export interface PackedFile {
  readonly from: string;
  readonly path: string;
  readonly native: boolean;
}

/** Every packed file but `package.json` and the build file, which are written while packing. @throws Error where a part is missing */
export function packedFiles(root: string, platform: PackagedPlatform): readonly PackedFile[] {
  const inArchive = archiveContents(platform).flatMap((set) =>
    filesOf(root, set).map(({ from, to }) => {
      const native = isNative(to);
      return { from, path: `${ARCHIVE}${native ? '.unpacked' : ''}/${to}`, native };
    }),
  );
  const beside = RESOURCES.flatMap((set) =>
    filesOf(root, set).map(({ from, to }) => ({ from, path: to, native: false })),
  );
  return [...inArchive, ...beside].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function filesOf(root: string, set: FileSet): readonly { readonly from: string; readonly to: string }[] {
  const folder = join(root, set.from);
  return set.filter.flatMap((pattern) => {
    const found = globSync(pattern, { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
    if (found.length === 0) throw new Error(missing(set.from, pattern, existsSync(folder)));
    return found.map((entry) => {
      const from = join(entry.parentPath, entry.name);
      return {
        from,
        to: `${set.to}/${from
          .slice(folder.length + 1)
          .split(sep)
          .join('/')}`,
      };
    });
  });
}

function missing(folder: string, pattern: string, folderExists: boolean): string {
  const what = folderExists ? `nothing in ${folder} is named ${pattern}` : `${folder} is missing`;
  if (folder.startsWith('out/')) return `Cannot pack: ${what}. Run npm run build first.`;
  return `Cannot pack: ${what}. Run npm ci, on the platform that is packed for; docs/packaging.md says how to pack for another.`;
}
