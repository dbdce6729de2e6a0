import { describe, expect, it } from 'vitest';
import { createTranslate } from '../../../i18n/translate.ts';
import { analyseCounts } from '../experiment/analyse-experiment.ts';
import type { CountedMetric, ExperimentResult } from '../experiment/results.ts';
import type { RunRecord } from '../results.ts';
import { analyseUsability } from '../usability/analyse-usability.ts';
import type { OtherStrategy } from './choice.ts';
import { linkedGains } from './linked-gains.ts';
import type { PlanModel } from './model-plan.ts';
import { type PlanLine, planLineSchema } from './plan-lines.ts';
import { planLineText } from './plan-text.ts';
import { type PlanInput, strategyPlans } from './plans.ts';
import type { RankedStrategy, StrategyResult } from './results.ts';

const base = { direction: 'up' as const, role: 'primary' as const, scale: null, needId: null };

function metric(id: string, [a, b]: readonly [number, number], change: Partial<CountedMetric> = {}): CountedMetric {
  const arm = (name: string, successes: number) => ({ arm: name, n: 1000, successes, mean: null, sd: null });
  return { id, name: id, type: 'proportion', ...base, ...change, arms: [arm('A', a), arm('B', b)] };
}

function experiment(
  id: string,
  metrics: CountedMetric[],
  units: readonly [number, number] = [1000, 1000],
): ExperimentResult {
  const arms = units.map((n, i) => ({ arm: i === 0 ? 'A' : 'B', units: n }));
  return analyseCounts(id, {
    name: `test ${id}`,
    source: { type: 'counts', arms, metrics },
    controlArm: 'A',
    expectedShares: null,
    level: 0.95,
  });
}

function strategy(id: string, gains: OtherStrategy['gains']): OtherStrategy {
  return { id, name: id, type: 'product', gains, latencyP95Ms: null, sizeMb: null };
}

const from = (experimentId: string, name: string, arm = 'B') => ({
  type: 'experiment' as const,
  experimentId,
  metric: name,
  arm,
});
const good = experiment('E1', [metric('understood', [500, 600])]);
const harmful = experiment('E2', [
  metric('understood', [500, 600]),
  metric('again', [100, 160], { role: 'guardrail', direction: 'down' }),
]);
const broken = experiment('E3', [metric('understood', [500, 600])], [1000, 1300]);
const all = new Map([good, harmful, broken].map((one) => [one.id, one]));

describe('gains linked to experiments', () => {
  it('take the effect, better upwards, with its standard error and the users of both arms', () => {
    const down = experiment('E4', [metric('again', [300, 250], { direction: 'down' })]);
    const { gains, links } = linkedGains(
      [strategy('O1', [{ needId: 'n', source: from('E4', 'again') }])],
      new Map([['E4', down]]),
    );
    expect(links).toEqual([expect.objectContaining({ status: 'used', experimentId: 'E4', arm: 'B' })]);
    expect(gains[0]).toEqual([
      {
        needId: 'n',
        source: expect.objectContaining({
          type: 'experiment',
          value: expect.closeTo(0.05, 12),
          // √(0.3·0.7/1000 + 0.25·0.75/1000)
          standardError: expect.closeTo(0.019937, 6),
          units: 2000,
        }),
      },
    ]);
  });

  it('give nothing where the split is wrong or the experiment, metric, arm or scale is missing, and say which', () => {
    const mean = experiment('E5', [
      {
        ...metric('minutes', [0, 0]),
        type: 'mean',
        arms: ['A', 'B'].map((arm) => ({ arm, n: 900, successes: null, mean: 3, sd: 1 })),
      },
    ]);
    const sources = [
      from('E3', 'understood'),
      from('E9', 'understood'),
      from('E1', 'gone'),
      from('E1', 'understood', 'C'),
      from('E5', 'minutes'),
    ];
    const { gains, links } = linkedGains(
      sources.map((source, i) => strategy(`O${i}`, [{ needId: 'n', source }])),
      new Map([...all, ['E5', mean]]),
    );
    expect(links.map(({ status }) => status)).toEqual([
      'blocked',
      'no-experiment',
      'no-metric',
      'no-metric',
      'no-scale',
    ]);
    expect(gains.flat()).toEqual([]);
  });

  it('keep out a strategy that rests on an arm with a breached guardrail', () => {
    const { exclusions, gains } = linkedGains(
      [strategy('O1', [{ needId: 'n', source: from('E2', 'understood') }])],
      all,
    );
    expect(exclusions).toEqual([
      [{ type: 'guardrail', experimentId: 'E2', metricId: 'again', metric: 'again', arm: 'B' }],
    ]);
    expect(gains[0]).toHaveLength(1);
  });
});

