import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { asFileFailure } from '../db/file-failure.ts';
import { placeFile } from '../durable-file.ts';
import { partialOf, sweepPartials } from '../partial-file.ts';

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
 *  @throws AppError 'project.disk-full' where the disk has no room, 'project.cannot-write' where the folder takes no file */
export async function writeWhole(path: string, write: (partial: string) => void | Promise<void>): Promise<WrittenFile> {
  const partial = partialOf(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    sweepPartials(dirname(path));
    await write(partial);
    const bytes = readFileSync(partial);
    placeFile(partial, path);
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    throw asFileFailure(error, path);
  } finally {
    if (statSync(partial, { throwIfNoEntry: false }) !== undefined) rmSync(partial, { force: true });
  }
}

export function writeText(path: string, text: string): Promise<WrittenFile> {
  return writeWhole(path, (partial) => writeFileSync(partial, text));
}
