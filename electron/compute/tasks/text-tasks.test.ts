import { expect, test } from 'vitest';
import { packStrings } from '../../../shared/data/string-table.ts';
import { splitTextTask } from './text-tasks.ts';

const NAMES = ['card', 'pin'];
const RARE = 9;
const FREQUENT = 40;

/** Rows of the first label, then of the second, then rows of the first of whose text nothing is left. */
function split(empty: number) {
  const rows = RARE + FREQUENT + empty;
  const isRare = (row: number) => row < RARE || row >= RARE + FREQUENT;
  const texts = Array.from({ length: rows }, (_, row) => (row < RARE + FREQUENT ? `text ${row}` : ''));
  return splitTextTask.run(
    {
      task: 'multi-label',
      names: NAMES,
      values: Float32Array.from(Array.from({ length: rows }, (_, row) => (isRare(row) ? [1, 0] : [0, 1])).flat()),
      texts: packStrings(texts),
      test: { type: 'share', share: 0.2 },
      devShare: 0.1,
      seed: 7,
      tokenLengths: new Int32Array(rows).fill(3),
      maxLength: 16,
    },
    { progress: () => undefined, batch: async () => undefined },
  );
}

test('rows without a text, which no part takes, do not count towards the groups of which parts take equal shares', async () => {
  const [without, with5] = [await split(0), await split(5)];
  // Nine rows are too few for a group of their own.
  expect(without.result.split.parts[0]!.classes.map(({ label }) => label)).toEqual(['pin']);
  expect(with5.result.split.parts).toEqual(without.result.split.parts);
  expect([...with5.part]).toEqual([...without.part, 0, 0, 0, 0, 0]);
});
