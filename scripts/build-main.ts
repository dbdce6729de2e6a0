import { join } from 'node:path';
import { buildIfChanged } from './build-if-changed.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = [
  'electron',
  'shared',
  'electron.vite.config.ts',
  'packaging/modules.ts',
  'resources/package/lib',
  'package-lock.json',
  'tsconfig.json',
];

/** Builds the window, its preload script and the processes that it forks, where their sources changed. */
export function buildMain(onBuild: () => void = () => undefined): Promise<void> {
  return buildIfChanged(SOURCES, 'out/main/index.cjs', 'main.source-hash', async () => {
    onBuild();
    const { build } = await import('electron-vite');
    await build({ configFile: join(ROOT, 'electron.vite.config.ts'), logLevel: 'warn' });
  });
}
