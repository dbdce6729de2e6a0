import { describe, expect, it } from 'vitest';
import { createRng } from '../../rng.ts';
import { PART } from '../competitiveness/split.ts';
import { type ScenarioSplitInput, splitScenario } from './split-scenario.ts';

function input(texts: readonly string[], more: Partial<ScenarioSplitInput> = {}): ScenarioSplitInput {
  return {
    classes: ['a', 'b'],
    labels: Int32Array.from(texts, (_, row) => row % 2),
    texts,
    forms: texts,
    seenPart: new Uint8Array(texts.length),
    seenForms: new Map(),
    testShare: 0.25,
    devShare: 0.15,
    seed: 3,
    rng: createRng(3),
    hash: (text) =>
      [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 4294967291, 7).toString(16),
    ...more,
  };
}

const TEXTS = Array.from({ length: 80 }, (_, i) => `text ${i}`);

describe('split of a scenario', () => {
  it('never tests on a row that a model has learnt from, nor on its text', () => {
    const seenPart = Uint8Array.from(TEXTS, (_, row) => (row < 20 ? PART.train : row < 26 ? PART.dev : 0));
    const seenForms = new Map(TEXTS.slice(30, 40).map((text) => [text, PART.train as number]));
    const { part, keptFromTest, notices } = splitScenario(input(TEXTS, { seenPart, seenForms }));
    for (let row = 0; row < 20; row++) expect(part[row]).toBe(PART.train);
    for (let row = 20; row < 26; row++) expect(part[row]).toBe(PART.dev);
    for (let row = 30; row < 40; row++) expect(part[row]).toBe(PART.train);
    expect(keptFromTest).toBe(36);
    expect(notices).toContainEqual({ code: 'kept-from-test', severity: 'info', params: { rows: 36 } });
    expect([...part].every((code) => code >= PART.train && code <= PART.test)).toBe(true);
  });

  it('only ever tests on what the source is tested on', () => {
    const seenPart = Uint8Array.from(TEXTS, (_, row) => (row < 10 ? PART.test : 0));
    const { part } = splitScenario(input(TEXTS, { seenPart }));
    for (let row = 0; row < 10; row++) expect(part[row]).toBe(PART.test);
  });

  it('keeps equal texts on one side, the trained side first', () => {
    const texts = [...TEXTS, ...TEXTS.slice(0, 10)];
    const seenPart = new Uint8Array(texts.length);
    // The second copy of text 0 was trained on; the first was not.
    seenPart[80] = PART.train;
    const { part } = splitScenario(input(texts, { seenPart }));
    for (let row = 0; row < 10; row++) expect(part[row]).toBe(part[80 + row]);
    expect(part[0]).toBe(PART.train);
  });

  it('splits fresh rows by class and locks the test rows by their content', () => {
    const once = splitScenario(input(TEXTS));
    expect(once.classes).toEqual([
      { label: 'a', rows: 40, train: 24, dev: 6, test: 10 },
      { label: 'b', rows: 40, train: 24, dev: 6, test: 10 },
    ]);
    expect(splitScenario(input(TEXTS)).testLock).toBe(once.testLock);
    const changed = TEXTS.map((text, row) => (once.part[row] === PART.test ? `${text}!` : text));
    expect(splitScenario(input(changed)).testLock).not.toBe(once.testLock);
  });

  it('refuses a single class, and a new class too small to be split', () => {
    expect(() => splitScenario(input(TEXTS, { classes: ['a'], labels: new Int32Array(80) }))).toThrow(
      expect.objectContaining({ code: 'stats.too-few' }),
    );
    const labels = Int32Array.from(TEXTS, (_, row) => (row < 2 ? 1 : 0));
    expect(() => splitScenario(input(TEXTS, { labels }))).toThrow(
      expect.objectContaining({ code: 'competitiveness.class-too-small' }),
    );
  });
});
