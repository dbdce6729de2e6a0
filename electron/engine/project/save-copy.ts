import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { asFileFailure } from '../db/file-failure.ts';
import { noteCopying } from '../db/owner.ts';
import { placeFile, requireRoom } from '../durable-file.ts';
import { partialOf, removePartial, sweepPartials } from '../partial-file.ts';

export interface SavedCopy {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes a copy of the project beside its place, checks it as a file from anybody is checked, and only then gives it its name: a copy is there whole or not at all.
 *  @throws AppError 'project.exists' | 'project.outside-folder' | 'project.disk-full' | 'project.cannot-write' */
export async function saveCopy({ deps, path, store, checkCopy }: EngineContext, wanted: string): Promise<SavedCopy> {
  const target = await targetOf(deps, wanted);
  const folder = dirname(target);
  const partial = partialOf(target);
  try {
    mkdirSync(folder, { recursive: true });
    sweepPartials(folder);
    requireRoom(folder, statSync(path).size, target);
    noteCopying(path, partial);
    store.file.copyInto(partial);
    const outcome = await checkCopy(partial);
    if (!outcome.ok) {
      throw new AppError('project.corrupt', { path, problem: 'problem' in outcome ? outcome.problem : outcome.reason });
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(partial), hash);
    const { size } = statSync(partial);
    // Somebody may have put a file there meanwhile; a rename would replace it.
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined)
      throw new AppError('project.exists', { path: target });
    placeFile(partial, target);
    return { path: target, bytes: size, sha256: hash.digest('hex') };
  } catch (error) {
    throw asFileFailure(error, target);
  } finally {
    removePartial(partial);
    noteCopying(path, null);
  }
}

/** A path that leads through a file, or nowhere, is one that cannot be written. */
async function targetOf(deps: EngineContext['deps'], wanted: string): Promise<string> {
  try {
    return await deps.resolveTarget(wanted);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('project.cannot-write', { path: wanted }, { cause });
  }
}
