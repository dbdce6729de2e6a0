import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ResourcePaths, resourcePaths } from './resource-paths.ts';
import { treeHash } from './tree-hash.ts';

/** Where a packaged application says what it was built from. */
export const BUILD_FILE = 'out/build.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const buildSchema = z.strictObject({
  version: z.string(),
  /** Operating system and processor as Node names them, such as `win32-x64`. */
  platform: z.string(),
  /** SHA-256 over names and SHA-256 of every packed file; the same for every build of the same sources. */
  hash: sha256,
  /** Every native binary, by its path below the resources folder; their hashes are compared before one is loaded. */
  natives: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256 })).min(1),
});
export type Build = z.output<typeof buildSchema>;

/** What a run from the sources consists of. */
const SOURCES = ['electron', 'renderer', 'resources/package', 'shared', 'package.json', 'package-lock.json'];

/** What a packaged application was built from. */
export function readBuild({ root }: Pick<ResourcePaths, 'root'>): Build {
  return buildSchema.parse(JSON.parse(readFileSync(join(root, BUILD_FILE), 'utf8')));
}

/** The build hash of a packaged application; for a run from the sources their hash, marked `development-`. */
export function buildHash(paths: ResourcePaths = resourcePaths()): string {
  return paths.packaged ? readBuild(paths).hash : `development-${treeHash(paths.root, SOURCES)}`;
}
