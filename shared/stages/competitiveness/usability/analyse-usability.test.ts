import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/experiments.json' with { type: 'json' };
import { analyseUsability } from './analyse-usability.ts';
import { usabilityResultSchema } from './results.ts';
import { susReading } from './sus-grade.ts';
import { systemUsabilityScore } from './system-usability-scale.ts';

const choice = {
  name: 'test',
  datasetId: 'd5',
  itemColumns: Array.from({ length: 10 }, (_, i) => `c${i}`),
  groupColumn: 'c10',
  referenceGroup: 'before',
  level: 0.95,
};

function cellsOf(rows: readonly (readonly string[])[], group: readonly string[] | null) {
  const items = choice.itemColumns.map((columnId, i) => ({
    columnId,
    name: `item ${i + 1}`,
    cells: rows.map((row) => row[i] ?? ''),
  }));
  return { items, group };
}

describe('the System Usability Scale', () => {
  it('takes odd items as answer − 1, even ones as 5 − answer, and the sum times 2.5', () => {
    // 4 + 1 + 1 + 4 + 1 + 2 + 1 + 1 + 4 + 0 = 19.
    expect(systemUsabilityScore([5, 4, 2, 1, 2, 3, 2, 4, 5, 5])).toBe(47.5);
    expect(systemUsabilityScore([5, 1, 5, 1, 5, 1, 5, 1, 5, 1])).toBe(100);
    expect(systemUsabilityScore(Array(10).fill(3))).toBe(50);
    expect([systemUsabilityScore([5, 1, 5]), systemUsabilityScore([6, 1, 5, 1, 5, 1, 5, 1, 5, 1])]).toEqual([
      null,
      null,
    ]);
  });

  it('reads means by the curved grading scale, bounds included', () => {
    const grades = [84.1, 84.04, 80.8, 78.9, 77.2, 74.1, 72.6, 71.1, 68, 65, 62.7, 51.7, 51.6].map(
      (mean) => susReading(mean).grade,
    );
    expect(grades).toEqual(['A+', 'A', 'A', 'A-', 'B+', 'B', 'B-', 'C+', 'C', 'C', 'C-', 'D', 'F']);
  });

  it('has the mean, the groups and the Welch interval of scipy', () => {
    const { group, reference, value, low, high } = golden.sus;
    const rows = [...group, ...reference].map((row) => row.map(String));
    const names = [...group.map(() => 'after'), ...reference.map(() => 'before')];
    const { result } = analyseUsability('U1', choice, cellsOf(rows, names));
    expect(result.differences).toEqual([
      {
        group: 'after',
        difference: { value: expect.closeTo(value, 9), low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) },
        p: expect.closeTo(golden.sus.p, 10),
        verdict: 'better',
      },
    ]);
    expect(result.groups.map(({ group: name, summary }) => [name, summary.n])).toEqual([
      ['after', group.length],
      ['before', reference.length],
    ]);
    expect(result.overall).toMatchObject({
      mean: expect.closeTo(golden.sus.mean, 9),
      low: expect.closeTo(golden.sus.meanLow, 9),
      high: expect.closeTo(golden.sus.meanHigh, 9),
    });
    // The points of the items add up to the score.
    const points = result.items.reduce((sum, item) => sum + item.points!.value, 0);
    expect(points * 2.5).toBeCloseTo(result.overall.mean!, 9);
    expect(result.histogram.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length);
    expect(usabilityResultSchema.parse(result)).toEqual(result);
  });

  it('leaves out rows with a gap and counts them, also per group, and rows that answer everything alike', () => {
    const good = ['4', '2', '4', '2', '4', '2', '4', '2', '4', '2'];
    const gap = [...good.slice(0, 9), ''];
    const { result, scores } = analyseUsability(
      'U1',
      choice,
      cellsOf([good, gap, [...good.slice(0, 9), '7'], Array(10).fill('4')], ['before', 'before', 'after', '']),
    );
    expect(result).toMatchObject({ rows: 4, excluded: 2, sameAnswers: 1, withoutGroup: 1 });
    expect(result.groups.map(({ group, excluded, summary }) => [group, excluded, summary.mean])).toEqual([
      ['after', 1, null],
      ['before', 1, 75],
    ]);
    expect(result.differences).toEqual([{ group: 'after', difference: null, p: null, verdict: 'not-measured' }]);
    expect([...scores]).toEqual([75, Number.NaN, Number.NaN, 50]);
  });

  it('refuses a file without a complete answer, and groups that are none', () => {
    expect(() => analyseUsability('U1', choice, cellsOf([['1']], null))).toThrow('competitiveness.usability-empty');
    const rows = Array.from({ length: 13 }, () => Array(10).fill('3'));
    expect(() =>
      analyseUsability(
        'U1',
        choice,
        cellsOf(
          rows,
          rows.map((_, i) => `g${i}`),
        ),
      ),
    ).toThrow('competitiveness.usability-groups');
  });
});
