import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ASK_AFTER_MS, ASK_AGAIN_AFTER_MS, createHangWatch, type Hang } from './hang.ts';
import { startHeartbeat } from './heartbeat.ts';

describe('a heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('pings only after an answer, and counts the seconds without one', () => {
    let pings = 0;
    const ticks: number[] = [];
    const heart = startHeartbeat(
      () => pings++,
      (silentMs) => ticks.push(silentMs),
    );
    heart.beat();
    vi.advanceTimersByTime(1_000);
    expect([pings, heart.silentMs()]).toEqual([2, 0]);
    vi.advanceTimersByTime(3_000);
    expect([pings, heart.silentMs()]).toEqual([2, 3_000]);
    heart.beat();
    vi.advanceTimersByTime(1_000);
    expect([pings, heart.silentMs()]).toEqual([3, 0]);
    expect(ticks).toEqual([0, 1_000, 2_000, 3_000, 0]);
    heart.stop();
    vi.advanceTimersByTime(60_000);
    expect(ticks).toHaveLength(5);
  });

  it('does not count the hours of a machine that slept', () => {
    const heart = startHeartbeat(
      () => undefined,
      () => undefined,
    );
    heart.beat();
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    vi.advanceTimersByTime(2_000);
    expect(heart.silentMs()).toBe(1_000);
    heart.stop();
  });
});

describe('the watch over an engine that hangs', () => {
  const watched = () => {
    const hangs: Hang[] = [];
    let restarts = 0;
    const watch = createHangWatch(
      (hang) => hangs.push(hang),
      () => restarts++,
    );
    return { hangs, watch, restarts: () => restarts };
  };

  it('asks once, and takes the question back when an answer comes', () => {
    const { hangs, watch, restarts } = watched();
    watch.tick(ASK_AFTER_MS - 1);
    expect(hangs).toEqual([]);
    watch.tick(ASK_AFTER_MS);
    watch.tick(ASK_AFTER_MS * 10);
    expect(hangs).toHaveLength(1);
    watch.tick(0);
    expect(hangs[0]?.over.aborted).toBe(true);
    // What the person says afterwards is about nothing.
    hangs[0]?.restart();
    expect(restarts()).toBe(0);
  });

  it('leaves whoever waits in peace for a minute', () => {
    const { hangs, watch } = watched();
    watch.tick(ASK_AFTER_MS);
    hangs[0]?.wait();
    watch.tick(ASK_AFTER_MS + ASK_AGAIN_AFTER_MS - 1);
    expect(hangs).toHaveLength(1);
    watch.tick(ASK_AFTER_MS + ASK_AGAIN_AFTER_MS);
    expect(hangs).toHaveLength(2);
    expect(hangs[1]?.silentMs).toBe(ASK_AFTER_MS + ASK_AGAIN_AFTER_MS);
  });

  it('restarts when told to, and ends its question with the process', () => {
    const { hangs, watch, restarts } = watched();
    watch.tick(ASK_AFTER_MS);
    hangs[0]?.restart();
    expect(restarts()).toBe(1);
    watch.end();
    expect(hangs[0]?.over.aborted).toBe(true);
  });
});
