import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkerClient, type WorkerClient } from '../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../electron/hosting/fork.ts';

/** Runs `work` with a model process of the product's own, and ends it. */
export async function withModelProcess<T>(work: (client: WorkerClient) => Promise<T>): Promise<T> {
  const client = createWorkerClient(() => forkEntry('worker'));
  try {
    return await work(client);
  } finally {
    client.dispose();
  }
}

/** Runs `work` with an empty folder, and deletes it. */
export async function withSpool<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
