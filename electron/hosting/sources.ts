import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { seal, sizeUnderKey } from '../files/sealed-file.ts';
import { temporaryFolder } from './temporary-folders.ts';

const UPLOAD_LIMIT_MB = 2048;
const KEY_BYTES = 32;
const NAME_CHARACTERS = 255;
/** How a file is named where a request wants a source id. */
export const FILE_PREFIX = 'file:';

export interface Source {
  readonly sourceId: string;
  readonly name: string;
  readonly bytes: number;
}

export interface SourceFile {
  readonly path: string;
  readonly name: string;
  /** Under which an upload is sealed; null for a file of the person's own. */
  readonly key: Uint8Array | null;
}

/** Files that requests may read, each under an id that this host gave out. */
export interface Sources {
  /** A file of this machine that the person at the screen or terminal named. @throws AppError 'source.not-found' */
  fromPath(path: string): Source;
  /** Content that arrives as a stream, kept privately until the host closes, sealed under a key that is nowhere but in its memory: what a killed host leaves says nothing. @throws AppError 'request.too-large' | 'project.disk-full' */
  fromStream(name: string, content: Readable): Promise<Source>;
  /** @throws AppError 'source.not-found', 'source.no-prefix' */
  resolve(sourceId: string): SourceFile;
  /** Where uploads lie; null while there are none. */
  folder(): string | null;
  /** Deletes what was uploaded. */
  close(): void;
}

export interface SourcesOptions {
  readonly uploadLimitBytes?: number;
  /** Ids of named files are their paths, so that a job resumed by a later process finds its file. Only for a terminal: it may read every file of its user anyway. */
  readonly pathsAsIds?: boolean;
}

export function createSources({
  uploadLimitBytes = UPLOAD_LIMIT_MB * 1024 * 1024,
  pathsAsIds = false,
}: SourcesOptions = {}): Sources {
  const files = new Map<string, SourceFile>();
  const uploadKey = randomBytes(KEY_BYTES);
  let folder: string | null = null;

  const add = (file: SourceFile, bytes: number, sourceId: string = randomUUID()): Source => {
    files.set(sourceId, file);
    return { sourceId, name: file.name, bytes };
  };

  return {
    fromPath(path) {
      try {
        const real = realpathSync(path);
        const found = statSync(real);
        if (found.isFile()) {
          const file = { path: real, name: basename(path), key: null };
          return add(file, found.size, pathsAsIds ? `${FILE_PREFIX}${real}` : undefined);
        }
      } catch (cause) {
        throw new AppError('source.not-found', { sourceId: path }, { cause });
      }
      throw new AppError('source.not-found', { sourceId: path });
    },
    async fromStream(name, content) {
      // A new folder is readable by its owner only.
      folder ??= temporaryFolder('upload');
      // The ending tells the format; nothing else of the name becomes part of a path.
      const path = join(folder, `${randomUUID()}${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''}`);
      try {
        await pipeline(
          content,
          limitTo(uploadLimitBytes),
          (pieces: AsyncIterable<Uint8Array>) => seal(uploadKey, pieces),
          createWriteStream(path, { flags: 'wx', mode: 0o600 }),
        );
      } catch (error) {
        rmSync(path, { force: true });
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
          throw new AppError('project.disk-full', { path: folder }, { cause: error });
        }
        throw error;
      }
      return add({ path, name: displayName(name), key: uploadKey }, await sizeUnderKey(path, uploadKey));
    },
    resolve(sourceId) {
      if (pathsAsIds && sourceId.startsWith(FILE_PREFIX)) {
        const path = sourceId.slice(FILE_PREFIX.length);
        if (statSync(path, { throwIfNoEntry: false })?.isFile()) return { path, name: basename(path), key: null };
      }
      const file = files.get(sourceId);
      // At a terminal only a path without its prefix gets here: its ids are paths.
      if (file === undefined && pathsAsIds && !sourceId.startsWith(FILE_PREFIX)) {
        throw new AppError('source.no-prefix', { sourceId });
      }
      if (file === undefined) throw new AppError('source.not-found', { sourceId });
      return file;
    },
    folder: () => folder,
    close() {
      files.clear();
      uploadKey.fill(0);
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      folder = null;
    },
  };
}

/** The name as it is shown. */
function displayName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters would garble a screen or a log
  return last.replaceAll(/[\u0000-\u001f\u007f]/g, '').slice(-NAME_CHARACTERS) || 'upload';
}

function limitTo(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(new AppError('request.too-large', { limitMb: Math.floor(bytes / 1024 / 1024) }));
      else done(null, chunk);
    },
  });
}
