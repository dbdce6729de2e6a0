import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Stored, StoredId } from '../../shared/contract/offline.ts';
import { PROJECT_EXTENSION } from './project-paths.ts';

export interface StoredPlaces {
  readonly userFolder: string;
  readonly projectsFolder: string;
  /** Null while nothing was uploaded. */
  readonly uploadFolder: string | null;
  readonly hostFiles: readonly { readonly id: 'redirect' | 'window'; readonly path: string }[];
  /** Paths of the open projects. */
  readonly projects: readonly string[];
}

/** Everything that the program has on the disk, with its size; places that do not exist yet count as empty. */
export function storedFiles({
  userFolder,
  projectsFolder,
  uploadFolder,
  hostFiles,
  projects,
}: StoredPlaces): readonly Stored[] {
  return [
    at('settings', join(userFolder, 'settings.json')),
    at('recent', join(userFolder, 'recent.json')),
    at('log', join(userFolder, 'log')),
    projectsIn(projectsFolder),
    ...(uploadFolder === null ? [] : [at('uploads', uploadFolder)]),
    ...hostFiles.map(({ id, path }) => at(id, path)),
    ...projects.flatMap((path) => [
      at('project', path),
      at('spool', `${path}-spool`),
      at('exports', join(dirname(path), `${basename(path, extname(path))}-exports`)),
    ]),
  ];
}

function at(id: StoredId, path: string): Stored {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { id, path, files: 0, bytes: 0 };
  const sizes = found.isDirectory() ? sizesIn(path) : [found.size];
  return { id, path, ...sumOf(sizes) };
}

function projectsIn(folder: string): Stored {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const names = isFolder ? readdirSync(folder).filter((name) => extname(name) === PROJECT_EXTENSION) : [];
  return { id: 'projects', path: folder, ...sumOf(names.flatMap((name) => sizeOf(join(folder, name)))) };
}

function sizesIn(folder: string): readonly number[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => sizeOf(join(entry.parentPath, entry.name)));
}

/** A file that went since it was listed has no size. */
function sizeOf(path: string): readonly number[] {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? [] : [found.size];
}

function sumOf(sizes: readonly number[]) {
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
