import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import { PACK_FILE, type PackInfo } from '../../shared/translation/pack.ts';
import { asDiskFailure } from '../child/disk-failure.ts';
import { readPiecesUnderKey } from '../files/sealed-file.ts';
import { packInfo, readPackManifest } from '../models/translation-pack.ts';
import type { AskWorker } from './ask-worker.ts';
import type { Sources } from './sources.ts';

const CHECK_LIMIT_MS = 300_000;

/** Where an installed pack lies, in the folder of this user. */
export const packFolderIn = (userFolder: string) => join(userFolder, 'packs', 'translation');

export interface PackedFile {
  readonly path: string;
  readonly sourceId: string;
}

/** The translation pack of this user: imported from disk, there or not there. */
export interface TranslationPacks {
  /** Null where none is installed, or what lies there cannot be read. */
  info(): Promise<PackInfo | null>;
  /** Copies the files, compares them with their checksums and opens every model once, all before they take the place of a pack that stood.
   *  @throws AppError 'model.file', 'model.hash', 'source.not-found' */
  import(files: readonly PackedFile[]): Promise<PackInfo>;
  remove(): void;
}

export function createTranslationPacks(
  folder: string,
  sources: Sources,
  askWorker: AskWorker,
  threads: () => number,
): TranslationPacks {
  const arriving = `${folder}.arriving`;
  return {
    info: () => (existsSync(folder) ? readPackManifest(folder).then(packInfo, () => null) : Promise.resolve(null)),
    async import(files) {
      const twice = files.find(({ path }, i) => files.findIndex((other) => other.path === path) !== i);
      if (twice !== undefined)
        throw new AppError('model.file', { file: twice.path, problem: because('named-twice', {}) });
      if (!files.some(({ path }) => path === PACK_FILE)) {
        throw new AppError('model.file', { file: PACK_FILE, problem: because('none-in-folder', {}) });
      }
      rmSync(arriving, { recursive: true, force: true });
      try {
        for (const { path, sourceId } of files) {
          const to = join(arriving, path);
          mkdirSync(dirname(to), { recursive: true });
          const source = sources.resolve(sourceId);
          await pipeline(readPiecesUnderKey(source.path, source.key), createWriteStream(to, { flags: 'wx' }));
        }
        const info = await askWorker(
          { type: 'checkTranslation', folder: arriving, threads: threads() },
          AbortSignal.timeout(CHECK_LIMIT_MS),
        );
        rmSync(folder, { recursive: true, force: true });
        renameSync(arriving, folder);
        return info;
      } catch (error) {
        if (error instanceof DOMException && error.name === 'TimeoutError') {
          const problem = because('not-checked-in-time', { minutes: CHECK_LIMIT_MS / 60_000 });
          throw new AppError('model.file', { file: PACK_FILE, problem }, { cause: error });
        }
        throw asDiskFailure(error);
      } finally {
        rmSync(arriving, { recursive: true, force: true });
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
