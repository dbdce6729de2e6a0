import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/service.json' with { type: 'json' };
import { createRng } from '../../rng.ts';
import { cohenKappa } from '../../statistics/cohen-kappa.ts';
import { individualLimits, shareLimits } from '../../statistics/control-chart.ts';
import { givenFactor, shareFactor } from './backlog/factors.ts';
import { rankBacklog } from './backlog/rank-backlog.ts';
import { labelShift } from './drift/label-shift.ts';
import { unlikeTexts } from './drift/unlike-texts.ts';
import { wordShifts } from './drift/word-shift.ts';

const point = (value: number, n = 1) => ({ value, n, baseline: true });

describe('agreement and shifts', () => {
  it('have kappa and its interval of statsmodels, and none where agreement is certain by chance', () => {
    for (const { counts, kappa, low, high } of golden.kappas) {
      const found = cohenKappa(counts);
      expect([found.value, found.low, found.high]).toEqual([
        expect.closeTo(kappa, 10),
        expect.closeTo(low, 10),
        expect.closeTo(high, 10),
      ]);
    }
    expect(
      cohenKappa([
        [5, 0],
        [0, 0],
      ]).value,
    ).toBeNull();
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ n: 0, value: null, low: null, high: null });
  });

  it('have chi-squared, p and stability index of scipy and numpy, and an index above its band only where shares differ', () => {
    for (const { reference, new: now, chiSquared, degrees, p, psi } of golden.chi) {
      const found = labelShift(reference, now, createRng(1))!;
      expect([found.chiSquared, found.p, found.psi]).toEqual([
        expect.closeTo(chiSquared, 8),
        expect.closeTo(p, 10),
        expect.closeTo(psi, 10),
      ]);
      expect(found.degrees).toBe(degrees);
      expect(found.psi).toBeGreaterThan(found.psiBand);
    }
    const same = labelShift([100, 200, 300], [52, 98, 150], createRng(1))!;
    expect(same.psi).toBeLessThan(same.psiBand);
    expect(labelShift([5, 0], [3, 0], createRng(1))).toBeNull();
  });

  it('name the words whose share changed, and no others', () => {
    const texts = (word: string, n: number) =>
      Array.from({ length: n }, (_, i) => new Set(['a', i < n / 2 ? word : 'b']));
    const found = wordShifts(texts('old', 100), texts('new', 100));
    expect(found.map(({ word, direction }) => [word, direction])).toEqual([
      ['new', 'more'],
      ['old', 'less'],
    ]);
    expect(wordShifts(texts('old', 100), texts('old', 100))).toEqual([]);
    expect(wordShifts([], texts('old', 3))).toEqual([]);
  });

  it('find the texts that are near none of the reference', () => {
    const unit = (angle: number) => [Math.cos(angle), Math.sin(angle)];
    const reference = Float32Array.from(Array.from({ length: 40 }, (_, i) => unit(i / 100)).flat());
    const current = Float32Array.from([...unit(0.1), ...unit(2)]);
    expect(unlikeTexts(reference, current, 2).unlike).toEqual([1]);
  });
});

describe('control limits', () => {
  it("are those of the handbook's p chart of wafers, with its two points out", () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2: 30 lots of 50 chips.
    const defects = [
      12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
    ];
    const found = shareLimits(defects.map((count) => point(count / 50, 50)))!;
    expect(found.centre).toBeCloseTo(0.2313, 4);
    expect([found.points[0]!.lower, found.points[0]!.upper]).toEqual([
      expect.closeTo(0.0524, 4),
      expect.closeTo(0.4102, 4),
    ]);
    expect(found.points.flatMap(({ rules }, at) => (rules.includes(1) ? [at + 1] : []))).toEqual([15, 23]);
  });

  it("are those of the handbook's individuals chart of flow rates", () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.
    const flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    const found = individualLimits(flow.map((value) => point(value)))!;
    expect(found.centre).toBeCloseTo(50.81, 2);
    expect([found.points[0]!.lower, found.points[0]!.upper]).toEqual([
      expect.closeTo(45.8159, 2),
      expect.closeTo(55.8041, 2),
    ]);
    expect(found.points.flatMap(({ rules }) => rules.filter((rule) => rule === 1))).toEqual([]);
  });

  it('see eight points on one side, four of five beyond one sigma, two of three beyond two', () => {
    const baseline = [1, -1, 1, -1, 1, -1].map((value) => point(value * 0.564));
    const later = (values: readonly number[]) => values.map((value) => ({ ...point(value), baseline: false }));
    const rules = (values: readonly number[]) =>
      individualLimits([...baseline, ...later(values)])!.points.at(-1)!.rules;
    expect(rules([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])).toEqual([4]);
    expect(rules([1.5, 1.5, 0, 1.5, 1.5])).toEqual([3]);
    expect(rules([2.5, 0, 2.5])).toEqual([2]);
    expect(rules([3.5])).toEqual([1]);
    expect(rules([0])).toEqual([]);
  });

  it('are not drawn without a baseline', () => {
    expect(shareLimits([{ value: 0.5, n: 10, baseline: false }])).toBeNull();
    expect(individualLimits([point(1)])).toBeNull();
  });
});

describe('the backlog', () => {
  const base = { type: 'request' as const, detail: null, evidence: [], slots: [] };
  const items = (efforts: readonly [number, number]) =>
    rankBacklog({
      candidates: [
        {
          ...base,
          id: 'heavy',
          subject: 'heavy',
          needs: [{ need: 0, share: 1 }],
          affected: shareFactor(100, 400),
          severity: givenFactor(0.5),
          effort: { value: efforts[0], origin: 'decided' },
        },
        {
          ...base,
          id: 'light',
          subject: 'light',
          needs: [{ need: 1, share: 1 }],
          affected: shareFactor(100, 400),
          severity: givenFactor(0.5),
          effort: { value: efforts[1], origin: 'assumed' },
        },
      ],
      needs: [
        { id: 'n1', name: 'one', weight: 0.7 },
        { id: 'n2', name: 'two', weight: 0.3 },
      ],
      weightDraws: Float32Array.from([0.72, 0.28, 0.68, 0.32, 0.7, 0.3]),
      draws: 500,
      rng: createRng(3),
    });

  it('scores weight × affected × severity ÷ effort and ranks by it', () => {
    const [first, second] = items([1, 1]);
    expect([first!.id, first!.rank, second!.id, second!.rank]).toEqual(['heavy', 1, 'light', 2]);
    expect([first!.score.value, second!.score.value]).toEqual([expect.closeTo(8.75, 10), expect.closeTo(3.75, 10)]);
    expect(first!.score.low!).toBeLessThan(8.75);
    expect(first!.score.high!).toBeGreaterThan(8.75);
    expect([first!.weight.low, first!.weight.high]).toEqual([expect.closeTo(0.68, 5), expect.closeTo(0.72, 5)]);
    expect(first!.firstShare).toBe(1);
  });

  it('turns round where the first takes far more effort', () => {
    expect(items([5, 1]).map(({ id }) => id)).toEqual(['light', 'heavy']);
  });
});
