import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/experiments.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { analyseCounts, analyseRows } from './analyse-experiment.ts';
import { planExperiment } from './plan-experiment.ts';
import { type ExperimentChoice, experimentResultSchema } from './results.ts';

type Metric = Extract<ExperimentChoice['source'], { type: 'rows' }>['metrics'][number];

const share: Metric = {
  columnId: 'c1',
  name: 'understood',
  type: 'proportion',
  direction: 'up',
  role: 'primary',
  scale: null,
  needId: null,
};
const mean: Metric = {
  ...share,
  columnId: 'c2',
  name: 'satisfaction',
  type: 'mean',
  role: 'secondary',
  scale: { low: 1, high: 5 },
};
const harm: Metric = { ...share, columnId: 'c3', name: 'repeat contact', direction: 'down', role: 'guardrail' };

function choice(metrics: Metric[], change: Partial<ExperimentChoice> = {}) {
  const source = { type: 'rows' as const, datasetId: 'd3', unitColumn: 'c0', armColumn: 'c9', metrics };
  return { name: 'test', controlArm: 'A', expectedShares: null, level: 0.95, ...change, source };
}

/** Successes among the first units of each arm. */
function binary(counts: Readonly<Record<string, readonly [number, number]>>) {
  const arm: string[] = [];
  const cells: string[] = [];
  for (const [name, [successes, n]] of Object.entries(counts))
    for (let i = 0; i < n; i++) {
      arm.push(name);
      cells.push(i < successes ? '1' : '0');
    }
  return { arm, unit: arm.map((_, row) => `u${row}`), metrics: [cells] };
}

