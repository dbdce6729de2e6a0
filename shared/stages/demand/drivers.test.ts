import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/relative-weights.json' with { type: 'json' };
import { analyseDrivers } from './drivers.ts';
import { driversResultSchema } from './results.ts';

const survey = golden.cases.find((entry) => entry.name === 'survey')!;
const input = {
  datasetId: 'd1',
  outcome: { columnId: 'y', name: 'overall', values: survey.y.map((v) => v / 10) },
  items: survey.x.map((column, i) => ({ columnId: `c${i}`, name: `item ${i}`, values: column.map((v) => v / 10) })),
  respondentIds: null,
  resamples: 300,
  seed: 2,
};

describe('driver analysis', () => {
  const found = analyseDrivers(input);

  it('has the weights of the golden regression, with intervals around their shares', () => {
    expect(driversResultSchema.parse(found)).toEqual(found);
    found.items.forEach((item, i) => {
      expect(item.weight).toBeCloseTo(survey.weights[i]!, 9);
      expect(item.low).toBeLessThan(item.share!);
      expect(item.high).toBeGreaterThan(item.share!);
    });
    expect(found.rSquared).toBeCloseTo(survey.rSquared, 9);
    expect(found.items.reduce((sum, item) => sum + item.share!, 0)).toBeCloseTo(1, 12);
    expect(found.items[0]).toMatchObject({ rank: 1, rankLow: 1, sign: 'positive' });
  });

  it('counts rows with a missing answer as left out', () => {
    const [first, ...others] = input.items;
    const items = [{ ...first!, values: [Number.NaN, ...first!.values.slice(1)] }, ...others];
    expect(analyseDrivers({ ...input, items })).toMatchObject({ n: 79, leftOut: 1 });
  });

  it('gives a constant item null and refuses a constant outcome', () => {
    const constant = { columnId: 'k', name: 'constant', values: survey.y.map(() => 0.4) };
    const item = analyseDrivers({ ...input, items: [...input.items, constant] }).items.at(-1);
    expect(item).toMatchObject({
      weight: null,
      share: null,
      low: null,
      rank: null,
      vif: null,
      performance: expect.closeTo(0.4, 12),
    });
    expect(() => analyseDrivers({ ...input, outcome: constant })).toThrow('demand.outcome-constant');
  });

  it('refuses too few complete rows', () => {
    const six = (values: readonly number[]) => values.slice(0, 6);
    const items = input.items.map((item) => ({ ...item, values: six(item.values) }));
    expect(() =>
      analyseDrivers({ ...input, items, outcome: { ...input.outcome, values: six(input.outcome.values) } }),
    ).toThrow('demand.too-few-answers');
  });
});
