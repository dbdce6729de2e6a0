import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PackageParts } from '../engine/deps.ts';

/** Name of the archive that holds the code of a packaged application; beside it lie the resources. */
export const ARCHIVE = 'app.asar';

/** Folders that a packaged application holds beside its archive, and where each lies in the repository. */
export const RESOURCE_FOLDERS = {
  models: 'models',
  samples: 'resources/samples',
  'package-sources': 'resources/package',
  licences: 'licences',
} as const;

/** Where the product's own files lie. */
export interface ResourcePaths {
  /** Whether this is a packaged application, not a run from the sources. */
  readonly packaged: boolean;
  /** The repository, or the archive: holds `package.json`, `out` and `node_modules`. */
  readonly root: string;
  /** The built screens. */
  readonly renderer: string;
  /** The preload script of the window. */
  readonly preload: string;
  /** One folder per base model. */
  readonly models: string;
  /** One folder per language. */
  readonly samples: string;
  readonly packageParts: PackageParts;
}

/** Paths from the root: a folder named `app.asar` is a packaged application, every other a repository. */
export function resourcePathsAt(root: string): ResourcePaths {
  const packaged = basename(root) === ARCHIVE;
  const folder = (name: keyof typeof RESOURCE_FOLDERS) =>
    packaged ? join(dirname(root), name) : join(root, RESOURCE_FOLDERS[name]);
  return {
    packaged,
    root,
    renderer: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'index.cjs'),
    models: folder('models'),
    samples: folder('samples'),
    packageParts: {
      sources: folder('package-sources'),
      modules: join(root, 'node_modules'),
      licences: folder('licences'),
    },
  };
}

/** Paths of the product that this code belongs to, bundled or not. */
export function resourcePaths(): ResourcePaths {
  return resourcePathsAt(rootAbove(import.meta.dirname));
}

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
