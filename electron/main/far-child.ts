import type { MessagePortMain } from 'electron';
import type { ChildPort } from '../engine/deps.ts';

/** How long messages of a child that has ended may still be on their way. */
const LAST_WORDS_MS = 1000;

/** A child process that another process forked for us: its port and the news of its end come later, from there. */
export interface FarChild {
  readonly port: ChildPort;
  connect(port: MessagePortMain): void;
  ended(code: number | null): void;
}

export function createFarChild(kill: () => void): FarChild {
  const listeners = new Set<(message: unknown) => void>();
  const exitListeners = new Set<(code: number | null, signal: string | null) => void>();
  const unsent: unknown[] = [];
  let connected: MessagePortMain | null = null;
  let closed = false;
  let exit: { readonly code: number | null } | null = null;
  let told = false;

  const tell = () => {
    if (told || exit === null) return;
    told = true;
    for (const listener of exitListeners) listener(exit.code, null);
  };

  return {
    port: {
      send(message) {
        if (connected === null) unsent.push(message);
        else if (!closed) connected.postMessage(message);
      },
      onMessage(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onExit(listener) {
        if (told && exit !== null) listener(exit.code, null);
        exitListeners.add(listener);
        return () => exitListeners.delete(listener);
      },
      kill,
    },
    connect(port) {
      connected = port;
      port.on('message', ({ data }) => {
        for (const listener of listeners) listener(data);
      });
      // The port closes after its last message; only then is the end told, so that nothing that was said is lost.
      port.once('close', () => {
        closed = true;
        tell();
      });
      port.start();
      for (const message of unsent.splice(0)) port.postMessage(message);
    },
    ended(code) {
      exit = { code };
      if (closed || connected === null) tell();
      else setTimeout(tell, LAST_WORDS_MS).unref();
    },
  };
}
