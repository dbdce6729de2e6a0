import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject as VitestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for this run of all tests, where projects that several files begin with are made once. */
    readonly sharedProjects: string;
  }
}

/** Makes the folder before the first test and takes it away after the last. */
export function setup({ provide }: VitestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-shared-'));
  provide('sharedProjects', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
