import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from '../packaging/pack.ts';
import { type PackagedPlatform, PLATFORMS, platformHere } from '../packaging/platforms.ts';
import { buildMain } from './build-main.ts';
import { buildRenderer } from './build-renderer.ts';

/** `npm run package -- [--platform P] [--dir] [--electron-dist DIR] [--identity NAME] [--out DIR]`: builds the product and packs it. */
const ROOT = join(import.meta.dirname, '..');
const USAGE = `npm run package -- [--platform ${PLATFORMS.join('|')}] [--dir] [--electron-dist DIR] [--identity NAME] [--out DIR]`;

function refuse(problem: string): never {
  console.error(`${problem}\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        platform: { type: 'string' },
        dir: { type: 'boolean', default: false },
        'electron-dist': { type: 'string' },
        identity: { type: 'string' },
        out: { type: 'string', default: 'dist' },
      },
    });
    return values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const options = readOptions();
const platform: PackagedPlatform | null | undefined =
  options.platform === undefined ? platformHere() : PLATFORMS.find((name) => name === options.platform);
if (platform === null || platform === undefined) refuse('There is no package for this platform.');

// Anew and as customers get it: nothing of an earlier build is packed, nor React's checks for developers.
process.env.NODE_ENV = 'production';
rmSync(join(ROOT, 'out'), { recursive: true, force: true });
await buildRenderer();
await buildMain();

const electronDist = options['electron-dist'] === undefined ? null : resolve(options['electron-dist']);
try {
  const made = await pack({
    root: ROOT,
    platform,
    folderOnly: options.dir,
    electronDist,
    macIdentity: options.identity ?? null,
    output: resolve(options.out),
  });
  for (const file of made) console.log(file);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