describe('an experiment of one row per unit', () => {
  it('has the difference, interval and p of statsmodels', () => {
    for (const { group, reference, level, low, high, p } of golden.proportions) {
      if (level !== 0.95) continue;
      const cells = binary({ A: [reference[0]!, reference[1]!], B: [group[0]!, group[1]!] });
      const { result } = analyseRows(
        'E1',
        choice([share], {
          expectedShares: [
            { arm: 'A', share: reference[1]! },
            { arm: 'B', share: group[1]! },
          ],
        }),
        cells,
      );
      const effect = result.metrics[0]!.effects[0]!;
      expect([effect.difference?.low, effect.difference?.high]).toEqual([
        expect.closeTo(low, 10),
        expect.closeTo(high, 10),
      ]);
      if (p !== null) expect(effect.p).toBeCloseTo(p, 10);
      expect(effect.gain === null || Math.abs(effect.gain.value - effect.difference!.value) < 1e-12).toBe(true);
      expect(experimentResultSchema.parse(result)).toEqual(result);
    }
  });

  it('is blocked where 46/54 of 10 000 came, and is not at 50.5/49.5', () => {
    const of = (a: number, b: number) =>
      analyseRows('E1', choice([share, { ...harm, columnId: 'c1' }]), {
        ...binary({ A: [Math.round(a / 2), a], B: [Math.round(b * 0.6), b] }),
        metrics: Array(2).fill(binary({ A: [Math.round(a / 2), a], B: [Math.round(b * 0.6), b] }).metrics[0]!),
      }).result;
    const bad = of(4600, 5400);
    expect(bad.sampleRatio).toMatchObject({ blocked: true, degrees: 1, chiSquared: expect.closeTo(64, 9) });
    expect(bad.arms.map(({ verdict }) => verdict)).toEqual([null, 'blocked']);
    for (const { effects } of bad.metrics)
      expect(effects[0]).toMatchObject({ verdict: 'blocked', gain: null, guardrailBreached: null });
    const good = of(5050, 4950);
    expect(good.sampleRatio.blocked).toBe(false);
    expect(good.metrics[0]!.effects[0]).toMatchObject({ verdict: 'better', adjustedP: expect.any(Number) });
  });

  it('leaves out units seen in two arms and rows without arm or unit, puts repeated rows together, and counts each', () => {
    const { result, units } = analyseRows('E1', choice([share, mean]), {
      arm: ['A', 'A', 'B', 'B', 'A', 'B', '', 'B', 'A'],
      unit: ['1', '1', '2', '3', '3', '4', '5', '', '6'],
      metrics: [
        ['0', '1', '1', '1', '1', '0', '1', '1', 'maybe'],
        ['1', '4', '3', '3', '3', 'NA', '3', '3', '5'],
      ],
    });
    expect(result.excluded).toEqual({ rowsWithoutArm: 1, rowsWithoutUnit: 1, unitsInTwoArms: 1, rowsOfTwoArms: 2 });
    expect(result.arms.map(({ arm, units: n, rows }) => [arm, n, rows])).toEqual([
      ['A', 2, 3],
      ['B', 2, 2],
    ]);
    expect(result.repeatedUnits).toBe(1);
    // Unit 1 succeeded in one of its rows; its satisfaction is the mean of 1 and 4.
    expect(result.metrics[0]!.arms.map(({ successes, n, unusable }) => [successes, n, unusable])).toEqual([
      [1, 1, 1],
      [1, 2, 0],
    ]);
    expect(result.metrics[1]!.arms.map(({ value, n, missing }) => [value, n, missing])).toEqual([
      [3.75, 2, 0],
      [3, 1, 1],
    ]);
    expect([...units.rowArm]).toEqual([0, 0, 1, -3, -3, 1, -1, -2, 0]);
    expect(result.metrics[1]!.effects[0]).toMatchObject({ verdict: 'not-measured', difference: null, gain: null });
  });

  it('ships on a better primary metric, holds back on a breached guardrail, and adjusts the others together', () => {
    const better = binary({ A: [500, 1000], B: [600, 1000] });
    const harmed = binary({ A: [100, 1000], B: [140, 1000] });
    const metrics = [better.metrics[0]!, harmed.metrics[0]!, harmed.metrics[0]!];
    const read = (list: Metric[]) => analyseRows('E1', choice(list), { ...better, metrics }).result;
    const held = read([share, harm, { ...harm, columnId: 'c4', role: 'secondary' }]);
    expect(held.arms[1]?.verdict).toBe('do-not-ship');
    const [primary, guardrail, other] = held.metrics.map(({ effects }) => effects[0]!);
    expect(primary).toMatchObject({ verdict: 'better', adjustedP: primary!.p });
    expect(guardrail).toMatchObject({
      verdict: 'worse',
      guardrailBreached: true,
      adjustedP: expect.closeTo(2 * guardrail!.p!, 12),
    });
    expect(other?.guardrailBreached).toBeNull();
    expect(guardrail?.gain?.value).toBeCloseTo(-0.04, 12);
    expect(read([share, { ...harm, direction: 'up' }]).arms[1]?.verdict).toBe('ship');
  });

  it('puts a mean on 0–1 by its scale and gives none without one', () => {
    const arm = [...Array(50).fill('A'), ...Array(50).fill('B')];
    const cells = arm.map((name, row) => String((name === 'B' ? 3 : 2) + (row % 3)));
    const read = (scale: Metric['scale']) =>
      analyseRows('E1', choice([{ ...mean, role: 'primary', scale }]), { arm, unit: null, metrics: [cells] }).result
        .metrics[0]!.effects[0]!;
    const withScale = read({ low: 1, high: 5 });
    expect(withScale.gain?.value).toBeCloseTo(withScale.difference!.value / 4, 12);
    expect(withScale.gain?.standardError).toBeCloseTo(withScale.standardError! / 4, 12);
    expect(read(null).gain).toBeNull();
  });

  it('holds 0 in the interval of shuffled arms in about 95 of 100, whatever the planted effect', () => {
    const cells = binary({ A: [600, 1200], B: [708, 1200] });
    let holds = 0;
    for (let seed = 0; seed < 200; seed++) {
      const rng = createRng(seed);
      const arm = [...cells.arm];
      for (let i = arm.length - 1; i > 0; i--) {
        const j = rng.int(i + 1);
        [arm[i], arm[j]] = [arm[j]!, arm[i]!];
      }
      const { difference } = analyseRows('E1', choice([share]), { ...cells, arm }).result.metrics[0]!.effects[0]!;
      if (difference!.low <= 0 && difference!.high >= 0) holds++;
    }
    expect(holds).toBeGreaterThanOrEqual(182);
    expect(holds).toBeLessThanOrEqual(199);
  });

  it('says what these units could have found where nothing is shown', () => {
    const few = analyseRows('E1', choice([share]), binary({ A: [20, 40], B: [24, 40] })).result.metrics[0]!.effects[0]!;
    expect(few).toMatchObject({ verdict: 'unclear', underPowered: true });
    expect(few.detectable).toBeGreaterThan(0.25);
  });

  it('refuses a column with one arm or many, and a control that is not there', () => {
    const one = binary({ A: [1, 5] });
    expect(() => analyseRows('E1', choice([share]), one)).toThrow('competitiveness.experiment-arms');
    const many = binary(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`arm ${i}`, [1, 2] as const])));
    expect(() => analyseRows('E1', choice([share]), many)).toThrow('competitiveness.experiment-arms');
    const two = binary({ old: [1, 5], new: [2, 5] });
    expect(() => analyseRows('E1', choice([share]), two)).toThrow('competitiveness.experiment-control');
  });
});

