import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';

export const PROJECT_EXTENSION = '.csw';

/** Room for the endings of journal, owner note, spool folder and backup within the 255 bytes of common file systems. */
const FILE_NAME_BYTES = 200;
/** From the projects folder to a project, of the 4 096 bytes that a whole path may have. */
const WAY_BYTES = 1000;
/** With any ending: Windows looks at what stands before the first dot. */
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in a file name
const NOT_IN_FILE_NAMES = /[\\/:*?"<>|\u0000-\u001f\u007f]/g;

/** Which project files a host may touch. */
export interface PathPolicy {
  readonly folder: string;
  /** Absolute path for a new project. @throws AppError 'project.outside-folder' | 'project.exists' | 'request.invalid' */
  forNew(path: string): string;
  /** Absolute path of a project that is there, symbolic links resolved. @throws AppError 'project.not-found' | 'project.outside-folder' */
  forExisting(path: string, recent: readonly string[]): string;
}

/** A file name that every system takes, made from a project name. */
export function fileNameOf(projectName: string): string {
  const clean = projectName.normalize('NFC').replaceAll(NOT_IN_FILE_NAMES, ' ').replaceAll(/\s+/g, ' ');
  const trimmed = cutToBytes(clean, FILE_NAME_BYTES - PROJECT_EXTENSION.length).replaceAll(/^[. ]+|[. ]+$/g, '');
  const stem = trimmed === '' || RESERVED_ON_WINDOWS.test(trimmed) ? `project ${trimmed}`.trim() : trimmed;
  return `${stem}${PROJECT_EXTENSION}`;
}

function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

/** Everything that this person can reach: for the terminal and for paths that come from a file dialog. */
export function anywhere(folder: string): PathPolicy {
  return {
    folder,
    forNew: (path) => requireFree(namedNewPath(folder, path)),
    forExisting: (path) => existingPath(folder, path),
  };
}

/** Only the projects folder and the recent list: for a host that a browser talks to. */
export function onlyInside(folder: string): PathPolicy {
  const refuse = () => new AppError('project.outside-folder', { folder });
  /** What lies outside is refused before it is looked for, so that a browser cannot ask which files exist. */
  const isWrittenInside = (path: string) => isInside(resolve(folder), path) || isInside(realOfNearest(folder), path);
  return {
    folder,
    forNew(path) {
      const wanted = namedNewPath(folder, path);
      if (!isWrittenInside(wanted)) throw refuse();
      // Where the links of its folder really lead counts, not how the path is written.
      const real = join(realOfNearest(dirname(wanted)), basename(wanted));
      if (!isInside(realOfNearest(folder), real)) throw refuse();
      checkFolders(relative(realOfNearest(folder), real));
      return requireFree(real);
    },
    forExisting(path, recent) {
      const lexical = resolve(folder, withoutNul(path));
      const known = recent.includes(lexical);
      if (!known && !isWrittenInside(lexical)) throw refuse();
      // A folder's link that leads out is no way to look either.
      const nearest = realOfNearest(lexical);
      if (!known && !recent.includes(nearest) && !isInside(realOfNearest(folder), nearest)) throw refuse();
      const real = existingPath(folder, path);
      if (!recent.includes(real) && !isInside(realOfNearest(folder), real)) throw refuse();
      return real;
    },
  };
}

/** As `onlyInside`, and besides what the person chose in a dialog of the system or opened from the desktop: for a window. Those paths are absolute, as they were named and with links resolved. */
export function onlyChosen(folder: string, chosen: ReadonlySet<string>): PathPolicy {
  const inside = onlyInside(folder);
  return {
    folder,
    forNew: (path) => (chosen.has(path) ? requireFree(namedNewPath(folder, path)) : inside.forNew(path)),
    forExisting: (path, recent) => inside.forExisting(path, [...recent, ...chosen]),
  };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return (
    way !== '' && way !== '..' && !way.startsWith(`..${process.platform === 'win32' ? '\\' : '/'}`) && !isAbsolute(way)
  );
}

function withoutNul(path: string): string {
  if (path.includes('\0'))
    throw new AppError('request.invalid', { name: 'app', path: 'path', problem: because('nul-in-path', {}) });
  return path;
}

function namedNewPath(folder: string, path: string): string {
  const wanted = resolve(folder, withoutNul(path));
  const withExtension = extname(wanted) === PROJECT_EXTENSION ? wanted : `${wanted}${PROJECT_EXTENSION}`;
  const name = basename(withExtension);
  const stem = name.slice(0, -PROJECT_EXTENSION.length);
  const problem =
    Buffer.byteLength(name) > FILE_NAME_BYTES
      ? because('path-too-long', { bytes: FILE_NAME_BYTES })
      : stem === '' || RESERVED_ON_WINDOWS.test(stem) || stem.replaceAll(NOT_IN_FILE_NAMES, '') !== stem
        ? because('name-not-everywhere', { name })
        : null;
  if (problem !== null) throw new AppError('request.invalid', { name: 'app.createProject', path: 'path', problem });
  return withExtension;
}

/** A link that leads nowhere counts as a file too: one made through it would lie where the link points. */
function requireFree(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw new AppError('project.exists', { path });
  return path;
}

/** Folders on the way to a new project are made as well, so they too must have names that every system takes. */
function checkFolders(way: string): void {
  const refuse = (problem: Reason) =>
    new AppError('request.invalid', { name: 'app.createProject', path: 'path', problem });
  if (Buffer.byteLength(way) > WAY_BYTES) throw refuse(because('path-too-long', { bytes: WAY_BYTES }));
  const unfit = way
    .split(sep)
    .slice(0, -1)
    .find(
      (name) =>
        Buffer.byteLength(name) > FILE_NAME_BYTES ||
        RESERVED_ON_WINDOWS.test(name) ||
        /[. ]$/.test(name) ||
        name.replaceAll(NOT_IN_FILE_NAMES, '') !== name,
    );
  if (unfit !== undefined) throw refuse(because('name-not-everywhere', { name: unfit }));
}

function existingPath(folder: string, path: string): string {
  const wanted = resolve(folder, withoutNul(path));
  try {
    const real = realpathSync.native(wanted);
    if (statSync(real).isFile()) return real;
  } catch (cause) {
    throw new AppError('project.not-found', { path: wanted }, { cause });
  }
  throw new AppError('project.not-a-project', { path: wanted });
}

/** The path with the links of its nearest existing ancestor resolved. */
function realOfNearest(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync.native(whole);
  } catch {
    const above = dirname(whole);
    return above === whole ? whole : join(realOfNearest(above), basename(whole));
  }
}
