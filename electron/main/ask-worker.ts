import { MessageChannelMain } from 'electron';
import { createWorkerClient } from '../engine/jobs/worker-client.ts';
import type { AskWorker } from '../hosting/ask-worker.ts';
import type { Log } from '../hosting/log.ts';
import type { ConnectMessage } from './engine-messages.ts';
import { createFarChild } from './far-child.ts';
import { forkUtility, killUtility } from './utility.ts';

/** Asks model processes of the main process's own: no project needs to be open for it. */
export function askInUtility(log: Log): AskWorker {
  return async (request, signal) => {
    const client = createWorkerClient(() => {
      const forked = forkUtility('worker', log);
      const { port1, port2 } = new MessageChannelMain();
      const child = createFarChild(() => killUtility(forked));
      forked.once('exit', (code) => child.ended(code));
      forked.postMessage({ type: 'connect' } satisfies ConnectMessage, [port1]);
      child.connect(port2);
      return child.port;
    });
    try {
      return await client.run(request, { signal });
    } finally {
      client.dispose();
    }
  };
}
