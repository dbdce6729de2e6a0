import { closeSync, fsyncSync, openSync, renameSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';

/** Gives a finished file its name so that it is there whole or not at all, also after a loss of power. */
export function placeFile(partial: string, path: string): void {
  sync(partial, 'r+');
  renameSync(partial, path);
  // Windows cannot open folders and keeps a journal of its own.
  if (process.platform !== 'win32') sync(dirname(path), 'r');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Refuses to start writing what the disk cannot take. @throws AppError 'project.disk-full' */
export function requireRoom(folder: string, bytes: number, path: string): void {
  let free: number;
  try {
    const { bavail, bsize } = statfsSync(folder);
    free = bavail * bsize;
  } catch {
    // A medium that does not say: the write itself will tell.
    return;
  }
  if (free < bytes) throw new AppError('project.disk-full', { path });
}
