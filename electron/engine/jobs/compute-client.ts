import { AppError, BugError, fromAppErrorJson } from '../../../shared/errors/app-error.ts';
import type { Progress } from '../../../shared/jobs/state.ts';
import type { ComputeReply, ComputeRequest } from '../../compute/protocol.ts';
import type { ComputeTaskName, ComputeTasks } from '../../compute/tasks.ts';
import type { ChildPort } from '../deps.ts';
import { type PulseOptions, QUIET_AFTER_MS, watchPulse } from './pulse.ts';

export interface ComputeOptions<B> extends PulseOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called for each batch that the task streams; the task waits until it resolves. */
  readonly onBatch?: (batch: B) => void | Promise<void>;
}

/** Runs pure tasks in a process of its own, one at a time, kept warm. Aborting ends the process: that is what makes any task cancellable. */
export interface ComputeClient {
  run<N extends ComputeTaskName>(
    task: N,
    input: ComputeTasks[N]['input'],
    options?: ComputeOptions<ComputeTasks[N]['batch']>,
  ): Promise<ComputeTasks[N]['output']>;
  dispose(): void;
}

export function createComputeClient(spawn: () => ChildPort, quietAfterMs = QUIET_AFTER_MS): ComputeClient {
  let child: ChildPort | null = null;
  let spoken = false;
  let nextId = 1;
  let tail: Promise<unknown> = Promise.resolve();

  const ensureChild = (): ChildPort => {
    if (child !== null) return child;
    const started = spawn();
    started.onExit(() => {
      if (child === started) child = null;
    });
    child = started;
    spoken = false;
    return started;
  };

  const runNow = (task: ComputeTaskName, input: unknown, options: ComputeOptions<never>): Promise<unknown> => {
    if (options.signal?.aborted === true) return Promise.reject(options.signal.reason);
    const port = ensureChild();
    const id = nextId++;
    return new Promise((resolve, reject) => {
      const ask = () => port.send({ type: 'ping', id } satisfies ComputeRequest);
      const pulse = watchPulse(port, ask, () => spoken, quietAfterMs, options);
      const settle = (finish: () => void) => {
        stopMessages();
        stopExit();
        pulse.stop();
        options.signal?.removeEventListener('abort', abort);
        finish();
      };
      const abort = () => {
        settle(() => reject(options.signal?.reason));
        if (child === port) child = null;
        port.kill();
      };
      const stopExit = port.onExit(() =>
        settle(() => reject(new AppError('internal.process-lost', { process: 'compute' }))),
      );
      const stopMessages = port.onMessage((message) => {
        const reply = message as ComputeReply;
        if (reply.id !== id) return;
        spoken = true;
        pulse.heard();
        switch (reply.type) {
          case 'alive':
            break;
          case 'progress':
            options.onProgress?.(reply.progress);
            break;
          case 'batch':
            // A batch that cannot be taken, as on a full disk, fails the task and not the process.
            new Promise((taken) => taken(options.onBatch?.(reply.batch as never))).then(
              () => port.send({ type: 'ack', id } satisfies ComputeRequest),
              (error: unknown) => {
                settle(() => reject(error));
                if (child === port) child = null;
                port.kill();
              },
            );
            break;
          case 'done':
            settle(() => resolve(reply.output));
            break;
          case 'failed':
            settle(() => reject(fromAppErrorJson(reply.error)));
            break;
          default:
            throw new BugError('unknown reply of a compute process');
        }
      });
      options.signal?.addEventListener('abort', abort);
      port.send({ type: 'run', id, task, input } satisfies ComputeRequest);
    });
  };

  return {
    run(task, input, options = {}) {
      const result = tail.then(() => runNow(task, input, options as ComputeOptions<never>));
      tail = result.catch(() => undefined);
      return result as never;
    },
    dispose() {
      child?.kill();
      child = null;
    },
  };
}

/** The same client, with every task of it listened to in one way. */
export function computeWithPulse(client: ComputeClient, pulse: PulseOptions): ComputeClient {
  return { ...client, run: (task, input, options) => client.run(task, input, { ...options, ...pulse }) };
}
