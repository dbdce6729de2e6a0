import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { EXTERNAL_MODULES } from './packaging/modules.ts';

const at = (...parts: string[]) => path.join(import.meta.dirname, ...parts);

/** Process entries: the window, and the processes that it forks. */
const ENTRIES = {
  index: at('electron/main/main.ts'),
  engine: at('electron/main/engine-entry.ts'),
  worker: at('electron/worker/entry.ts'),
  compute: at('electron/compute/entry.ts'),
  check: at('electron/engine/db/check-entry.ts'),
  'package-check': at('electron/package-check/entry.ts'),
};

/** Entries and what they share lie in one folder, where each finds the others. */
const OUTPUT = { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' };

/** The window; the screens have a configuration of their own, because the loopback host serves them too. */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      // All but native packages is in the bundles, so that nothing else of node_modules needs packing.
      externalizeDeps: false,
      rolldownOptions: {
        input: ENTRIES,
        external: [new RegExp(`^(?:${EXTERNAL_MODULES.join('|')})(?:/|$)`)],
        output: OUTPUT,
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // A sandboxed preload must be one file of its own.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: { input: { index: at('electron/preload/preload.ts') }, output: OUTPUT },
    },
  },
});
