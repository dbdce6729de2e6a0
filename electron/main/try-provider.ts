import { MessageChannelMain } from 'electron';
import { createWorkerClient } from '../engine/jobs/worker-client.ts';
import type { Log } from '../hosting/log.ts';
import type { TryProvider } from '../hosting/providers.ts';
import type { ConnectMessage } from './engine-messages.ts';
import { createFarChild } from './far-child.ts';
import { forkUtility, killUtility } from './utility.ts';

/** Tries providers in model processes of the main process's own: no project needs to be open for it. */
export function tryInUtility(log: Log): TryProvider {
  return async (provider, threads, signal) => {
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
      return await client.run({ type: 'tryProvider', provider, threads }, { signal });
    } finally {
      client.dispose();
    }
  };
}
