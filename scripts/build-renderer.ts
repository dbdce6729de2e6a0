import { join } from 'node:path';
import { buildIfChanged } from './build-if-changed.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = ['renderer', 'shared', 'vite.renderer.config.ts', 'package-lock.json', 'tsconfig.json'];

export const RENDERER_FOLDER = join(ROOT, 'out', 'renderer');

/** Builds the screens for the loopback host where their sources changed. */
export function buildRenderer(onBuild: () => void = () => undefined): Promise<void> {
  return buildIfChanged(SOURCES, 'out/renderer/index.html', 'renderer.source-hash', async () => {
    onBuild();
    // Loaded late: the builder is large, and most starts do not need it.
    const { build } = await import('vite');
    await build({ configFile: join(ROOT, 'vite.renderer.config.ts'), logLevel: 'warn' });
  });
}
