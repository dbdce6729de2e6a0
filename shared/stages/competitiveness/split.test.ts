import { describe, expect, it } from 'vitest';
import { createRng } from '../../rng.ts';
import { splitResultSchema } from './results.ts';
import { PART, type SplitInput, splitRows } from './split.ts';

const hash = (text: string) => {
  let h = 7;
  for (const sign of text) h = (Math.imul(h, 31) + sign.codePointAt(0)!) >>> 0;
  return h.toString(16);
};

function input(rows: readonly (readonly [string, number])[], change: Partial<SplitInput> = {}): SplitInput {
  const texts = rows.map(([text]) => text);
  return {
    classes: ['a', 'b'],
    labels: Int32Array.from(rows, ([, label]) => label),
    texts,
    forms: texts,
    test: { type: 'share', share: 0.2 },
    devShare: 0.1,
    seed: 5,
    rng: createRng(5),
    hash,
    ...change,
  };
}

const many = Array.from({ length: 300 }, (_, i) => [`text ${i}`, i % 3 === 0 ? 1 : 0] as const);

describe('splitting rows', () => {
  it('gives each class the shares asked for', () => {
    const { result } = splitRows(input(many));
    expect(result.parts.map((part) => part.classes.map(({ rows }) => rows))).toEqual([
      [140, 70],
      [20, 10],
      [40, 20],
    ]);
    expect(result.notices.map(({ code }) => code)).toEqual(['test-rows-few']);
    expect(splitResultSchema.parse(result)).toEqual(result);
  });

  it('repeats with its seed, and another seed gives another split and another lock', () => {
    const first = splitRows(input(many));
    expect(splitRows(input(many))).toEqual(first);
    const other = splitRows(input(many, { rng: createRng(6) }));
    expect(other.part).not.toEqual(first.part);
    expect(other.result.testLock).not.toBe(first.result.testLock);
  });

  it('never has a text on two sides, even under two labels', () => {
    const repeated = Array.from({ length: 300 }, (_, i) => [`text ${i % 90}`, i % 2] as const);
    const { part, result } = splitRows(input(repeated));
    for (let text = 0; text < 90; text++)
      expect(new Set(repeated.flatMap((row, i) => (row[0] === `text ${text}` ? [part[i]] : []))).size).toBe(1);
    expect(result.groupedTexts).toBe(90);
  });

  it('leaves out of training what stands in a given test file, and says so', () => {
    const rows = [...many, ['text 0', 1], ['text 1', 0], ['new', 0]] as const;
    const isTest = Uint8Array.from(rows, (_, i) => (i >= 300 ? 1 : 0));
    const { part, result } = splitRows(input(rows, { test: { type: 'dataset', isTest } }));
    expect([...part.subarray(300)]).toEqual([PART.test, PART.test, PART.test]);
    expect([part[0], part[1]]).toEqual([PART.leftOut, PART.leftOut]);
    expect(result.excludedFromTrain).toBe(2);
    expect(result.notices).toContainEqual({
      code: 'duplicates-across-parts',
      severity: 'warning',
      params: { rows: 2, kind: 'exact' },
    });
  });

  it('keeps the lock when only training rows change', () => {
    const rows = [...many, ['new', 0]] as const;
    const isTest = Uint8Array.from(rows, (_, i) => (i === 300 ? 1 : 0));
    const before = splitRows(input(rows, { test: { type: 'dataset', isTest } }));
    const changed = [['other', 0], ...rows.slice(1)] as const;
    const after = splitRows(input(changed, { test: { type: 'dataset', isTest } }));
    expect(after.result.testLock).toBe(before.result.testLock);
    const relabelled = [...many, ['new', 1]] as const;
    expect(splitRows(input(relabelled, { test: { type: 'dataset', isTest } })).result.testLock).not.toBe(
      before.result.testLock,
    );
  });

  it('leaves out rows without label or text', () => {
    const { part } = splitRows(input([...many, ['', 0], ['unlabelled', -1]]));
    expect([...part.subarray(300)]).toEqual([PART.leftOut, PART.leftOut]);
  });

  it('refuses a class with fewer different texts than parts, and data without labels', () => {
    const rows = [...many.filter(([, label]) => label === 0), ['x', 1], ['x', 1], ['y', 1]] as const;
    expect(() => splitRows(input(rows))).toThrow('competitiveness.class-too-small {"label":"b","n":2,"needed":3}');
    expect(() => splitRows(input([['x', -1]]))).toThrow('competitiveness.labels-missing');
    const seen = [
      ['x', 0],
      ['y', 1],
      ['x', 0],
    ] as const;
    const test = { type: 'dataset', isTest: Uint8Array.of(1, 1, 0) } as const;
    expect(() => splitRows(input(seen, { test }))).toThrow('competitiveness.train-rows-missing');
  });

  it('warns of labels that a test file has and training data lacks', () => {
    const rows = [...many.filter(([, label]) => label === 0), ['x', 1]] as const;
    const isTest = Uint8Array.from(rows, (_, i) => (i === rows.length - 1 ? 1 : 0));
    const { result } = splitRows(input(rows, { test: { type: 'dataset', isTest } }));
    expect(result.notices.map(({ code }) => code)).toEqual([
      'test-rows-few',
      'label-not-in-test',
      'label-not-in-train',
    ]);
  });
});
