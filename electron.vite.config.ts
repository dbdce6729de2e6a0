import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import rendererConfig from './vite.renderer.config.ts';

const at = (...parts: string[]) => path.join(import.meta.dirname, ...parts);

/** Entries of the window and of the processes it forks; those not written yet are left out, so that the screens build without them. */
const mainEntries = Object.fromEntries(
  Object.entries({
    index: at('electron/main/main.ts'),
    engine: at('electron/main/engine-entry.ts'),
    worker: at('electron/worker/entry.ts'),
    compute: at('electron/compute/entry.ts'),
    check: at('electron/engine/db/check-entry.ts'),
    'package-check': at('electron/package-check/entry.ts'),
  }).filter(([, file]) => existsSync(file)),
);
const preloadEntry = at('electron/preload/preload.ts');

export default defineConfig({
  ...(mainEntries.index === undefined
    ? {}
    : {
        main: {
          build: {
            outDir: at('out/main'),
            rolldownOptions: { input: mainEntries, output: { format: 'cjs' as const, entryFileNames: '[name].cjs' } },
          },
        },
      }),
  ...(existsSync(preloadEntry)
    ? {
        preload: {
          build: {
            outDir: at('out/preload'),
            // A sandboxed preload must be one file of its own.
            externalizeDeps: false,
            isolatedEntries: true,
            rolldownOptions: {
              input: { index: preloadEntry },
              output: { format: 'cjs' as const, entryFileNames: '[name].cjs' },
            },
          },
        },
      }
    : {}),
  renderer: rendererConfig,
});
