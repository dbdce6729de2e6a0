import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { treeHash } from '../electron/hosting/tree-hash.ts';

const ROOT = join(import.meta.dirname, '..');

/** Builds only when the sources differ from those of the last build, as a stamp beside the result tells. */
export async function buildIfChanged(
  sources: readonly string[],
  result: string,
  stampName: string,
  build: () => Promise<void>,
): Promise<void> {
  const stamp = join(ROOT, 'out', stampName);
  const hash = treeHash(ROOT, sources);
  const previous = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (previous === hash && existsSync(join(ROOT, result))) return;
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
