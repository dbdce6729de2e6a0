import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { isRunning } from '../child/is-running.ts';

/** The journal is SQLite's, of a copy that was cut off. */
const JOURNAL = '-journal';
const PARTIAL = /^\..+\.(\d+)\.partial(\.\w+)?(-journal)?$/;

/** Where a file is written until it is whole: beside its place, named after the process that writes it. The ending stays for programs that go by it. */
export function partialOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.partial${extname(path)}`);
}

export function isPartial(path: string): boolean {
  return PARTIAL.test(basename(path));
}

export function removePartial(partial: string): void {
  for (const path of [partial, `${partial}${JOURNAL}`]) rmSync(path, { force: true });
}

/** Removes unfinished files that processes which are gone have left in a folder: it is customers' data. */
export function sweepPartials(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = PARTIAL.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // Another user's: not ours to delete.
    }
  }
}
