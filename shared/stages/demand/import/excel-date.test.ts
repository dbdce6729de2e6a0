import { describe, expect, it } from 'vitest';
import { excelSerialToIso, isDateFormat } from './excel-date.ts';

describe('dates of workbooks', () => {
  it.each<[number, boolean, string | null]>([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [25569, false, '1970-01-01'],
    [45292, false, '2024-01-01'],
    [45292.75, false, '2024-01-01 18:00:00'],
    [0.5, false, '12:00:00'],
    [0, true, '1904-01-01'],
    [43830, true, '2024-01-01'],
    [-1, false, null],
    [3e6, false, null],
  ])('shows serial %d (1904: %s) as %s', (serial, date1904, iso) => {
    expect(excelSerialToIso(serial, date1904)).toBe(iso);
  });

  it('knows date formats by number and by letters outside of quotes, colours and locales', () => {
    expect([14, 22, 57].map((id) => isDateFormat(id, undefined))).toEqual([true, true, true]);
    expect(['yyyy/m/d', '[$-804]yyyy"年"m"月"', '[h]:mm', 'mm:ss.0'].map((code) => isDateFormat(164, code))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['General', '0.00', '[Red]0', '0"days"', '#,##0_);[Red](#,##0)'].map((code) => isDateFormat(164, code)),
    ).toEqual([false, false, false, false, false]);
  });
});
