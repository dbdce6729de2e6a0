import type { ChildPort } from '../../electron/engine/deps.ts';
import { createWorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import type { WorkerEvent, WorkerRequest, WorkerResults } from '../../shared/worker/protocol.ts';

/** Asks a model process that does nothing else. It is killed at the first event of which `kills` says so: then null. */
export async function ownProcess<R extends WorkerRequest>(
  request: R,
  kills: (event: WorkerEvent) => boolean = () => false,
): Promise<WorkerResults[R['type']] | null> {
  let child: ChildPort | null = null;
  const client = createWorkerClient(() => {
    child = forkEntry('worker');
    return child;
  });
  let killed = false;
  const onEvent = (event: WorkerEvent) => {
    if (killed || !kills(event)) return;
    killed = true;
    child?.kill();
  };
  try {
    return await client.run(request, { onEvent });
  } catch (error) {
    if (killed) return null;
    throw error;
  } finally {
    client.dispose();
  }
}

/** Once a checkpoint at or after this update stands. */
export const checkpointAt = (step: number) => (event: WorkerEvent) =>
  event.type === 'checkpointed' && event.step >= step;
