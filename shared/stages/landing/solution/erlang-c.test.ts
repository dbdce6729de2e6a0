import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/landing.json' with { type: 'json' };
import { waitingTime } from './erlang-c.ts';

describe('waiting in front of several servers', () => {
  it('is that of the plain sum of the state probabilities', () => {
    for (const { arrivals, served, servers, ...expected } of golden.waiting) {
      const found = waitingTime(arrivals, served, servers)!;
      expect(found).toEqual({
        utilisation: expect.closeTo(expected.utilisation, 12),
        waitingShare: expect.closeTo(expected.waitingShare, 12),
        meanWaitMs: expect.closeTo(expected.meanWaitMs, 9),
        p95WaitMs: expect.closeTo(expected.p95WaitMs, 9),
      });
    }
  });

  it('is ρ/(μ − λ) with one server', () => {
    expect(waitingTime(8, 10, 1)!.meanWaitMs).toBeCloseTo((1000 * 0.8) / (10 - 8), 9);
  });

  it('is undefined where arrivals reach the capacity, and nil without arrivals', () => {
    expect(waitingTime(20, 10, 2)).toBeNull();
    expect(waitingTime(0, 10, 2)).toEqual({ utilisation: 0, waitingShare: 0, meanWaitMs: 0, p95WaitMs: 0 });
  });
});
