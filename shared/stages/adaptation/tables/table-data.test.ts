import { describe, expect, it } from 'vitest';
import { createRng } from '../../../rng.ts';
import { aloneArea, checkTable, firstAlike } from './check-table.ts';
import { featuresOf } from './design.ts';
import { guessTableColumn } from './guess-columns.ts';
import { parseNumber, readCase, readTable } from './table-data.ts';

const column = (id: string, name: string, cells: readonly string[]) => ({ id, name, cells });
const repeat = (count: number, cell: (i: number) => string) => Array.from({ length: count }, (_, i) => cell(i));
const OUTCOME = column(
  'c9',
  'left',
  repeat(60, (i) => (i % 3 === 0 ? 'yes' : 'no')),
);

describe('cells of a table', () => {
  it('are numbers with thousands and full-width digits too, and else none', () => {
    expect(['12', ' 1,234.5 ', '１２', '-3e2'].map(parseNumber)).toEqual([12, 1234.5, 12, -300]);
    expect(['', 'NA', '12 km', '1,23', 'Infinity'].every((cell) => Number.isNaN(parseNumber(cell)))).toBe(true);
  });

  it('leave out rows without an outcome, and count what is no number as missing, with a notice for each', () => {
    const outcome = { ...OUTCOME, cells: OUTCOME.cells.map((cell, i) => (i < 3 ? '' : cell)) };
    const { table, notices } = readTable(
      outcome,
      'yes',
      [
        column(
          'c0',
          'visits',
          repeat(60, (i) => (i === 10 ? 'many' : String(i % 7))),
        ),
        column(
          'c1',
          'same',
          repeat(60, () => 'x'),
        ),
      ],
      [
        { columnId: 'c0', type: 'number' },
        { columnId: 'c1', type: 'category' },
      ],
    );
    expect(table.event).toHaveLength(57);
    expect(table.columns.map(({ name }) => name)).toEqual(['visits']);
    expect(notices).toEqual([
      { code: 'outcome-missing', severity: 'info', params: { rows: 3 } },
      { code: 'unreadable-numbers', severity: 'warning', params: { column: 'visits', cells: 1 } },
      { code: 'constant', severity: 'info', params: { column: 'same' } },
    ]);
  });

  it('are refused where the outcome is too rare, or nothing is left to predict from', () => {
    const visits = column('c0', 'visits', repeat(60, String));
    const asNumber = [{ columnId: 'c0', type: 'number' }] as const;
    expect(() => readTable(OUTCOME, 'perhaps', [visits], asNumber)).toThrow('adaptation.outcome-too-few');
    expect(() => readTable(OUTCOME, 'yes', [visits], [])).toThrow('adaptation.no-predictors');
  });

  it('of a case outside the table are read by its values; an unknown one is as missing', () => {
    const stored = [
      { type: 'number', id: 'c0', name: 'visits' },
      { type: 'category', id: 'c1', name: 'plan', levels: ['basic', 'pro'] },
    ] as const;
    const read = (cells: Record<string, string>) =>
      readCase(stored, new Map(Object.entries(cells))).map((own) =>
        own.type === 'number' ? own.values[0] : own.codes[0],
      );
    expect(read({ c0: '4', c1: ' pro ' })).toEqual([4, 1]);
    expect(read({ c1: 'gold' })).toEqual([Number.NaN, -1]);
  });
});

describe('columns of a table', () => {
  it('are guessed: numbers, categories, identifiers, dates and texts', () => {
    const guess = (name: string, cell: (i: number) => string) => guessTableColumn(column('c0', name, repeat(60, cell)));
    expect(guess('amount', (i) => String(i * i * 7.5)).type).toBe('number');
    expect(guess('plan', (i) => ['a', 'b'][i % 2]!)).toMatchObject({ type: 'category', values: 2, missing: 0 });
    expect(guess('row', (i) => String(1000 + i)).reason).toBe('identifier');
    expect(guess('customer_id', (i) => String(i * 37 + (i % 5))).reason).toBe('identifier');
    expect(guess('name', (i) => `customer ${i}`).reason).toBe('identifier');
    expect(guess('opened', (i) => `2024-03-${String(1 + (i % 28)).padStart(2, '0')}`).reason).toBe('dates');
    expect(guess('empty', () => '').reason).toBe('one-value');
  });

  it('are warned of: one that knows the outcome, identifiers, copies, few rows', () => {
    const rng = createRng(2);
    const raw = [
      column(
        'c0',
        'note',
        OUTCOME.cells.map((cell) => (cell === 'yes' ? 'closed' : 'open')),
      ),
      column(
        'c1',
        'code',
        repeat(60, (i) => `K${i}`),
      ),
      column(
        'c2',
        'visits',
        repeat(60, () => String(rng.int(9))),
      ),
    ];
    const types = [
      { columnId: 'c0', type: 'category' },
      { columnId: 'c1', type: 'category' },
      { columnId: 'c2', type: 'number' },
    ] as const;
    const { table } = readTable(OUTCOME, 'yes', raw, types);
    const alone = table.columns.map((own) => aloneArea(own, table.event, createRng(1)));
    expect(alone[0]).toBe(1);
    // Every value of an identifier is new in the fold that is scored: no credit for learning it by heart.
    expect(Math.abs(alone[1]! - 0.5)).toBeLessThan(0.2);
    const found = checkTable(table, featuresOf(table), alone, firstAlike(table)).map(({ code }) => code);
    expect(found).toEqual(['predicts-alone', 'id-like', 'few-rows', 'few-events']);
    const { table: twice } = readTable(OUTCOME, 'yes', raw.slice(0, 1), types);
    expect(firstAlike(twice).filter((first, row) => first !== row)).toHaveLength(58);
  });
});
