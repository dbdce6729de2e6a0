import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/scores.json' with { type: 'json' };
import { normalCdf, normalQuantile } from '../../statistics/normal.ts';
import { studentTQuantile } from '../../statistics/student-t.ts';
import { customerSatisfactionScore, isTopAnswer } from './csat.ts';
import { meanScore } from './mean-score.ts';
import { netPromoterScore } from './nps.ts';
import { type RatingScale, toSatisfaction } from './rating-scale.ts';
import type { ScoreValue } from './score-value.ts';
import { summariseScore } from './scores.ts';

const FIVE: RatingScale = { low: 1, high: 5, direction: 'higher-is-better' };
const EFFORT: RatingScale = { low: 1, high: 7, direction: 'lower-is-better' };

function expectClose(score: ScoreValue, expected: readonly number[]): void {
  [score.value, score.low, score.high].forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 9);
  });
}

describe('scores', () => {
  it.each(golden.cases)('agree with scipy and statsmodels for $nps.length answers', ({ nps, rating, ...expected }) => {
    expectClose(netPromoterScore(nps), expected.npsValue);
    expectClose(customerSatisfactionScore(rating, FIVE), expected.csat);
    expectClose(meanScore(rating), expected.mean);
  });

  it('have the quantiles of scipy beneath them', () => {
    for (const { p, degrees, t } of golden.quantiles)
      expect(Math.abs(studentTQuantile(p, degrees)! / t - 1)).toBeLessThan(1e-9);
    for (const { z, p } of golden.normal) expect(Math.abs(normalCdf(z) / p - 1)).toBeLessThan(1e-11);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  });

  it('are null without answers and have no interval for one', () => {
    const none = { n: 0, value: null, low: null, high: null };
    expect([netPromoterScore([]), customerSatisfactionScore([], FIVE), meanScore([])]).toEqual([none, none, none]);
    expect(netPromoterScore([10])).toEqual({ n: 1, value: 100, low: null, high: null });
    expect(meanScore([3])).toEqual({ n: 1, value: 3, low: null, high: null });
  });

  it('take the good end of the scale from its direction', () => {
    expect([4, 3].map((answer) => isTopAnswer(answer, FIVE))).toEqual([true, false]);
    expect([2, 3].map((answer) => isTopAnswer(answer, EFFORT))).toEqual([true, false]);
    expect(toSatisfaction(4, FIVE)).toBe(0.75);
    expect(toSatisfaction(7, EFFORT)).toBe(0);
    expect(toSatisfaction(6, FIVE)).toBeNull();
    expect(toSatisfaction(1, { ...FIVE, high: 1 })).toBeNull();
  });

  it('are given overall, by period and by segment, with answers off the scale as missing', () => {
    const score = summariseScore({
      datasetId: 'd1',
      columnId: 'c2',
      name: 'recommend',
      type: 'nps',
      scale: { low: 0, high: 10, direction: 'higher-is-better' },
      answers: [10, 9, 0, 7, Number.NaN, -2],
      periods: ['2025-02', '2025-01', '2025-01', null, '2025-01', '2025-02'],
      segments: ['b', 'a', 'a', 'b', 'b', 'b'],
    });
    expect(score.overall.value).toBeCloseTo(25, 12);
    expect(score.missing).toBe(2);
    expect(score.groups.map(({ id, count }) => [id, count])).toEqual([
      ['detractors', 1],
      ['passives', 1],
      ['promoters', 2],
    ]);
    expect(score.distribution.map(({ answer }) => answer)).toEqual([0, 7, 9, 10]);
    expect(score.periods.map(({ period, n, value }) => [period, n, value])).toEqual([
      ['2025-01', 2, 0],
      ['2025-02', 1, 100],
    ]);
    expect(score.segments.map(({ segment, n, value }) => [segment, n, value])).toEqual([
      ['a', 2, 0],
      ['b', 2, 50],
    ]);
  });
});
