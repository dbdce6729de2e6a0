import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

export const CHECKSUMS_FILE = 'checksums.sha256';

/** @param {string} path
 *  @returns {Promise<string>} */
export async function fileSha256(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Paths of all files under a folder, with forward slashes, sorted; links are listed as they are, not followed.
 *  @param {string} folder */
export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(folderOf(entry), entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    )
    .sort();
}

/** Node 20 called it `path` before 20.12.
 *  @param {{ readonly parentPath?: string, readonly path?: string }} entry */
function folderOf(entry) {
  return entry.parentPath ?? entry.path ?? '';
}

/** Lines of a list of checksums: `<sha256>  <path>`.
 *  @param {string} text */
function parseChecksums(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha256, path] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
      if (sha256 === undefined || path === undefined || path.split('/').includes('..')) {
        throw new Error(`${CHECKSUMS_FILE} has a line that cannot be read`);
      }
      return { sha256, path };
    });
}

/** Compares every file with the list.
 *  @param {string} folder
 *  @returns {Promise<{ readonly files: number, readonly missing: string[], readonly changed: string[], readonly added: string[] }>} */
export async function compareWithChecksums(folder) {
  const listed = parseChecksums(readFileSync(join(folder, CHECKSUMS_FILE), 'utf8'));
  const missing = [];
  const changed = [];
  for (const { sha256, path } of listed) {
    const file = join(folder, path);
    if (!existsSync(file)) missing.push(path);
    else if ((await fileSha256(file)) !== sha256) changed.push(path);
  }
  const known = new Set([CHECKSUMS_FILE, ...listed.map(({ path }) => path)]);
  return { files: listed.length, missing, changed, added: filesUnder(folder).filter((path) => !known.has(path)) };
}
