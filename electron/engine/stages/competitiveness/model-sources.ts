import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { because } from '../../../../shared/errors/reasons.ts';
import { keptAs } from '../../../../shared/stages/competitiveness/base-model/files.ts';
import { asDiskFailure } from '../../../child/disk-failure.ts';
import { readPiecesUnderKey, sizeUnderKey } from '../../../files/sealed-file.ts';
import { MOST_FILE_BYTES, type ModelManifest } from '../../../models/model-folder.ts';
import type { EngineDeps } from '../../deps.ts';
import { requireRoom } from '../../durable-file.ts';

const BYTES_PER_MB = 1024 * 1024;
/** No text file of a model has a reason to be larger; readers have stricter limits of their own. */
const MOST_TEXT_BYTES = 64 * BYTES_PER_MB;
const MOST_TOTAL_BYTES = 16 * 1024 * BYTES_PER_MB;
const NEEDED = ['config.json', 'tokenizer.json'] as const;

interface Chosen {
  readonly path: string;
  readonly sourceId: string;
}
type Source = Awaited<ReturnType<EngineDeps['resolveSource']>>;

/** Copies the files of a model into an empty folder, each under its plain name, and says what they are.
 *  @throws AppError 'model.file-missing', 'model.file' naming the file that is too large or named twice, 'project.disk-full' */
export async function copyModelFiles(
  chosen: readonly Chosen[],
  into: string,
  deps: EngineDeps,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<ModelManifest['files']> {
  const found = await Promise.all(chosen.map((file) => measured(file, deps)));
  const files = found.filter((file) => file !== null);
  requireFiles(files.map(({ name }) => name));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MOST_TOTAL_BYTES) {
    throw new AppError('model.file', { file: 'model.safetensors', problem: because('over-bytes', { bytes: total }) });
  }
  requireRoom(into, total, into);
  let done = 0;
  const copied: ModelManifest['files'] = [];
  for (const { name, bytes, source } of files.sort((a, b) => a.name.localeCompare(b.name))) {
    const sha256 = await copy(source, join(into, name), bytes, signal, (count) => {
      done += count;
      onProgress(done / Math.max(1, total));
    });
    copied.push({ path: name, bytes, sha256 });
  }
  return copied;
}

async function measured({ path, sourceId }: Chosen, deps: EngineDeps) {
  const name = keptAs(path);
  if (name === null) return null;
  const source = await deps.resolveSource(sourceId);
  const bytes = await sizeUnderKey(source.path, source.key);
  const limit = /\.(safetensors|onnx)$/.test(name) ? MOST_FILE_BYTES : MOST_TEXT_BYTES;
  if (bytes > limit) throw new AppError('model.file', { file: name, problem: because('over-bytes', { bytes }) });
  return { name, bytes, source };
}

function requireFiles(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new AppError('model.file', { file: twice, problem: because('named-twice', {}) });
  const missing = NEEDED.find((name) => !names.includes(name));
  if (missing !== undefined) throw new AppError('model.file-missing', { file: missing });
  if (!names.some((name) => /\.(safetensors|onnx)$/.test(name))) {
    throw new AppError('model.file-missing', { file: 'model.safetensors' });
  }
}

/** Copies exactly `bytes` bytes and gives their SHA-256: a file that grows or shrinks meanwhile is refused. */
async function copy(
  { path, key, name }: Source,
  target: string,
  bytes: number,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let file: FileHandle | null = null;
  let seen = 0;
  try {
    file = await open(target, 'wx', 0o600);
    for await (const piece of readPiecesUnderKey(path, key)) {
      signal.throwIfAborted();
      seen += piece.byteLength;
      if (seen > bytes) break;
      hash.update(piece);
      await file.write(piece);
      onBytes(piece.byteLength);
    }
    await file.sync();
  } catch (error) {
    throw asDiskFailure(error);
  } finally {
    await file?.close();
  }
  if (seen !== bytes) throw new AppError('model.file', { file: name, problem: because('changed-meanwhile', {}) });
  return hash.digest('hex');
}
