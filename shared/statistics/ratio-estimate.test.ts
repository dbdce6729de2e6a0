import { expect, test } from 'vitest';
import golden from '../../test/golden/ratio-estimate.json' with { type: 'json' };
import { ratioTotal } from './ratio-estimate.ts';

test('a total by ratio has the value, standard error and interval of samplics and scipy', () => {
  for (const { values, sizes, total, ...expected } of golden) {
    const found = ratioTotal(values, sizes, total)!;
    for (const name of ['value', 'standardError', 'low', 'high'] as const) {
      expect(Math.abs(found[name] / expected[name] - 1)).toBeLessThan(1e-9);
    }
    expect(found.n).toBe(values.length);
  }
});

test('one unit has no spread, and none have no total', () => {
  expect(ratioTotal([6], [2], 10)).toEqual({ value: 30, low: 30, high: 30, standardError: 0, n: 1 });
  expect(ratioTotal([], [], 10)).toBeNull();
  expect(ratioTotal([1, 2], [0, 0], 10)).toBeNull();
});
