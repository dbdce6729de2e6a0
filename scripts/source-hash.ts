import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** SHA-256 over names and contents of the given files and folders of the repository; tests do not count. */
function hashOfSources(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesUnder).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  const whole = join(ROOT, path);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [path];
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

/** Builds only when the sources differ from those of the last build, as a stamp beside the result tells. */
export async function buildIfChanged(
  sources: readonly string[],
  result: string,
  stampName: string,
  build: () => Promise<void>,
): Promise<void> {
  const stamp = join(ROOT, 'out', stampName);
  const hash = hashOfSources(sources);
  const previous = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (previous === hash && existsSync(join(ROOT, result))) return;
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
