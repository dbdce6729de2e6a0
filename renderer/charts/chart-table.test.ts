import { expect, it } from 'vitest';
import { cellText, chartCsv, filledColumns } from './chart-table.ts';

const percent = { name: 'weight', format: (value: number) => `${(value * 100).toFixed(1)} %` };

it('reads numbers with their unit, and says where there is none', () => {
  expect([
    cellText(percent, 0.273),
    cellText({ name: 'n' }, 12),
    cellText(percent, null),
    cellText(percent, 'x'),
  ]).toEqual(['27.3 %', '12', '—', 'x']);
});

it('leaves out columns in which nothing stands', () => {
  const table = {
    columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    rows: [
      ['x', null, ''],
      ['y', null, ''],
    ],
  };
  expect(filledColumns(table)).toEqual({ columns: [{ name: 'a' }], rows: [['x'], ['y']] });
});

it('copies whole numbers, quotes texts, and lets no text become a formula', () => {
  const rows = [
    ['say "hi", you', 0.1 + 0.2],
    ['=1+1', null],
    [' ＝A1', -2],
  ];
  expect(chartCsv({ columns: [{ name: 'name' }, percent], rows })).toBe(
    ['"name","weight"', '"say ""hi"", you",0.30000000000000004', `"'=1+1",`, `"' ＝A1",-2`, ''].join('\r\n'),
  );
});
