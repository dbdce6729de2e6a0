import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { PackageFile } from '../../../../../shared/stages/landing/package/results.ts';
import { fileSha256 } from '../../../../models/model-folder.ts';
import type { PackageSource } from './vendor.ts';

const CHECKSUMS = 'checksums.sha256';

/** Lays files into a folder, whatever their rights were: the customer must be able to copy and delete them. */
export async function writeSources(
  folder: string,
  sources: readonly PackageSource[],
  signal: AbortSignal,
): Promise<void> {
  for (const source of sources) {
    signal.throwIfAborted();
    const path = join(folder, source.path);
    await mkdir(dirname(path), { recursive: true });
    if ('text' in source) await writeFile(path, source.text);
    else await copyFile(source.from, path);
  }
}

/** Makes a folder's files last through a loss of power, before it gets its name. */
export async function syncFiles(folder: string, files: readonly PackageFile[]): Promise<void> {
  for (const { path } of files) {
    // Windows syncs only what may be written; elsewhere a vendored file may be read-only.
    const file = await open(join(folder, path), process.platform === 'win32' ? 'r+' : 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** Every file under a folder with its hash, by path with forward slashes. */
export async function hashedFiles(folder: string, signal: AbortSignal): Promise<PackageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const files: PackageFile[] = [];
  for (const path of paths) {
    signal.throwIfAborted();
    const file = join(folder, path);
    files.push({
      path: path.replaceAll(sep, '/'),
      bytes: (await stat(file)).size,
      sha256: await fileSha256(file),
    });
  }
  return files;
}

/** Writes the list of checksums and gives every file with it. */
export async function writeChecksums(folder: string, signal: AbortSignal): Promise<PackageFile[]> {
  const files = (await hashedFiles(folder, signal)).filter(({ path }) => path !== CHECKSUMS);
  const text = files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
  await writeFile(join(folder, CHECKSUMS), text);
  const own = {
    path: CHECKSUMS,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  return [...files, own].sort((a, b) => (a.path < b.path ? -1 : 1));
}
