/** The line from a child process to the engine that started it, whichever way it was started. */
export interface ParentPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

interface MessagePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

interface UtilityParentPort {
  once(event: 'message', listener: (event: { ports: readonly MessagePort[] }) => void): void;
}

/** Connects to the parent: Electron's utility process has `parentPort`, `child_process.fork` has `process.send`.
 *  A child whose parent is gone ends itself, so that no process outlives the workbench. */
export function connectParent(): ParentPort {
  process.on('unhandledRejection', (reason) => {
    console.error(reason);
    process.exit(1);
  });
  const utility = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  if (utility !== undefined) return connectEngine(utility);
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
  };
}

/** A utility process is started by the main process for an engine: the first message brings the port that leads there. */
function connectEngine(utility: UtilityParentPort): ParentPort {
  const listeners: ((message: unknown) => void)[] = [];
  const unsent: unknown[] = [];
  let engine: MessagePort | null = null;
  utility.once('message', ({ ports: [port] }) => {
    if (port === undefined) throw new Error('a child was started without a port to its engine');
    engine = port;
    port.on('message', ({ data }) => {
      for (const listener of listeners) listener(data);
    });
    port.on('close', () => process.exit(0));
    for (const message of unsent.splice(0)) port.postMessage(message);
    port.start();
  });
  return {
    send(message) {
      if (engine === null) unsent.push(message);
      else engine.postMessage(message);
    },
    onMessage: (listener) => {
      listeners.push(listener);
    },
  };
}
