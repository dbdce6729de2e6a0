import { expect, test } from 'vitest';
import { keptShare } from './prefix-cache.ts';

test('what the frozen part makes of short texts is kept whole, of many long ones in part', () => {
  const hidden = { type: 'hidden', layer: 3 } as const;
  expect(keptShare(hidden, 384, 10_000, 140_000)).toBe(1);
  // 4 bytes × 512 numbers × 1 048 576 tokens are 2 GiB, of which 512 MiB are kept.
  expect(keptShare(hidden, 512, 8192, 1_048_576)).toBe(0.25);
  expect(keptShare({ type: 'pooled' }, 512, 8192, 1_048_576)).toBe(1);
});
