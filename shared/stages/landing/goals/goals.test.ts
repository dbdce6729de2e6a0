import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/landing.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { annualValue } from './annual-value.ts';
import { assessGoal } from './assess-goal.ts';
import type { GoalSettings, ValueFormula } from './results.ts';

const sure = (value: number) => ({ low: value, likely: value, high: value });
const FORMULA: ValueFormula = {
  unitName: 'contacts',
  currency: 'CNY',
  unitsPerYear: sure(1000),
  change: { low: 0, likely: 1, high: 4 },
  valuePerUnit: sure(10),
};

describe('a yearly value', () => {
  it('has the quantiles of scipy where only one input is uncertain', () => {
    const { low, median, high, likely, draws } = annualValue(FORMULA, createRng(7), 200_000);
    const quantile = (u: number) =>
      10_000 * golden.triangular.find(({ range, u: at }) => range[2] === 4 && at === u)!.value;
    expect(likely).toBe(10_000);
    expect(draws).toBe(200_000);
    // 200 000 draws: three standard errors of these quantiles are below 1 %.
    for (const [found, expected] of [
      [low, quantile(0.025)],
      [median, quantile(0.5)],
      [high, quantile(0.975)],
    ] as const) {
      expect(Math.abs(found / expected - 1)).toBeLessThan(0.02);
    }
  });

  it('repeats with its seed, and names the widest input first', () => {
    const formula = { ...FORMULA, unitsPerYear: { low: 900, likely: 1000, high: 1100 } };
    expect(annualValue(formula, createRng(3))).toEqual(annualValue(formula, createRng(3)));
    expect(annualValue(formula, createRng(3)).tornado).toEqual([
      { input: 'change', atLow: 0, atHigh: 40_000 },
      { input: 'unitsPerYear', atLow: 9000, atHigh: 11_000 },
      { input: 'valuePerUnit', atLow: 10_000, atHigh: 10_000 },
    ]);
  });
});

describe('a goal', () => {
  const settings: GoalSettings = {
    title: 'Faster',
    kpi: 'minutes to an answer',
    unit: 'minutes',
    direction: 'decrease',
    baseline: 30,
    target: 20,
    dueDate: '2027-01-31',
    owner: 'Somebody',
    needIds: ['n1'],
    value: FORMULA,
  };
  const codes = (change: Partial<GoalSettings>) =>
    assessGoal('G1', { ...settings, ...change }, null, createRng(1)).notices.map(({ code }) => code);

  it('counts its change in the wanted direction', () => {
    expect(assessGoal('G1', settings, null, createRng(1)).wantedChange).toBe(10);
  });

  it('says what keeps it from being checked', () => {
    expect(codes({})).toEqual(['need-lost']);
    expect(codes({ needIds: [], target: 30 })).toEqual(['target-equals-baseline', 'no-need', 'change-above-target']);
    expect(codes({ needIds: [], target: 40 })).toEqual(['target-against-direction', 'no-need', 'change-above-target']);
    expect(codes({ needIds: [], baseline: null, target: null, owner: ' ', dueDate: null, value: null })).toEqual([
      'baseline-missing',
      'target-missing',
      'no-owner',
      'no-due-date',
      'no-need',
      'no-value',
    ]);
    expect(codes({ needIds: [], unit: 'share', value: null })).toEqual([
      'share-outside',
      'share-outside',
      'no-need',
      'no-value',
    ]);
    expect(codes({ needIds: [], value: { ...FORMULA, change: { low: -3, likely: 1, high: 2 } } })).toEqual([
      'no-need',
      'value-may-be-negative',
    ]);
  });
});
