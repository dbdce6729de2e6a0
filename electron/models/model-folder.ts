import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import { readJsonFile } from './json-file.ts';

export const MANIFEST_FILE = 'manifest.json';
const MANIFEST_LIMIT_MB = 1;
/** What one read of the runtime takes in. */
export const MOST_FILE_BYTES = 2 ** 31 - 1;

/** What stands beside the files of a base model: whose they are, how they are used, and what they must be. */
export const modelManifestSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  licence: z.string(),
  source: z.string(),
  languages: z.array(z.string()),
  pooling: z.enum(['cls', 'mean']),
  /** Most tokens of a text that the model was made for. */
  maxLength: z.int().min(2),
  files: z
    .array(
      z.strictObject({
        path: z.string().regex(/^[\w.-]+$/),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
});
export type ModelManifest = z.output<typeof modelManifestSchema>;

/** Reads a model folder's manifest. @throws AppError 'model.not-found' without one, 'model.file' where it is not valid */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const path = join(folder, MANIFEST_FILE);
  await access(path).catch((cause: unknown) => {
    throw new AppError('model.not-found', { model: basename(folder) }, { cause });
  });
  const { file, json } = await readJsonFile(path, MANIFEST_LIMIT_MB);
  const manifest = modelManifestSchema.safeParse(json);
  if (manifest.success) return manifest.data;
  throw new AppError('model.file', { file, problem: because('bad-manifest', {}) }, { cause: manifest.error });
}

/** The name of a model by its content: SHA-256 over its files' names and hashes. */
export function modelHash(manifest: ModelManifest): string {
  const lines = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Compares every file with the manifest. @throws AppError 'model.hash' naming the first that differs or is missing, 'model.file' where it is too large to be read */
export async function verifyModelFolder(folder: string, manifest: ModelManifest): Promise<void> {
  for (const { path, bytes, sha256 } of manifest.files) {
    if (bytes > MOST_FILE_BYTES) {
      throw new AppError('model.file', { file: path, problem: because('over-bytes', { bytes }) });
    }
    const found = await stat(join(folder, path)).catch(() => null);
    if (found?.size !== bytes || (await fileSha256(join(folder, path))) !== sha256) {
      throw new AppError('model.hash', { file: path });
    }
  }
}

export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
