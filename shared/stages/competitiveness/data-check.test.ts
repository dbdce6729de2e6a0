import { describe, expect, it } from 'vitest';
import { checkData, type DataCheckInput } from './data-check.ts';
import { dataCheckResultSchema } from './results.ts';

const input: DataCheckInput = {
  classes: ['a', 'b', 'c'],
  labels: Int32Array.of(0, 0, 1, 0, -1, 0, 1),
  forms: ['card lost', 'card lost', 'card lost', 'fee high', 'fee high', '', 'fee is high'],
  part: Uint8Array.of(1, 3, 1, 1, 0, 0, 3),
  nearDuplicateOf: Int32Array.of(-1, 0, 0, -1, 3, -1, 3),
  tokenLengths: Int32Array.of(4, 4, 4, 5, 5, 0, 12),
  maxLength: 8,
};

describe('the check of labelled data', () => {
  const result = checkData(input);

  it('counts classes by part, and the smallest of those that occur', () => {
    expect(result.classes).toEqual([
      { label: 'a', rows: 4, train: 2, dev: 0, test: 1 },
      { label: 'b', rows: 2, train: 1, dev: 0, test: 1 },
      { label: 'c', rows: 0, train: 0, dev: 0, test: 0 },
    ]);
    expect(result.smallestClass).toEqual({ label: 'b', rows: 2 });
    expect(dataCheckResultSchema.parse(result)).toEqual(result);
  });

  it('finds duplicates, those across parts, near ones and conflicting labels', () => {
    const group = { rows: [0, 1, 2], labels: ['a', 'b'], parts: ['train', 'test'] };
    expect(result.exactDuplicates).toEqual({ groups: 1, rows: 3, acrossParts: 3, examples: [group] });
    expect(result.conflictingLabels).toEqual({ texts: 1, rows: 3, examples: [group] });
    expect(result.nearDuplicates).toEqual({
      pairs: 1,
      acrossParts: 1,
      examples: [{ rows: [3, 6], labels: ['a', 'b'], parts: ['train', 'test'] }],
    });
  });

  it('sums up lengths of labelled texts and what a maximum length cuts', () => {
    expect(result.lengths).toMatchObject({
      mean: 29 / 5,
      min: 4,
      p50: 4,
      p75: 5,
      max: 12,
      truncated: 1,
      truncatedShare: 0.2,
    });
    expect(result.lengths?.histogram.reduce((sum, bin) => sum + bin.rows, 0)).toBe(5);
  });

  it('says by code and severity what a person should know', () => {
    expect(result.notices.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning class-too-small',
      'blocking class-too-small',
      'info unlabelled-rows',
      'info empty-text',
      'info exact-duplicates',
      'blocking duplicates-across-parts',
      'info near-duplicates',
      'warning duplicates-across-parts',
      'warning conflicting-labels',
      'warning truncated-texts',
    ]);
  });

  it('leaves out what was not looked for', () => {
    const before = checkData({ ...input, part: null, nearDuplicateOf: null, tokenLengths: null });
    expect(before.nearDuplicates).toBeNull();
    expect(before.lengths).toBeNull();
    expect(before.exactDuplicates.acrossParts).toBe(0);
  });
});
