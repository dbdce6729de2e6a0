import type { ChildPort } from '../deps.ts';

/** How long a process may be silent before a person is told. One run of ONNX Runtime and one stretch of plain calculation stay far below it. */
export const QUIET_AFTER_MS = 30_000;
/** Questions that stay unanswered before a process counts as quiet. They are counted, not the time: a machine that slept has asked none meanwhile. */
const UNANSWERED = 6;
/** A process that has not spoken yet is being started, on a slow disk and past a virus scanner. */
const UNANSWERED_AT_START = 4 * UNANSWERED;

export interface PulseOptions {
  /** Told when the process has fallen silent and when it speaks again. */
  readonly onQuiet?: ((quiet: boolean) => void) | undefined;
  /** While aborted, a process that is quiet is ended: nobody is to wait for it. */
  readonly endIfQuiet?: AbortSignal | undefined;
}

export interface Pulse {
  readonly quiet: boolean;
  /** To be called with every message of the process. */
  heard(): void;
  stop(): void;
}

/** Asks a process for signs of life while it has something to do. */
export function watchPulse(
  port: Pick<ChildPort, 'kill'>,
  ask: () => void,
  hasSpoken: () => boolean,
  quietAfterMs: number,
  { onQuiet, endIfQuiet }: PulseOptions,
): Pulse {
  let unanswered = 0;
  let quiet = false;
  const become = (now: boolean) => {
    if (quiet === now) return;
    quiet = now;
    onQuiet?.(now);
  };
  const endQuiet = () => {
    if (quiet) port.kill();
  };
  const timer = setInterval(() => {
    if (++unanswered > (hasSpoken() ? UNANSWERED : UNANSWERED_AT_START)) {
      become(true);
      if (endIfQuiet?.aborted === true) endQuiet();
    } else ask();
  }, quietAfterMs / UNANSWERED);
  endIfQuiet?.addEventListener('abort', endQuiet);
  return {
    get quiet() {
      return quiet;
    },
    heard() {
      unanswered = 0;
      become(false);
    },
    stop() {
      clearInterval(timer);
      endIfQuiet?.removeEventListener('abort', endQuiet);
      become(false);
    },
  };
}
