import { describe, expect, it } from 'vitest';
import { guardrailPower, plannedUnits, planPilot } from './plan-pilot.ts';
import { measureValue, readPilotUnits } from './read-units.ts';
import type { PilotPlanSettings } from './results.ts';
import { pilotVerdict, type VerdictInput } from './verdict.ts';

const PLAN: PilotPlanSettings = {
  name: 'plan',
  goalId: null,
  design: 'arms',
  metric: { name: 'resolved', type: 'proportion', direction: 'increase', baseline: 0.5, standardDeviation: null },
  baselineOrigin: { type: 'person', note: '' },
  smallestEffect: 0.1,
  targetEffect: null,
  level: 0.95,
  power: 0.8,
  ratio: 1,
  unitsPerDay: 40,
  guardrails: [],
  stopRule: { type: 'harm', fraction: 0.5 },
  forecastSlot: null,
  signedBy: { name: 'A', role: '' },
};

describe('the size of a pilot', () => {
  it('is that of statsmodels for 50 % against 60 %', () => {
    // NormalIndPower().solve_power(proportion_effectsize(0.6, 0.5), power=0.8, alpha=0.05) = 387.3
    expect(plannedUnits(PLAN, 0.1)).toEqual({ control: 388, treatment: 388, total: 776, days: 20 });
  });

  it('is twice as much per arm and period with two periods', () => {
    expect(plannedUnits({ ...PLAN, design: 'difference-in-differences' }, 0.1)).toEqual({
      control: 776,
      treatment: 776,
      total: 3104,
      days: 78,
    });
  });

  it('is not there where baseline and effect leave 0–1, or a mean has no deviation', () => {
    expect(plannedUnits(PLAN, 0.6)).toBeNull();
    const mean = { ...PLAN, metric: { ...PLAN.metric, type: 'mean' as const } };
    expect(planPilot(mean, false).notices.map(({ code }) => code)).toContain('deviation-missing');
  });

  it('has one look for harm with half of the units at 2.963 standard errors', () => {
    const { harm, notices } = planPilot(PLAN, false);
    expect(harm).toEqual({ fraction: 0.5, z: expect.closeTo(2.9626, 4), units: 388 });
    expect(notices.map(({ code }) => code)).toEqual(['no-guardrail', 'baseline-by-person']);
  });

  it('gives a guardrail the power Φ(margin / se − 1.96)', () => {
    const guardrail = {
      id: 'g1',
      name: 'complaints',
      type: 'proportion' as const,
      better: 'lower' as const,
      baseline: 0.1,
      standardDeviation: null,
      margin: 0.05,
    };
    const units = { control: 400, treatment: 400, total: 800, days: 1 };
    // se = √(0.09 · 2 / 400) = 0.0212132; Φ(2.35702 − 1.95996) = 0.65436
    expect(guardrailPower(guardrail, units, 0.95)).toBeCloseTo(0.65436, 4);
    expect(guardrailPower({ ...guardrail, baseline: null }, units, 0.95)).toBeNull();
  });
});

describe('the verdict', () => {
  const INPUT: VerdictInput = {
    mismatchP: null,
    gain: { value: 0.09, low: 0.04, high: 0.14, standardError: 0.025 },
    smallestEffect: 0.05,
    targetEffect: 0.08,
    short: [],
    harmZ: 2.963,
    guardrails: [{ id: 'g1', name: 'complaints', verdict: 'holds' }],
  };
  const verdictOf = (change: Partial<VerdictInput>) => {
    const { verdict, reasons } = pilotVerdict({ ...INPUT, ...change });
    return [verdict, ...reasons.map(({ code }) => code)];
  };

  it('follows the rule, with its reasons', () => {
    expect(verdictOf({})).toEqual(['go', 'effect-shown', 'goal-reachable', 'guardrails-hold']);
    expect(verdictOf({ mismatchP: 1e-6 })).toEqual(['blocked', 'sample-ratio-mismatch']);
    expect(verdictOf({ targetEffect: 0.2 })).toEqual([
      'adjust',
      'goal-out-of-reach',
      'effect-shown',
      'guardrails-hold',
    ]);
    expect(verdictOf({ gain: { value: 0.02, low: -0.03, high: 0.09, standardError: 0.03 } })[0]).toBe('adjust');
    expect(verdictOf({ gain: { value: -0.09, low: -0.14, high: -0.04, standardError: 0.025 } })).toEqual([
      'stop',
      'harm-shown',
    ]);
    expect(verdictOf({ guardrails: [{ id: 'g1', name: 'complaints', verdict: 'breached' }] })).toEqual([
      'stop',
      'guardrail-breached',
    ]);
    expect(verdictOf({ guardrails: [{ id: 'g1', name: 'complaints', verdict: 'not-measured' }] })[0]).toBe('adjust');
    expect(verdictOf({ gain: null })[0]).toBe('adjust');
  });

  it('takes an early loss for harm only beyond the boundary', () => {
    const short = [{ arm: 'control' as const, planned: 800, reached: 300 }];
    const loss = (value: number) => ({ value, low: value - 0.05, high: value + 0.05, standardError: 0.025 });
    expect(verdictOf({ short, gain: loss(-0.07) })[0]).toBe('adjust');
    expect(verdictOf({ short, gain: loss(-0.08) })).toEqual(['stop', 'harm-shown']);
    expect(verdictOf({ short, gain: loss(-0.08), harmZ: null })[0]).toBe('adjust');
  });
});

describe('rows of a pilot', () => {
  it('count each unit once in an arm, none in both, and none outside', () => {
    const rows = [
      ['u1', 'a', '1'],
      ['u1', 'a', '0'],
      ['u2', 'b', 'yes'],
      ['u3', 'c', '1'],
      ['u4', 'a', '0'],
      ['u4', 'b', '1'],
      ['u5', 'b', ''],
    ];
    const { units, rows: counts } = readPilotUnits(
      rows,
      {
        unit: 'c0',
        arm: { columnId: 'c1', control: 'a', treatment: 'b' },
        period: null,
        outcome: 'c2',
        guardrails: [],
        segment: null,
      },
      { outcome: 'proportion', guardrails: [] },
    );
    expect(units.map(({ row, arm, outcome }) => [row, arm, outcome])).toEqual([
      [0, 'control', 1],
      [2, 'treatment', 1],
      [6, 'treatment', null],
    ]);
    expect(counts).toEqual({ total: 7, outsideDesign: 1, repeated: 1, inBothArms: 2, used: 3 });
  });

  it('read yes and no, numbers with thousands, and missing codes', () => {
    expect(['是', 'NO', '1.0', '2', '-2', ''].map((cell) => measureValue(cell, 'proportion'))).toEqual([
      1,
      0,
      1,
      null,
      null,
      null,
    ]);
    expect(['1,250', '-2', 'NA', '3.5', 'many'].map((cell) => measureValue(cell, 'mean'))).toEqual([
      1250,
      null,
      null,
      3.5,
      null,
    ]);
  });
});
