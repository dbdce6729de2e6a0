import { expect, it } from 'vitest';
import { sortInSlices } from './slices.ts';

const never = () => Promise.resolve();

it.each([0, 1, 2, 511, 512, 513, 1024, 5000])('sorts %i values as a stable sort does', async (length) => {
  const values = Array.from({ length }, (_, index) => (index * 7919) % 101);
  const expected = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const sorted = await sortInSlices(length, (a, b) => (values[a] ?? 0) - (values[b] ?? 0), never);
  expect([...sorted]).toEqual(expected);
});

it('pauses often enough that no stretch has more than some ten thousand comparisons', async () => {
  let since = 0;
  let longest = 0;
  const values = Array.from({ length: 60_000 }, (_, index) => (index * 48271) % 65_537);
  await sortInSlices(
    values.length,
    (a, b) => {
      longest = Math.max(longest, ++since);
      return (values[a] ?? 0) - (values[b] ?? 0);
    },
    async () => {
      since = 0;
    },
  );
  expect(longest).toBeLessThan(10_000);
});
