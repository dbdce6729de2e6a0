import { describe, expect, it } from 'vitest';
import { createRng } from '../../../rng.ts';
import { designSolution, type SolutionInput } from './design-solution.ts';
import type { SolutionFacts } from './fact-risks.ts';
import type { Load } from './results.ts';
import { sizeSolution } from './sizing.ts';
import { suggestSolution } from './suggest-solution.ts';

const sure = (value: number) => ({ low: value, likely: value, high: value });
const LOAD: Load = {
  textsPerDay: { low: 36_000, likely: 72_000, high: 144_000 },
  hoursPerDay: 10,
  daysPerYear: 250,
  peakFactor: sure(5),
  utilisationTarget: 0.5,
  spareInstances: 1,
  logDays: 100,
  bytesPerText: 1000,
  versionsKept: 2,
  reviewShare: sure(0.1),
};
const MODEL = { textsPerSecond: 10, p95Ms: 120, threads: 2, memoryMb: 300, sizeMb: 50 };
const FACTS: SolutionFacts = {
  modelSlot: 'competitiveness.run:R1',
  accuracy: { value: 0.9, low: 0.84 },
  accuracyTarget: 0.85,
  targetsSlot: 'demand.targets',
  latencyP95Ms: 120,
  latencyTarget: 300,
  privacy: 'sensitive',
  explainability: 'none',
  smallestClass: { label: 'rare', rows: 20, slot: 'competitiveness.split' },
  rejected: null,
  tests: null,
  distance: null,
  spareInstances: 1,
};

describe('machines for a load', () => {
  it('follow from texts a day, peak, measured throughput and utilisation', () => {
    const sizing = sizeSolution(LOAD, MODEL, 300);
    // 36 000 texts in 10 hours are one a second; five times that in the busiest second.
    expect(sizing.peakPerSecond).toEqual({ low: 5, likely: 10, high: 20 });
    // 10 a second and instance at 50 %: one instance for every 5.
    expect(sizing.instances).toEqual({ low: 1, likely: 2, high: 4 });
    expect(sizing).toMatchObject({ recommended: 5, cores: 10, memoryMb: 1500, capacityFactor: 2.5, limitMs: 300 });
    // Five copies of two versions of 50 MB, and 100 days of 144 000 records of 1 kB.
    expect(sizing.diskMb).toBe(5 * 2 * 50 + 14_400);
    expect(sizing.waiting!.utilisation).toBe(0.5);
    // Gross et al. 2008: λ = 20, μ = 10, c = 4 has P(wait) = 4/23.
    expect(sizing.waiting!.waitingShare).toBeCloseTo(4 / 23, 10);
    expect(sizing.responseP95Ms).toBeCloseTo(120 + (1000 * Math.log(4 / 23 / 0.05)) / 20, 8);
  });

  it('say nothing of memory that was not measured', () => {
    expect(sizeSolution(LOAD, { ...MODEL, memoryMb: null, sizeMb: null }, null)).toMatchObject({
      memoryMb: null,
      diskMb: null,
    });
  });
});

describe('a solution', () => {
  const settings = {
    ...suggestSolution({
      modelId: 'R1',
      scenarioId: null,
      facts: FACTS,
      textsPerDay: null,
      charactersP95: 100,
      currency: 'CNY',
    }),
    load: LOAD,
    costs: [
      { id: 'k1', name: 'server', basis: 'per-instance' as const, amount: sure(1000) },
      { id: 'k2', name: 'review', basis: 'per-review' as const, amount: sure(2) },
      { id: 'k3', name: 'texts', basis: 'per-thousand-texts' as const, amount: sure(3) },
    ],
  };
  const input = (change: Partial<SolutionInput>): SolutionInput => ({
    settings,
    model: {
      id: 'R1',
      name: 'base',
      slot: 'competitiveness.run:R1',
      accuracy: { value: 0.9, low: 0.84, high: 0.95 },
      testRows: 200,
      sizeMb: 50,
      memoryMb: null,
    },
    measured: MODEL,
    scenario: null,
    facts: FACTS,
    goals: [],
    rng: createRng(1),
    ...change,
  });

  it('costs what instances, texts and reviews cost', () => {
    const certain = { ...settings, load: { ...LOAD, textsPerDay: sure(72_000) } };
    const { business } = designSolution(input({ settings: certain }));
    // Two instances and a spare; 18 million texts a year, a tenth of them reviewed.
    expect(business.lines.map(({ median, low, high }) => [low, median, high])).toEqual([
      [3000, 3000, 3000],
      [3_600_000, 3_600_000, 3_600_000],
      [54_000, 54_000, 54_000],
    ]);
    expect(business).toMatchObject({ costPerYear: { median: 3_657_000 }, valuePerYear: null, netPerYear: null });
  });

  it('starts with a risk for each fact that speaks for one', () => {
    expect(settings.risks.map(({ code, likelihood, impact }) => [code, likelihood * impact])).toEqual([
      ['below-accuracy-target', 12],
      ['small-class', 12],
      ['sensitive-data', 10],
      ['other-hardware', 6],
    ]);
    expect(settings.load.spareInstances).toBe(1);
    expect(settings.costs).toHaveLength(3);
  });

  it('says when a fact is not listed, and when a listed risk has none', () => {
    const { notices } = designSolution(input({ facts: { ...FACTS, privacy: null, explainability: 'every-decision' } }));
    expect(notices).toContainEqual({
      code: 'fact-not-listed',
      severity: 'warning',
      params: { risk: 'explain-every-decision' },
    });
    expect(notices).toContainEqual({ code: 'risk-without-fact', severity: 'info', params: { risk: 'sensitive-data' } });
  });

  it('cannot be sized without a measured speed, and says so', () => {
    const { sizing, notices, document } = designSolution(input({ measured: null }));
    expect(sizing).toBeNull();
    expect(notices.filter(({ severity }) => severity === 'blocking').map(({ code }) => code)).toEqual([
      'throughput-not-measured',
    ]);
    expect(document.find(({ id }) => id === 'sizing')!.lines.map(({ id }) => id)).toEqual(['sizing.none']);
  });

  it('names the slot of every measured number in its document', () => {
    const { document } = designSolution(input({}));
    const numbers = document
      .flatMap(({ lines }) => lines)
      .filter(({ value, id }) => value !== null && !id.startsWith('risk.'));
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.every(({ slot }) => slot !== null)).toBe(true);
  });
});
