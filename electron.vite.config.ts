import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { EXTERNAL_MODULES } from './packaging/modules.ts';
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
  main: {
    build: {
      outDir: at('out/main'),
      // All but native packages is in the bundles, so that nothing else of node_modules needs packing.
      externalizeDeps: false,
      rolldownOptions: {
        input: mainEntries,
        external: [new RegExp(`^(?:${EXTERNAL_MODULES.join('|')})(?:/|$)`)],
        output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
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
