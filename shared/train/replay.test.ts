import { describe, expect, it } from 'vitest';
import { fillMemory, newRowsPerBatch, replayDraw } from './replay.ts';

const batches = (batchSize: number, share: number) => ({
  batchSize,
  continual: { replay: { share, rows: 100, memory: 'balanced' as const } },
});
const sorted = (rows: Int32Array) => [...rows].sort((a, b) => a - b);

describe('a batch', () => {
  it.each([
    [32, 0.15, 27],
    [16, 0.15, 14],
    [4, 0.05, 3],
    [2, 0.9, 1],
  ])('of %i rows with a share of %f replayed has %i new ones', (batchSize, share, fresh) => {
    expect(newRowsPerBatch(batches(batchSize, share))).toBe(fresh);
  });
  it('is all new without a memory', () => {
    expect(newRowsPerBatch({ batchSize: 32 })).toBe(32);
  });
});

describe('the memory', () => {
  const labels = Int32Array.from([...Array(90).fill(0), ...Array(7).fill(1), ...Array(3).fill(2)]);
  it('has as many rows of each class as there are, up to its size', () => {
    const kept = fillMemory(labels, { rows: 15, memory: 'balanced' }, 4);
    const counts = [0, 1, 2].map((label) => kept.filter((row) => labels[row] === label).length);
    expect(counts).toEqual([6, 6, 3]);
    expect(new Set(kept).size).toBe(15);
  });
  it('repeats with its seed and takes all rows where there are fewer', () => {
    const choice = { rows: 15, memory: 'reservoir' } as const;
    expect(fillMemory(labels, choice, 4)).toEqual(fillMemory(labels, choice, 4));
    expect(fillMemory(labels, choice, 4)).not.toEqual(fillMemory(labels, choice, 5));
    expect(sorted(fillMemory(labels, { rows: 1000, memory: 'reservoir' }, 4))).toEqual([...labels.keys()]);
  });
  // Vitter 1985: every row is kept with probability 10/100; over 2000 seeds the count of a row is binomial(2000, 0.1), deviation 13.4.
  it('gives every row the same chance in a reservoir', () => {
    const times = new Int32Array(100);
    for (let seed = 0; seed < 2000; seed++)
      for (const row of fillMemory(labels, { rows: 10, memory: 'reservoir' }, seed)) times[row]!++;
    for (const count of times) expect(Math.abs(count - 200)).toBeLessThan(5 * 13.5);
  });
});

describe('what is drawn', () => {
  it('goes through the whole memory before a row comes again', () => {
    const config = batches(10, 0.3);
    const drawn = [0, 1, 2, 3].flatMap((step) => [...replayDraw(12, 7, step, config, 9)]);
    expect(sorted(Int32Array.from(drawn))).toEqual([...Array(12).keys()]);
    expect(drawn).not.toEqual([4, 5, 6, 7].flatMap((step) => [...replayDraw(12, 7, step, config, 9)]));
  });
  it('is a matter of the step alone, and keeps its share in a smaller last batch', () => {
    const config = batches(10, 0.3);
    expect(replayDraw(5, 7, 3, config, 9)).toEqual(replayDraw(5, 7, 3, config, 9));
    expect(replayDraw(5, 2, 3, config, 9)).toHaveLength(1);
  });
});
