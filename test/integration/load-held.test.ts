import { expect, it } from 'vitest';
import { holdLoad } from '../../bench/load.ts';

/** T3. What is promised of a quiet machine is p95 < 100 ms; here ten times that, to catch what hangs or waits for a step of the training. SOAK=1: ten minutes, and memory that stands still. */
const SOAK = process.env.SOAK === '1';
const SECONDS = SOAK ? 600 : 60;
/** Importing, preparing and starting on a slow machine. */
const SETTING_UP_S = 600;
const MOST_P95_MS = 1_000;
const MOST_LOOP_DELAY_P95_MS = 1_000;
/** A minute shows what runs away; standing still takes ten to show. Pages that a process holds come and go with its collections of garbage:
 *  what is still reachable after one tells a leak, and the records of what was made meanwhile, compiled code besides, stay below this. */
const MOST_HOST_SLOPE_MB_PER_MIN = SOAK ? 20 : 120;
const MOST_LIVE_SLOPE_MB_PER_MIN = SOAK ? 1 : 20;
const MOST_CHILDREN_SLOPE_MB_PER_MIN = SOAK ? 20 : Number.POSITIVE_INFINITY;

it(
  `while a model trains and another embeds for ${SECONDS} s, requests are answered and the host's memory does not run away`,
  async () => {
    const figures = await holdLoad(SECONDS);
    console.log(JSON.stringify(figures));
    expect(figures.training_steps).toBeGreaterThan(0);
    expect(figures.requests).toBeGreaterThan(SECONDS);
    expect(figures.request_p95_ms).toBeLessThan(MOST_P95_MS);
    // The training computes in steps that nobody waits for.
    expect(figures.request_p50_ms).toBeLessThan(figures.step_ms / 2);
    expect(figures.host_loop_delay_p95_ms).toBeLessThan(MOST_LOOP_DELAY_P95_MS);
    expect(figures.host_slope_mb_per_min).toBeLessThan(MOST_HOST_SLOPE_MB_PER_MIN);
    expect(figures.host_live_slope_mb_per_min).toBeLessThan(MOST_LIVE_SLOPE_MB_PER_MIN);
    expect(figures.children_slope_mb_per_min ?? 0).toBeLessThan(MOST_CHILDREN_SLOPE_MB_PER_MIN);
  },
  (SECONDS + SETTING_UP_S) * 1_000,
);