const estimate = (value: number, low: number, high: number) => ({ value, low, high });

function ranked(
  id: string,
  gains: Readonly<Record<string, readonly [number, number, number]>>,
  low = 0.01,
): RankedStrategy {
  return {
    id,
    name: `model ${id}`,
    type: 'model',
    isReference: false,
    basis: 'measured',
    score: estimate(0.05, low, 0.09),
    firstShare: 0.9,
    rankShares: [0.9, 0.1],
    feasible: true,
    limits: [],
    exclusions: [],
    contributions: Object.entries(gains).map(([needId, [value, l, h]]) => ({
      needId,
      basis: 'measured',
      weight: needId === 'heavy' ? 0.5 : 0.2,
      gain: estimate(value, l, h),
      contribution: value,
      rows: 40,
      source: null,
    })),
    uncoveredWeight: 0,
    latencyP95Ms: 10,
    sizeMb: 90,
    pareto: true,
  };
}

function model(id: string, change: Partial<RunRecord> = {}): PlanModel {
  const record = {
    id,
    name: `model ${id}`,
    compression: null,
    gate: null,
    latency: { p95Ms: 20 },
    sizeMb: 90,
    test: { rows: 200, accuracy: estimate(0.9, 0.85, 0.94) },
    ...change,
  } as RunRecord;
  const confusions = [
    { actual: 'a', predicted: 'b', rows: 5, weight: 2 },
    { actual: 'b', predicted: 'a', rows: 1, weight: 0.5 },
  ];
  return { slot: `competitiveness.run:${id}`, record, confusions };
}

function decisionOf(strategies: RankedStrategy[], links: StrategyResult['links'] = []): Omit<StrategyResult, 'plans'> {
  return {
    referenceId: 'floor',
    decisionShare: 0.8,
    draws: 100,
    withoutU: links.length === 0,
    links,
    needs: [
      { needId: 'heavy', name: 'reasons', weight: estimate(0.5, 0.4, 0.6), testRows: 40 },
      { needId: 'light', name: 'price', weight: estimate(0.1, 0.05, 0.2), testRows: 40 },
      { needId: 'silent', name: 'privacy', weight: estimate(0.4, 0.3, 0.5), testRows: 0 },
    ],
    unmeasuredNeeds: ['silent'],
    lostNeeds: [],
    unassignedRows: 0,
    strategies,
    answer: { type: 'none-feasible' },
    wouldChange: [],
  };
}

/** The plans, once every line was read in both languages and found whole. */
function plansOf(input: PlanInput) {
  const plans = strategyPlans(input);
  for (const line of Object.values(plans).flat()) {
    expect(planLineSchema.parse(line)).toEqual(line);
    for (const language of ['zh-CN', 'en'] as const)
      expect(planLineText(createTranslate(language), line)).not.toMatch(/[{}]|NaN|undefined/);
  }
  return plans;
}

const nothing = { others: [], models: [], experiments: [], usabilities: [], textRowsOfNeed: new Map<string, number>() };
const templates = (lines: readonly PlanLine[]) => lines.map(({ templateId }) => templateId);

