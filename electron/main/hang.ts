/** Long enough for one large step of the database to end by itself. */
export const ASK_AFTER_MS = 15_000;
/** Whoever chose to wait is left in peace for this long. */
export const ASK_AGAIN_AFTER_MS = 60_000;

/** A process that does not answer, and what may be done about it. */
export interface Hang {
  readonly silentMs: number;
  /** Aborted once it answers again or has ended: the question is settled then. */
  readonly over: AbortSignal;
  wait(): void;
  restart(): void;
}

export interface HangWatch {
  /** Told every second how long there has been no answer. */
  tick(silentMs: number): void;
  /** The process has ended. */
  end(): void;
}

/** Decides when a person is asked about a process that does not answer. */
export function createHangWatch(onHang: (hang: Hang) => void, restart: () => void): HangWatch {
  let asking: AbortController | null = null;
  let askAtMs = ASK_AFTER_MS;
  const settle = () => {
    asking?.abort();
    asking = null;
    askAtMs = ASK_AFTER_MS;
  };
  return {
    tick(silentMs) {
      if (silentMs === 0) settle();
      else if (asking === null && silentMs >= askAtMs) {
        const question = new AbortController();
        asking = question;
        onHang({
          silentMs,
          over: question.signal,
          wait() {
            if (asking !== question) return;
            asking = null;
            askAtMs = silentMs + ASK_AGAIN_AFTER_MS;
          },
          restart() {
            if (asking === question) restart();
          },
        });
      }
    },
    end: settle,
  };
}
