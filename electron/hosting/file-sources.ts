import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { chooseModelFiles, isModelFile } from '../../shared/stages/competitiveness/base-model/files.ts';
import { FILE_PREFIX, type Sources } from './sources.ts';

/** How a model folder is named where a request wants its files. */
const FOLDER_PREFIX = 'folder:';
/** Folders inside a model folder that importing looks into. */
const INNER = ['1_Pooling', 'onnx'];

/** A request input with every `sourceId: "file:PATH"` replaced by an id for that file, and `files: "folder:PATH"` by the files of that model folder;
 *  relative paths start at `folder`. @throws AppError 'source.not-found', 'model.link' */
export function resolveFileSources(input: unknown, folder: string, sources: Sources): unknown {
  if (Array.isArray(input)) return input.map((item) => resolveFileSources(item, folder, sources));
  if (typeof input !== 'object' || input === null) return input;
  const resolved = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string') return resolveFileSources(value, folder, sources);
    if (key === 'sourceId' && value.startsWith(FILE_PREFIX)) {
      return sources.fromPath(resolve(folder, value.slice(FILE_PREFIX.length))).sourceId;
    }
    if (key === 'files' && value.startsWith(FOLDER_PREFIX)) {
      return modelFolderSources(resolve(folder, value.slice(FOLDER_PREFIX.length)), sources);
    }
    return value;
  };
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, resolved(key, value)]));
}

/** The files of a model folder that importing reads. A link is followed where it stays inside. */
function modelFolderSources(folder: string, sources: Sources) {
  let root: string;
  let paths: string[];
  try {
    root = realpathSync(folder);
    paths = readdirSync(root).concat(
      INNER.flatMap((inner) => filesOf(join(root, inner)).map((name) => `${inner}/${name}`)),
    );
  } catch (cause) {
    throw new AppError('source.not-found', { sourceId: folder }, { cause });
  }
  return chooseModelFiles(paths.filter(isModelFile).map((path) => ({ path }))).map(({ path }) => {
    const way = relative(root, realpathOf(join(root, path)));
    if (way === '..' || way.startsWith(`..${sep}`)) throw new AppError('model.link', { file: path });
    return { path, sourceId: sources.fromPath(join(root, path)).sourceId };
  });
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new AppError('source.not-found', { sourceId: path }, { cause });
  }
}

/** Names in a folder; none where it is no folder, or a link to one. */
const filesOf = (path: string) => (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path) : []);
