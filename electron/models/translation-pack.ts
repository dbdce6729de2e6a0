import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import {
  DIRECTION_FILES,
  DIRECTIONS,
  PACK_FILE,
  type PackInfo,
  type PackManifest,
  packManifestSchema,
} from '../../shared/translation/pack.ts';
import { parseModelJson, readJsonFile } from './json-file.ts';
import { fileSha256, MOST_FILE_BYTES } from './model-folder.ts';

const MANIFEST_LIMIT_MB = 1;
const BYTES_PER_MB = 1_000_000;
const LICENCE = /^(LICEN[CS]E|COPYING|NOTICE)/;

/** Reads what a pack says of itself. @throws AppError 'model.file' where it is not valid or lacks a file */
export async function readPackManifest(folder: string): Promise<PackManifest> {
  const { file, json } = await readJsonFile(join(folder, PACK_FILE), MANIFEST_LIMIT_MB);
  const manifest: PackManifest = parseModelJson(packManifestSchema, json, file);
  const named = new Set(manifest.files.map(({ path }) => path));
  for (const direction of DIRECTIONS) {
    for (const name of DIRECTION_FILES) {
      if (!named.has(`${direction}/${name}`)) {
        throw new AppError('model.file', { file, problem: because('names-not', { name: `${direction}/${name}` }) });
      }
    }
  }
  if (![...named].some((path) => LICENCE.test(path))) {
    throw new AppError('model.file', { file, problem: because('names-no-licence', {}) });
  }
  return manifest;
}

/** Compares every file with the manifest. @throws AppError 'model.hash' naming the first that differs or is missing, 'model.file' where it is too large */
export async function verifyPack(folder: string, { files }: PackManifest): Promise<void> {
  for (const { path, bytes, sha256 } of files) {
    if (bytes > MOST_FILE_BYTES) {
      throw new AppError('model.file', { file: path, problem: because('over-bytes', { bytes }) });
    }
    const found = await stat(join(folder, path)).catch(() => null);
    if (found?.isFile() !== true || found.size !== bytes || (await fileSha256(join(folder, path))) !== sha256) {
      throw new AppError('model.hash', { file: path });
    }
  }
}

export function packInfo({ id, name, licence, source, files }: PackManifest): PackInfo {
  const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort();
  return {
    id,
    name,
    licence,
    source,
    hash: createHash('sha256').update(lines.join('')).digest('hex'),
    sizeMb: files.reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_MB,
  };
}
