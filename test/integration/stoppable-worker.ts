import type { ChildPort } from '../../electron/engine/deps.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import type { FromWorker, ToWorker } from '../../shared/worker/protocol.ts';

export interface StoppableWorker {
  readonly spawn: (entry: Parameters<typeof forkEntry>[0]) => ChildPort;
  /** Steps of the checkpoints that were kept since the last order. */
  readonly kept: readonly number[];
  /** Has something done, once, when the first checkpoint is kept for which this is due. */
  at(isDue: (step: number, checkpoints: number) => boolean, how: (worker: ChildPort) => void): void;
}

/** Model processes that keep a checkpoint whenever there is one to keep, so that a test can stop them behind any. */
export function createStoppableWorker(): StoppableWorker {
  let order: {
    readonly isDue: Parameters<StoppableWorker['at']>[0];
    readonly how: (worker: ChildPort) => void;
  } | null = null;
  const kept: number[] = [];
  return {
    kept,
    at(isDue, how) {
      order = { isDue, how };
      kept.length = 0;
    },
    spawn(entry) {
      const child = forkEntry(entry);
      if (entry !== 'worker') return child;
      child.onMessage((message) => {
        const reply = message as FromWorker;
        if (reply.type !== 'event' || reply.event.type !== 'checkpointed') return;
        kept.push(reply.event.step);
        if (order === null || !order.isDue(reply.event.step, kept.length)) return;
        const { how } = order;
        order = null;
        how(child);
      });
      const always = (message: ToWorker): ToWorker =>
        message.type === 'run' && 'checkpointEveryMs' in message.request
          ? { ...message, request: { ...message.request, checkpointEveryMs: 0 } }
          : message;
      return { ...child, send: (message) => child.send(always(message as ToWorker)) };
    },
  };
}
