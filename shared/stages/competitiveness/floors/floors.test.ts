import { describe, expect, it } from 'vitest';
import { denseRows } from '../../../linear-algebra/sparse.ts';
import { createRng } from '../../../rng.ts';
import { intlSegmenter } from '../../demand/text/segment.ts';
import { C_GRID, chooseLogistic } from './choose-logistic.ts';
import { floorTerms } from './floor-terms.ts';
import { type FloorData, frozenFloor, majorityFloor, tfidfFloor } from './floors.ts';

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

/** Three topics with a word of their own; 300 train, `dev`, 60 test rows. */
function topicData(dev: number): { data: FloorData; texts: string[] } {
  const rng = createRng(2);
  const own = ['card', 'transfer', 'login'];
  const labels = Int32Array.from({ length: 360 + dev }, (_, row) => (row % 4 === 3 ? 0 : row % 3));
  const texts = Array.from(labels, (label) => `my ${own[label]} number ${rng.int(50)} please`);
  const data = {
    classes: 4,
    labels,
    train: range(0, 300),
    dev: range(300, 300 + dev),
    test: range(300 + dev, 360 + dev),
    rng,
  };
  return { data, texts };
}

describe('floors', () => {
  const segment = intlSegmenter('en');

  it('predicts the most frequent training class with the class shares', () => {
    const { data } = topicData(0);
    const floor = majorityFloor(data);
    expect(new Set(floor.predicted)).toEqual(new Set([0]));
    expect(floor.probabilities.length).toBe(60 * 4);
    const zeros = data.labels.subarray(0, 300).filter((label) => label === 0).length;
    expect(floor.probabilities[0]).toBeCloseTo(zeros / 300, 6);
  });

  it('learns topics from their words, with and without enough dev rows', () => {
    for (const dev of [0, 120]) {
      const { data, texts } = topicData(dev);
      const floor = tfidfFloor(
        data,
        texts.map((text) => floorTerms(text, segment)),
      );
      expect([...floor.predicted]).toEqual([...data.labels.subarray(300 + dev)]);
      // The fourth class has no training row: it is never predicted.
      expect(floor.probabilities.filter((_, i) => i % 4 === 3).every((p) => p === 0)).toBe(true);
    }
  });

  it('takes nothing from test texts into the vocabulary', () => {
    const { data, texts } = topicData(0);
    const terms = texts.map((text) => floorTerms(text, segment));
    const before = tfidfFloor({ ...data, rng: createRng(1) }, terms);
    const changed = terms.map((of, row) => (row >= 300 ? [...of, 'unseen'] : of));
    expect(tfidfFloor({ ...data, rng: createRng(1) }, changed).features).toBe(before.features);
  });

  it('separates embeddings, and refuses those of other rows', () => {
    const { data } = topicData(0);
    const value = new Float32Array(data.labels.length * 2);
    data.labels.forEach((label, row) => {
      value[row * 2] = Math.cos(label * 2);
      value[row * 2 + 1] = Math.sin(label * 2);
    });
    const floor = frozenFloor(data, denseRows(value, 2));
    expect([...floor.predicted]).toEqual([...data.labels.subarray(300)]);
    // Three present classes, two features and an intercept each.
    expect(floor.sizeMb).toBeCloseTo((3 * 3 * 4) / 1e6, 12);
    expect(() => frozenFloor(data, denseRows(value.subarray(2), 2))).toThrow('stats.shape');
  });

  it('chooses by accuracy on dev, or in cross-validation where dev is small', () => {
    const rng = createRng(3);
    const rows = 500;
    const labels = Int32Array.from({ length: rows }, (_, row) => row % 2);
    const value = Float32Array.from({ length: rows * 3 }, (_, i) =>
      i % 3 === 0 ? labels[Math.floor(i / 3)]! + 0.7 * rng.normal() : rng.normal(),
    );
    const x = denseRows(value, 3);
    const base = { x, labels, classes: 2, rng: createRng(4) };
    const onDev = chooseLogistic({ ...base, train: range(0, 300), dev: range(300, 500) });
    const folded = chooseLogistic({ ...base, train: range(0, 300), dev: range(300, 350) });
    expect([onDev.chosenBy, folded.chosenBy]).toEqual(['dev', 'cross-validation']);
    for (const { c, tried } of [onDev, folded]) {
      expect(tried.map((one) => one.c)).toEqual([...C_GRID]);
      const top = Math.max(...tried.map(({ accuracy }) => accuracy));
      expect(tried.find((one) => one.accuracy === top)?.c).toBe(c);
      expect(top).toBeGreaterThan(0.6);
      expect(top).toBeLessThan(0.9);
    }
  });

  it('cuts Chinese into characters, pairs of characters and words', () => {
    const words = (text: string) => (text === '转账失败' ? ['转账', '失败'] : []);
    expect(floorTerms('转账失败', words)).toEqual(['转', '账', '失', '败', '转 账', '账 失', '失 败', '转账', '失败']);
    expect(floorTerms('card lost', segment)).toEqual(['card', 'lost', 'card lost']);
  });
});
