import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;
/** A second name for the readable original while its encrypted successor takes its place. */
const ERASE_ENDING = '.erase';

export function eraseName(projectPath: string): string {
  return `${projectPath}${ERASE_ENDING}`;
}

/** Overwrites what an open file holds. On a disk with plates it is then gone; an SSD or a file system with snapshots may keep the old blocks elsewhere. */
export function overwrite(file: number, bytes: number): void {
  for (let at = 0; at < bytes; at += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, bytes - at);
    writeSync(file, randomBytes(length), 0, length, at);
  }
  fsyncSync(file);
}

/** Overwrites a file, then removes it. */
export function eraseFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    overwrite(file, statSync(path).size);
  } finally {
    closeSync(file);
  }
  rmSync(path);
}

/** Overwrites and removes everything below a folder, and the folder. */
export function eraseFolder(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) eraseFile(join(entry.parentPath, entry.name));
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Finishes what a crash interrupted. Where the second name still stands for the project itself, only the name goes. */
export function eraseLeftover(projectPath: string): void {
  const leftover = eraseName(projectPath);
  const found = statSync(leftover, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return;
  const project = statSync(projectPath, { bigint: true });
  if (found.ino === project.ino && found.dev === project.dev) rmSync(leftover);
  else eraseFile(leftover);
}

/** Copies that earlier migrations made of a project. */
export function backupsOf(projectPath: string): readonly string[] {
  const prefix = `${basename(projectPath)}.v`;
  return readdirSync(dirname(projectPath))
    .filter((name) => name.startsWith(prefix) && name.endsWith('.bak'))
    .map((name) => join(dirname(projectPath), name));
}
