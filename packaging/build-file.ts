import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILD_FILE, type Build } from '../electron/hosting/build-identity.ts';
import { packedFiles } from './contents.ts';
import type { PackagedPlatform } from './platforms.ts';

/** What is built, as the packaged program will tell it: the same for the same files, whenever and wherever it is packed. */
export function describeBuild(root: string, platform: PackagedPlatform): Build {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const files = packedFiles(root, platform).map(({ from, path, native }) => {
    const content = readFileSync(from);
    return { path, native, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  const lines = [`${version} ${platform}`, ...files.map(({ path, sha256 }) => `${sha256}  ${path}`)];
  return {
    version,
    platform,
    hash: createHash('sha256')
      .update(`${lines.join('\n')}\n`)
      .digest('hex'),
    natives: files.filter(({ native }) => native).map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  };
}

/** Writes the build file that is packed. */
export function writeBuildFile(root: string, platform: PackagedPlatform): Build {
  const build = describeBuild(root, platform);
  const file = join(root, BUILD_FILE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(build, null, 2)}\n`);
  return build;
}
