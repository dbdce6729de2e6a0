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
    by: 'draw',
    seed: 3,
    rng: createRng(3),
    hash: (text) =>
      [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 4294967291, 7).toString(16),
    ...more,
  };
}

/** Spread evenly, unlike the sum above: murmur3's last mixing of an FNV-1a hash. */
function hash(text: string): string {
  let h = 2166136261;
  for (const sign of text) h = Math.imul(h ^ (sign.codePointAt(0) ?? 0), 16777619);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0').repeat(2);
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

  it('by text: a text keeps its part while more come in, equal texts are together, and neither seed nor shares move any', () => {
    const texts = Array.from({ length: 1200 }, (_, i) => `text ${i % 1000}`);
    const { part } = splitScenario(input(texts, { by: 'text', hash }));
    const more = splitScenario(input([...texts, ...TEXTS.map((text) => `new ${text}`)], { by: 'text', hash })).part;
    expect([...more.slice(0, texts.length)]).toEqual([...part]);
    expect([...part.slice(1000)]).toEqual([...part.slice(0, 200)]);
    const share = (code: number) => part.slice(0, 1000).filter((own) => own === code).length / 1000;
    expect(Math.abs(share(PART.test) - 0.25)).toBeLessThan(0.05);
    expect(Math.abs(share(PART.dev) - 0.15)).toBeLessThan(0.05);
    const otherwise = { by: 'text', hash, seed: 4, testShare: 0.5, devShare: 0.3 } as const;
    expect([...splitScenario(input(texts, otherwise)).part]).toEqual([...part]);
    // A class of a single text is no obstacle.
    const labels = Int32Array.from(texts, (_, row) => (row === 0 ? 1 : 0));
    expect(() => splitScenario(input(texts, { by: 'text', hash, labels }))).not.toThrow();
  });
});
