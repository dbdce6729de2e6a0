/** The line from a child process to the engine that started it, whichever way it was started. */
export interface ParentPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Connects to the parent: Electron's utility process has `parentPort`, `child_process.fork` has `process.send`.
 *  A child whose parent is gone ends itself, so that no process outlives the workbench. */
export function connectParent(): ParentPort {
  process.on('unhandledRejection', (reason) => {
    console.error(reason);
    process.exit(1);
  });
  const utility = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  if (utility !== undefined) {
    return {
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
  };
}
