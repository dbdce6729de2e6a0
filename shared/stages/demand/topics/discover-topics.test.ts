import { describe, expect, it } from 'vitest';
import { denseRows } from '../../../linear-algebra/sparse.ts';
import { createRng } from '../../../rng.ts';
import { DEFAULT_TFIDF, fitTfidf, transformTfidf } from '../text/tfidf.ts';
import { discoverTopics } from './discover-topics.ts';
import { adjustedRandIndex } from './partition-agreement.ts';

const WORDS = ['card', 'fee', 'login', 'loan', 'transfer', 'branch', 'rate', 'app'];

/** Texts about eight planted subjects: 128-dimensional directions with noise, and tokens of the subject. */
function planted(rowsPerSubject: number, seed: number) {
  const rng = createRng(seed);
  const d = 128;
  const centres = WORDS.map(() => Float64Array.from({ length: d }, () => rng.normal()));
  const subject: number[] = [];
  const values: number[] = [];
  const tokens: string[][] = [];
  for (let i = 0; i < rowsPerSubject * WORDS.length; i++) {
    const s = i % WORDS.length;
    subject.push(s);
    for (let j = 0; j < d; j++) values.push(centres[s]![j]! + 0.8 * rng.normal());
    tokens.push([WORDS[s]!, `detail${rng.int(40)}`, WORDS[s]!]);
  }
  const hashes = subject.map((_, i) => `h${i}`);
  return { vectors: denseRows(Float32Array.from(values), d), tokens, hashes, subject };
}

describe('discovering topics', () => {
  const data = planted(60, 4);
  const found = discoverTopics({ ...data, topics: null, seed: 1 });

  it('finds the planted number of topics and their texts', () => {
    expect(found.chosenBy).toBe('data');
    expect(found.topics).toHaveLength(WORDS.length);
    expect(adjustedRandIndex(found.topicOf, data.subject)).toBeGreaterThan(0.97);
    expect(found.stability.adjustedRandIndex).toBeGreaterThan(0.9);
  });

  it('names each topic by the word of its texts', () => {
    const names = found.topics.map((topic) => topic.name.split(' · ')[0]).sort();
    expect(names).toEqual([...WORDS].sort());
  });

  it('gives equal results for equal seeds', () => {
    expect(discoverTopics({ ...data, topics: null, seed: 1 })).toEqual(found);
  });

  it('keeps ids of topics when rows come in another order', () => {
    const order = data.subject.map((_, i) => i).reverse();
    const d = data.vectors.columns;
    const again = discoverTopics({
      vectors: denseRows(
        Float32Array.from(order.flatMap((i) => [...data.vectors.value.subarray(i * d, (i + 1) * d)])),
        d,
      ),
      tokens: order.map((i) => data.tokens[i]!),
      hashes: order.map((i) => data.hashes[i]!),
      topics: WORDS.length,
      seed: 1,
    });
    expect(again.topics.map((topic) => topic.id).sort()).toEqual(found.topics.map((topic) => topic.id).sort());
  });

  it('puts texts far from every centre into the outlier bucket and says how many', () => {
    const rng = createRng(9);
    const d = data.vectors.columns;
    const strangers = 12;
    const noise = Float32Array.from({ length: strangers * d }, () => rng.normal());
    const mixed = discoverTopics({
      vectors: denseRows(Float32Array.from([...data.vectors.value, ...noise]), d),
      tokens: [...data.tokens, ...Array.from({ length: strangers }, () => ['odd'])],
      hashes: [...data.hashes, ...Array.from({ length: strangers }, (_, i) => `stranger-${i}`)],
      topics: WORDS.length,
      seed: 1,
    });
    const ofStrangers = [...mixed.topicOf.subarray(data.subject.length)];
    expect(ofStrangers.filter((topic) => topic === -1).length).toBeGreaterThanOrEqual(strangers - 2);
    expect(mixed.outliers.share).toBeCloseTo(mixed.outliers.size / mixed.topicOf.length, 12);
    expect(mixed.topics.reduce((sum, topic) => sum + topic.size, mixed.outliers.size)).toBe(mixed.topicOf.length);
  });

  it('works on sparse TF-IDF rows', () => {
    const vectors = transformTfidf(fitTfidf(data.tokens, { ...DEFAULT_TFIDF, minDocuments: 2 }), data.tokens);
    const result = discoverTopics({ ...data, vectors, topics: WORDS.length, seed: 1 });
    expect(adjustedRandIndex(result.topicOf, data.subject)).toBeGreaterThan(0.9);
  });

  it('refuses fewer than ten texts', () => {
    expect(() => discoverTopics({ ...planted(1, 1), topics: null, seed: 1 })).toThrow('demand.too-few-texts');
  });
});
