import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where what leaves the project is written: a folder beside it, named after it. */
export function exportsFolder(projectPath: string): string {
  return join(dirname(projectPath), `${basename(projectPath, extname(projectPath))}-exports`);
}

/** Writes a file so that it is there whole or not at all. `write` is given a path of its own in the same folder.
 *  @throws AppError 'project.disk-full' where the disk has no room */
export async function writeWhole(path: string, write: (partial: string) => void | Promise<void>): Promise<WrittenFile> {
  const partial = join(dirname(path), `.${basename(path)}.partial${extname(path)}`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(partial, { force: true });
    await write(partial);
    const bytes = readFileSync(partial);
    renameSync(partial, path);
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new AppError('project.disk-full', { path });
    throw error;
  } finally {
    if (statSync(partial, { throwIfNoEntry: false }) !== undefined) rmSync(partial, { force: true });
  }
}

export function writeText(path: string, text: string): Promise<WrittenFile> {
  return writeWhole(path, (partial) => writeFileSync(partial, text));
}
