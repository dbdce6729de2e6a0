const PING_MS = 1_000;

/** Follows whether a process still answers. */
export interface Heartbeat {
  /** It answered. */
  beat(): void;
  /** How long it has owed an answer, counted while this process itself was running: a machine that slept accuses nobody. */
  silentMs(): number;
  stop(): void;
}

/** Pings once a second for as long as answers come, and tells after each second how long they have been missing. */
export function startHeartbeat(ping: () => void, onTick: (silentMs: number) => void): Heartbeat {
  let missed = 0;
  let owed = true;
  ping();
  const timer = setInterval(() => {
    if (owed) missed++;
    else {
      owed = true;
      ping();
    }
    onTick(missed * PING_MS);
  }, PING_MS);
  return {
    beat() {
      owed = false;
      missed = 0;
    },
    silentMs: () => missed * PING_MS,
    stop: () => clearInterval(timer),
  };
}
