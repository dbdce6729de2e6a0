import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Stops every test, and every process that it starts, at a socket or a lookup that leads beyond this machine. */
const noNetwork = pathToFileURL(join(import.meta.dirname, 'test', 'guard', 'no-network.ts')).href;
/** Nothing runs beside these: one measures the machine under load, one empties and builds the folder of bundles. */
const ALONE = ['test/integration/load-held.test.ts', 'test/integration/packed-program.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    execArgv: ['--import', noNetwork],
    env: { NODE_OPTIONS: `--import ${noNetwork}` },
    // Limits end what hangs; no machine is slow enough to meet them.
    expect: { poll: { timeout: 100_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,packaging}/**/*.test.{ts,tsx}'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ALONE,
          globalSetup: 'test/integration/shared-projects.ts',
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Each test starts processes of its own: more at once than the smallest machine has cores would only wait for one another.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
