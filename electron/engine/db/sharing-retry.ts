const LIMIT_MS = 2_000;
const FIRST_WAIT_MS = 25;

interface Clock {
  monotonicMs(): number;
  wait(ms: number): Promise<void>;
}

const realClock: Clock = {
  monotonicMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Tries again for up to two seconds where Windows lets nobody in because a virus scanner or a sync client has the file: SQLite then reports an I/O error or a file that it cannot open.
 *  On other systems such an error means what it says and is thrown at once. */
export async function withSharingRetry<T>(
  work: () => T | Promise<T>,
  platform: NodeJS.Platform = process.platform,
  clock: Clock = realClock,
): Promise<T> {
  const startedMs = clock.monotonicMs();
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
    try {
      return await work();
    } catch (error) {
      const leftMs = LIMIT_MS - (clock.monotonicMs() - startedMs);
      if (platform !== 'win32' || !mayPass((error as { code?: unknown }).code) || leftMs <= 0) throw error;
      await clock.wait(Math.min(waitMs, leftMs));
    }
  }
}

function mayPass(code: unknown): boolean {
  return typeof code === 'string' && /^SQLITE_(IOERR|CANTOPEN)(_|$)/.test(code);
}
