import { AppError, fromAppErrorJson } from '../../../shared/errors/app-error.ts';
import type {
  FromWorker,
  ToWorker,
  WorkerEvent,
  WorkerRequest,
  WorkerResults,
} from '../../../shared/worker/protocol.ts';
import type { ChildPort } from '../deps.ts';
import { type PulseOptions, QUIET_AFTER_MS, watchPulse } from './pulse.ts';

/** How long a cancelled request may take to end by itself before its process is killed: longer than any one run of ONNX Runtime should be. */
const CANCEL_GRACE_MS = 5_000;

export interface WorkerOptions extends PulseOptions {
  /** Ends the request after the batch or update under way; rejects with its reason. */
  readonly signal?: AbortSignal;
  /** A training writes a checkpoint after the update under way and answers `paused`. */
  readonly pause?: AbortSignal;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/** Requests to a model process, one at a time, in order. The process is kept warm and started anew when it has died. */
export interface WorkerClient {
  /** @throws AppError 'internal.process-lost' when the process dies; the signal's reason when cancelled */
  run<R extends WorkerRequest>(request: R, options?: WorkerOptions): Promise<WorkerResults[R['type']]>;
  /** Ends the process; what runs is lost but for its last checkpoint. */
  dispose(): void;
}

export function createWorkerClient(
  spawn: () => ChildPort,
  quietAfterMs = QUIET_AFTER_MS,
  spoolKey: Uint8Array | null = null,
): WorkerClient {
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

  const runNow = (request: WorkerRequest, options: WorkerOptions): Promise<unknown> => {
    const { signal, pause, onEvent } = options;
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const port = ensureChild();
    const id = nextId++;
    const send = (message: ToWorker) => port.send(message);
    return new Promise((resolve, reject) => {
      let killer: NodeJS.Timeout | null = null;
      const pulse = watchPulse(
        port,
        () => send({ type: 'ping', id }),
        () => spoken,
        quietAfterMs,
        options,
      );
      const settle = (finish: () => void) => {
        stopMessages();
        stopExit();
        pulse.stop();
        if (killer !== null) clearTimeout(killer);
        signal?.removeEventListener('abort', cancel);
        pause?.removeEventListener('abort', askPause);
        finish();
      };
      const cancel = () => {
        send({ type: 'cancel', id });
        if (pulse.quiet) port.kill();
        killer = setTimeout(() => port.kill(), CANCEL_GRACE_MS);
      };
      const askPause = () => send({ type: 'pause', id });
      const stopExit = port.onExit(() => {
        const lost = new AppError('internal.process-lost', { process: 'worker' });
        settle(() => reject(signal?.aborted === true ? signal.reason : lost));
      });
      const stopMessages = port.onMessage((message) => {
        const reply = message as FromWorker;
        if (reply.id !== id) return;
        spoken = true;
        pulse.heard();
        if (reply.type === 'alive') return;
        if (reply.type === 'event') onEvent?.(reply.event);
        else if (reply.type === 'done') settle(() => resolve(reply.result));
        else if (reply.type === 'cancelled') settle(() => reject(signal?.reason));
        else settle(() => reject(fromAppErrorJson(reply.error)));
      });
      signal?.addEventListener('abort', cancel);
      pause?.addEventListener('abort', askPause);
      send({ type: 'run', id, request, spoolKey });
      if (pause?.aborted === true) askPause();
    });
  };

  return {
    run(request, options = {}) {
      const result = tail.then(() => runNow(request, options));
      tail = result.catch(() => undefined);
      return result as never;
    },
    dispose() {
      child?.kill();
      child = null;
    },
  };
}

/** The same client, with every request of it listened to in one way. */
export function workerWithPulse(client: WorkerClient, pulse: PulseOptions): WorkerClient {
  return { ...client, run: (request, options) => client.run(request, { ...options, ...pulse }) };
}
