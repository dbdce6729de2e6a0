import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import { readUnderKey, type SealKey } from './sealed-file.ts';

/** What a job laid into its folder so that it can go on, as `parse` reads it; null where nothing lies there.
 *  @throws AppError 'train.checkpoint' naming the file where it is broken */
export async function readKept<T>(path: string, key: SealKey, parse: (bytes: Buffer) => T): Promise<T | null> {
  if ((await stat(path).catch(() => null)) === null) return null;
  try {
    return parse(await readUnderKey(path, key));
  } catch (cause) {
    throw new AppError('train.checkpoint', { problem: because('file-invalid', { file: basename(path) }) }, { cause });
  }
}

/** @throws AppError 'train.checkpoint' where something was kept of other rows or models */
export function assertSameData(kept: string, now: string): void {
  if (kept !== now) throw new AppError('train.checkpoint', { problem: because('made-with-other', { part: 'data' }) });
}
