import { expect, it } from 'vitest';
import { withSharingRetry } from './sharing-retry.ts';

const failure = (code: string) => Object.assign(new Error(code), { code });

/** A clock that a wait moves on at once, and work that fails so many times. */
function setUp(failures: readonly string[]) {
  const waits: number[] = [];
  let now = 0;
  let calls = 0;
  const clock = {
    monotonicMs: () => now,
    wait: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
  const work = () => {
    const code = failures[calls++];
    if (code !== undefined) throw failure(code);
    return 'opened';
  };
  return { waits, clock, work, calls: () => calls };
}

it('opens a file that a virus scanner lets go of after a while, waiting longer each time', async () => {
  const { waits, clock, work } = setUp(['SQLITE_IOERR_LOCK', 'SQLITE_CANTOPEN', 'SQLITE_IOERR']);
  expect(await withSharingRetry(work, 'win32', clock)).toBe('opened');
  expect(waits).toEqual([25, 50, 100]);
});

it('gives up after two seconds with the last error', async () => {
  const { waits, clock, work } = setUp(Array.from({ length: 100 }, () => 'SQLITE_IOERR_READ'));
  await expect(withSharingRetry(work, 'win32', clock)).rejects.toThrow('SQLITE_IOERR_READ');
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(2000);
});

it.each([
  ['win32', 'SQLITE_BUSY'],
  ['win32', 'SQLITE_CORRUPT'],
  ['win32', 'SQLITE_IOERRX'],
  ['linux', 'SQLITE_IOERR_READ'],
  ['darwin', 'SQLITE_CANTOPEN'],
] as const)('on %s passes %s on at once', async (platform, code) => {
  const { waits, clock, work, calls } = setUp([code]);
  await expect(withSharingRetry(work, platform, clock)).rejects.toThrow(code);
  expect([waits, calls()]).toEqual([[], 1]);
});
