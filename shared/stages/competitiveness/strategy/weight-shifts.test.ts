import { describe, expect, it } from 'vitest';
import { paretoSet } from './pareto.ts';
import { rankShares } from './rank-shares.ts';
import { weightShifts } from './weight-shifts.ts';

describe('what would change the answer', () => {
  it('finds the weight at which both scores are equal', () => {
    const needs = [
      { needId: 'a', weight: { value: 0.6, low: 0.45, high: 0.7 } },
      { needId: 'b', weight: { value: 0.4, low: 0.35, high: 0.6 } },
    ];
    // w·0.2 = (1 − w)·0.2 at w = 0.5.
    const leader = { id: 'x', gain: Float64Array.of(0.2, 0) };
    const shifts = weightShifts(needs, leader, [{ id: 'y', gain: Float64Array.of(0, 0.2) }]);
    expect(shifts).toEqual([
      { needId: 'a', rivalId: 'y', weight: 0.6, flipsAt: 0.5, shift: expect.closeTo(-0.1, 12), insideInterval: true },
      { needId: 'b', rivalId: 'y', weight: 0.4, flipsAt: 0.5, shift: expect.closeTo(0.1, 12), insideInterval: true },
    ]);
  });

  it('leaves out needs whose weight cannot flip the first place', () => {
    const needs = [0.5, 0.5].map((value, i) => ({ needId: `${i}`, weight: { value, low: value, high: value } }));
    const leader = { id: 'x', gain: Float64Array.of(0.2, 0.1) };
    expect(weightShifts(needs, leader, [{ id: 'y', gain: Float64Array.of(0.1, 0) }])).toEqual([]);
  });
});

describe('ranks over draws', () => {
  it('splits tied ranks evenly', () => {
    const shares = rankShares([Float64Array.of(1, 3), Float64Array.of(1, 2), Float64Array.of(0, 1)]);
    expect(shares).toEqual([
      [0.75, 0.25, 0],
      [0.25, 0.75, 0],
      [0, 0, 1],
    ]);
  });
});

describe('the Pareto set', () => {
  it('keeps what no other point is at least as good as in everything', () => {
    const point = (score: number, latencyP95Ms: number | null, sizeMb: number | null) => ({
      score,
      latencyP95Ms,
      sizeMb,
    });
    expect(paretoSet([point(3, 10, 50), point(2, 5, 50), point(2, 10, 60), point(3, 10, 50)])).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('never holds an unknown latency for worse', () => {
    const unknown = { score: 1, latencyP95Ms: null, sizeMb: 50 };
    expect(paretoSet([{ score: 2, latencyP95Ms: 1, sizeMb: 1 }, unknown, { ...unknown, score: 2 }])).toEqual([
      true,
      false,
      true,
    ]);
  });
});
