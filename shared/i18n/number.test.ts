import { describe, expect, it } from 'vitest';
import { decimalsOfInterval, formatMilliseconds, formatNumber, formatShare, formatShort } from './number.ts';

describe('numbers as people read them', () => {
  it('puts a narrow no-break space between thousands', () => {
    expect([0, 999, 1000, 12084, 1234567].map((value) => formatNumber(value))).toEqual([
      '0',
      '999',
      '1\u202f000',
      '12\u202f084',
      '1\u202f234\u202f567',
    ]);
  });
  it('writes a true minus sign, and none before a value that rounds to zero', () => {
    expect([formatNumber(-1.25, 1), formatNumber(-0.01, 1)]).toEqual(['−1.3', '0.0']);
  });
  it('gives a dash for what is not a number', () => {
    expect([formatNumber(Number.NaN), formatShare(Number.POSITIVE_INFINITY), formatShort(Number.NaN)]).toEqual([
      '—',
      '—',
      '—',
    ]);
  });
  it('writes proportions as percentages', () => {
    expect([formatShare(0.274), formatShare(0.9345, 1)]).toEqual(['27\u00a0%', '93.5\u00a0%']);
  });
  it('reads a time below the grain of the clock as below it, never as a power of ten', () => {
    expect([0.00049, 0.0999, 0.1, 0.774, 26.53, 0].map(formatMilliseconds)).toEqual([
      '< 0.1',
      '< 0.1',
      '0.1',
      '0.774',
      '26.5',
      '0',
    ]);
  });
  it('keeps three significant digits of mixed scales', () => {
    expect([0.31234, 2.5, 41.26, 1284, 0.00002].map(formatShort)).toEqual([
      '0.312',
      '2.5',
      '41.3',
      '1\u202f284',
      '2.0e−5',
    ]);
  });

  it('gives a value and its bounds the decimals that the width of the interval bears', () => {
    expect(decimalsOfInterval([11.9, 12.8])).toBe(2);
    expect(decimalsOfInterval([980, 1_120])).toBe(0);
    expect(decimalsOfInterval([0.00001, 0.00002])).toBe(4);
    expect(decimalsOfInterval([3, 3])).toBe(2);
  });
});
