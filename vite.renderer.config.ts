import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.join(import.meta.dirname, 'renderer');

/** The screens, the same for the window and for the loopback host. The host puts a fresh nonce in place of `__CSP_NONCE__` in index.html. */
export default defineConfig({
  root,
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'out/renderer'),
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    // One sheet in one order, whichever screens are opened first.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 3000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: path.join(root, 'index.html'),
      // Chunks must not turn the order of modules round: what forbids eval stands before every schema.
      output: { strictExecutionOrder: true },
    },
  },
});
