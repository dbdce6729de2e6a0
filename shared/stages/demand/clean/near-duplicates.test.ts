import { describe, expect, it } from 'vitest';
import { createRng } from '../../../rng.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { comparisonForm } from './normalise-text.ts';
import { isSimilar, shingleHashes } from './shingles.ts';

/** Shingles kept as text. */
function shinglesOf(text: string): Set<string> {
  const han = /\p{Script=Han}/u.test(text);
  const units = han ? [...text.replaceAll(' ', '')] : text.split(' ');
  const size = han ? 3 : 2;
  const count = Math.max(1, units.length - size + 1);
  return new Set(Array.from({ length: count }, (_, i) => units.slice(i, i + size).join('\u0001')));
}

/** Jaccard similarity by its definition. */
function jaccardOfSets(left: Set<string>, right: Set<string>): number {
  let shared = 0;
  for (const shingle of left) if (right.has(shingle)) shared++;
  return shared / (left.size + right.size - shared);
}

/** Sentences of which many share most of their words. */
function variedTexts(count: number): string[] {
  const rng = createRng(7);
  const words = Array.from({ length: 400 }, (_, i) => `w${i}`);
  const hans = '服务态度很好办理速度太慢客户经理不专业网银登录失败贷款利率手机银行转账余额';
  const texts: string[] = [];
  while (texts.length < count) {
    if (texts.length > 0 && rng.float() < 0.5) {
      const base = texts[rng.int(texts.length)]!;
      const units = base.includes(' ') ? base.split(' ') : [...base];
      units[rng.int(units.length)] = base.includes(' ') ? words[rng.int(words.length)]! : hans[rng.int(hans.length)]!;
      texts.push(units.join(base.includes(' ') ? ' ' : ''));
    } else if (rng.float() < 0.5) {
      texts.push(Array.from({ length: 20 + rng.int(40) }, () => words[rng.int(words.length)]).join(' '));
    } else {
      texts.push(Array.from({ length: 30 + rng.int(50) }, () => hans[rng.int(hans.length)]).join(''));
    }
  }
  return texts;
}

describe('near duplicates', () => {
  it('judges similarity as the definition of Jaccard does, at any threshold', () => {
    const texts = variedTexts(60).map(comparisonForm);
    const sets = texts.map(shinglesOf);
    for (const threshold of [0.5, 0.8, 0.9, 1]) {
      const found = texts.map((a) => texts.map((b) => isSimilar(shingleHashes(a), shingleHashes(b), threshold)));
      expect(found).toEqual(sets.map((a) => sets.map((b) => jaccardOfSets(a, b) >= threshold)));
    }
  });

  it('finds the duplicates that comparing all pairs finds, and names the first kept one', () => {
    const texts = variedTexts(600).map(comparisonForm);
    const sets = texts.map(shinglesOf);
    const expected = new Array<number>(texts.length).fill(-1);
    for (let i = 0; i < texts.length; i++) {
      for (let k = 0; k < i && expected[i] === -1; k++) {
        if (expected[k] === -1 && jaccardOfSets(sets[k]!, sets[i]!) >= 0.9) expected[i] = k;
      }
    }
    expect(expected.filter((other) => other >= 0).length).toBeGreaterThan(50);
    expect([...nearDuplicates(texts, null, 0.9)]).toEqual(expected);
  });

  it('ignores case, punctuation and width, and keeps different short texts apart', () => {
    const texts = [
      'Very good service!',
      'very  good service',
      '很好吃！',
      '很好吃',
      '不好吃',
      'ＯＫ',
      'ok',
      '!!!',
      '???',
    ].map(comparisonForm);
    expect([...nearDuplicates(texts, null, 0.9)]).toEqual([-1, 0, -1, 2, -1, -1, 5, -1, -1]);
  });

  it('never compares texts of different groups, and leaves out null', () => {
    expect([...nearDuplicates(['same', 'same', 'same', null], ['a', 'b', 'a', 'a'], 0.9)]).toEqual([-1, -1, 0, -1]);
  });

  it('goes through unrelated texts and texts of one template without comparing all pairs', () => {
    const rng = createRng(3);
    const unrelated = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 12 }, () => `w${rng.int(5_000)}`).join(' '),
    );
    const template = Array.from(
      { length: 20_000 },
      (_, i) =>
        `尊敬的客户您的订单${i}已由${rng.int(1_000)}号骑手送达请您收到以后给我们一个好评谢谢您的支持${rng.int(99_999)}`,
    );
    const found = nearDuplicates([...unrelated, ...template, unrelated[0]!, template[0]!], null, 0.9);
    expect([found[40_000], found[40_001]]).toEqual([0, 20_000]);
  });
});
