import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildHash } from './build-identity.ts';
import { forkEntry } from './fork.ts';
import { createPdfPrinter } from './print-pdf.ts';
import type { PathPolicy } from './project-paths.ts';
import type { HostProtection } from './protection.ts';
import { resourcePaths } from './resource-paths.ts';
import { userFolder } from './user-folder.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

/** The workbench of a host that runs in plain Node, from the sources. */
export function createNodeWorkbench(options: {
  readonly host: 'loopback' | 'cli';
  readonly paths: PathPolicy;
  readonly protection: HostProtection;
}): Workbench {
  const resources = resourcePaths();
  const { version } = JSON.parse(readFileSync(join(resources.root, 'package.json'), 'utf8')) as { version: string };
  return createWorkbench({
    ...options,
    version,
    userFolder: userFolder(),
    buildHash,
    modelsFolder: resources.models,
    samplesFolder: resources.samples,
    packageParts: resources.packageParts,
    // Loaded with the first project: a start page needs no engine, and it is half of what there is to load.
    openEngine: async (deps, path, mode) => {
      const { openEngine } = await import('../engine/engine.ts');
      return openEngine({ ...deps, spawn: (entry) => forkEntry(entry, deps.log) }, path, mode);
    },
    printPdf: createPdfPrinter(),
    askWorker: async (request, signal) => {
      const { createWorkerClient } = await import('../engine/jobs/worker-client.ts');
      const client = createWorkerClient(() => forkEntry('worker'));
      try {
        return await client.run(request, { signal });
      } finally {
        client.dispose();
      }
    },
    // Set by our tests: a reply that strays from the contract is a fault to find, not one to stop a customer's work with.
    verifyReplies: process.env.SUCCESS_WORKBENCH_VERIFY === '1',
  });
}