describe('the three plans', () => {
  it('name the model shown to gain, its needs heaviest first, what it confuses more than once, and needs to label', () => {
    const gains = { light: [-0.1, -0.2, -0.01], heavy: [0.1, 0.05, 0.15] } as const;
    const plans = plansOf({
      ...nothing,
      decision: decisionOf([ranked('R1', gains)]),
      models: [model('R1')],
      textRowsOfNeed: new Map([['silent', 60]]),
    });
    expect(templates(plans.model)).toEqual(['use-model', 'gain-on-need', 'loss-on-need', 'confused', 'label-rows']);
    expect(plans.model[1]).toMatchObject({ needId: 'heavy', n: 40, estimate: estimate(0.1, 0.05, 0.15) });
    expect(plans.model[3]).toMatchObject({
      n: 5,
      evidence: { type: 'confusion', runId: 'R1', actual: 'a', predicted: 'b' },
    });
    expect(plans.model[4]).toMatchObject({ needId: 'silent', n: 60, basis: 'unmeasured' });
  });

  it('keep the reference where no model is shown to beat it', () => {
    const decision = decisionOf([ranked('R1', { heavy: [0.01, -0.03, 0.05] }, -0.01)]);
    const { model: lines } = plansOf({ ...nothing, decision, models: [model('R1')] });
    expect(templates(lines)).toEqual(['keep-reference', 'gain-not-shown', 'confused']);
  });

  it('compress within tolerance, and warn of what is refused or unproven', () => {
    const compressed = (id: string, verdict: 'accepted' | 'refused' | 'unproven') =>
      model(id, {
        compression: { parentId: 'R1', technique: 'int8', detail: '' } as RunRecord['compression'],
        gate: { verdict, comparison: { accuracyDifference: estimate(-0.01, -0.02, 0) } } as RunRecord['gate'],
        latency: { p95Ms: 8 } as RunRecord['latency'],
        sizeMb: 24,
      });
    const models = [
      model('R1'),
      compressed('C1', 'accepted'),
      compressed('C2', 'refused'),
      compressed('C3', 'unproven'),
    ];
    const lines = plansOf({ ...nothing, decision: decisionOf([]), models }).model;
    expect(templates(lines)).toEqual(['keep-reference', 'compress', 'compress-refused', 'compress-unproven']);
    expect(lines[1]?.params).toMatchObject({ parent: 'R1', fromMs: 20, toMs: 8, fromMb: 90, toMb: 24 });
  });

  it('ship, hold back, repeat and size experiments; name assumptions and the heaviest need not tried', () => {
    const unsure = experiment('E4', [metric('understood', [500, 520])]);
    const others = [strategy('O1', [{ needId: 'light', source: { type: 'assumed', low: 0, high: 0.1 } }])];
    const link = {
      strategyId: 'O2',
      needId: 'heavy',
      experimentId: 'E1',
      metricId: 'understood',
      metric: 'understood',
      arm: 'B',
    };
    const plans = plansOf({
      ...nothing,
      others,
      decision: decisionOf([], [{ ...link, status: 'used' }]),
      experiments: [good, harmful, broken, unsure],
    });
    expect(templates(plans.product)).toEqual([
      'ship-arm',
      'hold-guardrail',
      'repeat-blocked',
      'more-users',
      'assumed-gain',
      'try-with-users',
    ]);
    expect(plans.product[0]).toMatchObject({
      needId: 'heavy',
      n: 2000,
      unit: 'points',
      estimate: good.metrics[0]!.effects[0]!.difference,
    });
    expect(plans.product.at(-1)).toMatchObject({ needId: 'silent' });
    expect(templates(plans.experience)).toEqual(['no-usability']);
  });

  it('read usability against 68, with the change and the weakest item', () => {
    const row = (points: number) => Array.from({ length: 10 }, (_, i) => String(i % 2 === 0 ? points + 1 : 5 - points));
    const rows = [...[1, 1, 2, 1, 2], ...[2, 2, 3, 2, 2]].map(row);
    for (const answers of rows) answers[8] = '1';
    const items = Array.from({ length: 10 }, (_, i) => ({
      columnId: `c${i}`,
      name: `item ${i + 1}`,
      cells: rows.map((answers) => answers[i]!),
    }));
    const { result } = analyseUsability(
      'U1',
      { name: 'sus', datasetId: 'd5', itemColumns: [], groupColumn: 'g', referenceGroup: 'before', level: 0.95 },
      { items, group: rows.map((_, i) => (i < 5 ? 'before' : 'after')) },
    );
    const { experience } = plansOf({ ...nothing, decision: decisionOf([]), usabilities: [result] });
    expect(templates(experience)).toEqual(['sus-below', 'sus-better', 'sus-item']);
    expect(experience[0]).toMatchObject({ n: 5, evidence: { type: 'usability', groups: ['after'] } });
    expect(experience[2]?.params).toMatchObject({ item: 'item 9' });
  });
});