describe('an experiment of which only counts are known', () => {
  const counts = (n: number) => ({
    ...choice([share]),
    source: {
      type: 'counts' as const,
      arms: [
        { arm: 'A', units: 1000 },
        { arm: 'B', units: 1000 },
      ],
      metrics: [
        {
          id: 'm1',
          name: 'understood',
          type: 'proportion' as const,
          direction: 'up' as const,
          role: 'primary' as const,
          scale: null,
          needId: null,
          arms: [
            { arm: 'A', n: 1000, successes: 500, mean: null, sd: null },
            { arm: 'B', n, successes: 600, mean: null, sd: null },
          ],
        },
      ],
    },
  });

  it('reads like the same experiment by rows', () => {
    const byRows = analyseRows('E1', choice([share]), binary({ A: [500, 1000], B: [600, 1000] })).result;
    const byCounts = analyseCounts('E1', counts(1000));
    expect(byCounts.metrics[0]!.effects).toEqual(byRows.metrics[0]!.effects);
    expect(byCounts).toMatchObject({ datasetId: null, units: 2000, sampleRatio: byRows.sampleRatio });
  });

  it('refuses more answers than people', () => {
    expect(() => analyseCounts('E1', counts(1001))).toThrow('competitiveness.experiment-counts');
  });
});

describe('the plan of an experiment', () => {
  it('names units per arm, power and smallest effect as statsmodels does', () => {
    const [first] = golden.proportionPower;
    const { baseline, effect, level, power, n, powerAt150 } = first!;
    const metric = { type: 'proportion' as const, baseline, effect };
    const plan = planExperiment({ metric, level, power, unitsPerArm: 150 });
    expect(plan).toMatchObject({ unitsPerArm: Math.ceil(n), powerThere: expect.closeTo(powerAt150, 9) });
    expect(plan.detectableThere).toBeGreaterThan(effect);
    const byMean = planExperiment({ metric: { type: 'mean', sd: 2, effect: 1 }, level, power, unitsPerArm: null });
    const same = golden.meanPower.find((row) => row.effect === 0.5 && row.level === level && row.power === power)!;
    expect(byMean).toEqual({ unitsPerArm: Math.ceil(same.n), powerThere: null, detectableThere: null });
  });

  it('is undefined for an effect beyond 0–1', () => {
    const metric = { type: 'proportion' as const, baseline: 0.95, effect: 0.1 };
    expect(planExperiment({ metric, level: 0.95, power: 0.8, unitsPerArm: null }).unitsPerArm).toBeNull();
  });
});
