import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { NativeFile } from '../../shared/contract/offline.ts';

const FOLDERS = ['onnxruntime-node/bin', 'better-sqlite3/prebuilds', '@node-rs'] as const;
const NATIVE = /\.(?:node|dll|dylib|so(?:\.[\d.]+)?)$/;
/** How the packages name the machine that a file is for: `linux/x64/`, `linux-x64.node`, `jieba-linux-x64-gnu/`. */
const OF_THIS_MACHINE = new RegExp(`[/-]${process.platform}[/-]${process.arch}[/.-]`);

/** Native code in the installed packages that this machine loads, with its SHA-256. Read anew each time: a file that was changed since shows. */
export function nativeFiles(modules: string): readonly NativeFile[] {
  return FOLDERS.flatMap((folder) => filesIn(join(modules, folder)))
    .map((path) => ({ path, name: relative(modules, path).split(sep).join('/') }))
    .filter(({ name }) => NATIVE.test(name) && OF_THIS_MACHINE.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ path, name }) => {
      const bytes = readFileSync(path);
      return { path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
}

function filesIn(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
