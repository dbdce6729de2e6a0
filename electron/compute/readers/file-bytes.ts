import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MAX_FILE_BYTES } from '../../../shared/stages/demand/import/limits.ts';
import { readPiecesUnderKey, type SealKey, sizeUnderKey } from '../../files/sealed-file.ts';

const HEAD_BYTES = 1024 ** 2;

/** @throws AppError 'source.not-found', 'import.empty', 'import.too-large' */
export async function checkFile(path: string, key: SealKey = null): Promise<{ file: string; bytes: number }> {
  const file = basename(path);
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw new AppError('source.not-found', { sourceId: file });
  const bytes = key === null ? found.size : await sizeUnderKey(path, key);
  if (bytes === 0) throw new AppError('import.empty', { file });
  if (bytes > MAX_FILE_BYTES) throw new AppError('import.too-large', { file, limit: '2 GB' });
  return { file, bytes };
}

/** The bytes of a file in pieces that the caller may keep. @throws the signal's reason when it is aborted */
export async function* readBytes(path: string, key: SealKey, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  for await (const piece of readPiecesUnderKey(path, key)) {
    yield piece;
    signal?.throwIfAborted();
  }
}

export interface FileHead {
  readonly bytes: Uint8Array;
  readonly complete: boolean;
  /** From the first piece with a byte above 0x7F where the head has none, to tell encodings apart; else null. */
  readonly beyondAscii: Uint8Array | null;
}

/** The first mebibyte of a file and, where that is pure ASCII, the first later piece that is not. */
export async function readHead(path: string, key: SealKey): Promise<FileHead> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ascii = true;
  for await (const piece of readBytes(path, key)) {
    if (length < HEAD_BYTES) {
      pieces.push(piece);
      length += piece.length;
      ascii &&= isAscii(piece);
      continue;
    }
    const bytes = Buffer.concat(pieces);
    if (!ascii) return { bytes, complete: false, beyondAscii: null };
    if (!isAscii(piece)) return { bytes, complete: false, beyondAscii: piece };
    length += piece.length;
  }
  const bytes = Buffer.concat(pieces);
  return { bytes, complete: bytes.length === length, beyondAscii: null };
}

function isAscii(piece: Uint8Array): boolean {
  for (const byte of piece) if (byte >= 0x80) return false;
  return true;
}
