import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Stops every test, and every process that it starts, at a socket or a lookup that leads beyond this machine. */
const noNetwork = pathToFileURL(join(import.meta.dirname, 'test', 'guard', 'no-network.ts')).href;

export default defineConfig({
  test: {
    pool: 'forks',
    execArgv: ['--import', noNetwork],
    env: { NODE_OPTIONS: `--import ${noNetwork}` },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,packaging}/**/*.test.{ts,tsx}'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
