import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { augmentRows } from './augment.ts';
import { reorderClauses } from './clauses.ts';
import { changeContraction } from './contractions.ts';
import { deleteWords, insertPunctuation, insertSynonyms, replaceSynonyms, swapWords } from './eda.ts';
import { wordNeighbours } from './neighbours.ts';
import { suggestAugmentation, TECHNIQUES } from './plan.ts';
import { joinParts, wordParts, wordPlaces } from './word-parts.ts';

const ENGLISH = 'My card was declined at the shop yesterday, and nobody could explain the reason to me.';
const CHINESE = '我的贷款昨天被拒绝了，客服态度不好，请说明原因。';
const wordsOf = (text: string) => {
  const parts = wordParts(text);
  return wordPlaces(parts).map((place) => parts[place]!.text);
};
const neighbours = (word: string) =>
  ({ card: ['cheque'], shop: ['store'], 贷款: ['借款'], 原因: ['理由'] })[word] ?? [];

describe('each change of EDA and AEDA', () => {
  it('cuts a text into parts that join to the text again', () => {
    for (const text of [ENGLISH, CHINESE]) expect(joinParts(wordParts(text))).toBe(text);
  });

  it('replaces n = max(1, ⌊α·words⌋) words that have neighbours, and only those', () => {
    expect(replaceSynonyms('the card at the shop', 0.1, neighbours, createRng(1))).toMatch(
      /^the (?:cheque at the shop|card at the store)$/,
    );
    expect(replaceSynonyms('the card at the shop', 0.5, neighbours, createRng(1))).toBe('the cheque at the store');
    expect(replaceSynonyms(CHINESE, 0.5, neighbours, createRng(1))).toBe(
      '我的借款昨天被拒绝了，客服态度不好，请说明理由。',
    );
    expect(replaceSynonyms('nothing here', 0.5, neighbours, createRng(1))).toBeNull();
  });

  it('inserts n neighbours and keeps every other word in its order', () => {
    const words = wordsOf(ENGLISH);
    const after = wordsOf(insertSynonyms(ENGLISH, 0.2, neighbours, createRng(2))!);
    expect(after).toHaveLength(words.length + Math.floor(0.2 * words.length));
    expect(after.filter((word) => word !== 'cheque' && word !== 'store')).toEqual(words);
  });

  it('swaps words and keeps what stands between them', () => {
    const after = swapWords(ENGLISH, 0.1, createRng(3))!;
    expect(wordsOf(after).sort()).toEqual(wordsOf(ENGLISH).sort());
    expect(after).not.toBe(ENGLISH);
    expect(after.replace(/[A-Za-z]+/g, '')).toBe(ENGLISH.replace(/[A-Za-z]+/g, ''));
  });

  it('deletes about a share α of the words, never all', () => {
    const rng = createRng(4);
    const kept = Array.from({ length: 400 }, () => wordsOf(deleteWords(ENGLISH, 0.2, rng)!).length);
    const mean = kept.reduce((sum, count) => sum + count, 0) / kept.length;
    expect(mean / wordsOf(ENGLISH).length).toBeCloseTo(0.8, 1);
    for (let i = 0; i < 50; i++) expect(deleteWords('too late', 0.5, rng)).not.toBe('');
  });

  it('puts marks before 1 to a third of the words and leaves the words alone', () => {
    for (let seed = 0; seed < 30; seed++) {
      for (const text of [ENGLISH, CHINESE]) {
        const after = insertPunctuation(text, createRng(seed))!;
        expect(wordsOf(after)).toEqual(wordsOf(text));
        const marks = (of: string) => of.match(/\p{P}/gu)!.length;
        expect(marks(after) - marks(text)).toBeGreaterThanOrEqual(1);
        expect(marks(after) - marks(text)).toBeLessThanOrEqual(Math.max(1, Math.floor(wordsOf(text).length / 3)));
      }
    }
  });
});

it('clauses change places, marks do not', () => {
  const after = reorderClauses(CHINESE, createRng(1))!;
  expect(after.split(/[，。]/).sort()).toEqual(CHINESE.split(/[，。]/).sort());
  expect(after.replace(/[^，。]/g, '')).toBe('，，。');
  expect(reorderClauses('one clause only.', createRng(1))).toBeNull();
});

it('contractions go both ways and keep the first letter’s case', () => {
  expect(changeContraction('Do not send it', createRng(1))).toBe("Don't send it");
  expect(changeContraction('It’s late', createRng(1))).toBe('It is late');
  expect(changeContraction('nothing here', createRng(1))).toBeNull();
});

describe('neighbours of words', () => {
  const vectors: Readonly<Record<string, readonly number[]>> = {
    cheque: [1, 0.1, 0],
    voucher: [1, 0, 0],
    refund: [-1, 0.1, 0.1],
    rebate: [-1, 0, 0.1],
    good: [0.1, 1, 0],
  };
  const found = (labels: readonly number[], texts: readonly string[]) =>
    wordNeighbours({
      texts,
      labels: Int32Array.from(labels),
      classes: 2,
      vectorOf: (word) => (vectors[word] === undefined ? null : Float32Array.from(vectors[word])),
    });

  it('are words that lie close and turn no meaning round', () => {
    const near = found([0, 0], ['cheque voucher good', 'refund rebate']);
    expect(near('cheque')).toEqual(['voucher']);
    expect(near('Refund')).toEqual(['rebate']);
    expect(near('good')).toEqual([]);
    expect(near('unseen')).toEqual([]);
  });

  it('are none where the classes of the rows with one and with the other differ', () => {
    const rows = ['cheque', 'cheque', 'cheque', 'cheque', 'voucher', 'voucher', 'voucher', 'voucher', 'refund'];
    expect(found([0, 0, 0, 0, 1, 1, 1, 1, 0], rows)('cheque')).toEqual([]);
    expect(found([0, 0, 1, 0, 0, 0, 0, 1, 0], rows)('cheque')).toEqual(['voucher']);
  });
});

describe('augmented rows', () => {
  const texts = [ENGLISH, CHINESE, 'ok'];
  const labels = Int32Array.from([0, 1, 1]);
  const plan = { techniques: [...TECHNIQUES], copies: 6, rate: 0.1 };
  const augmented = (seed: number, avoid: ReadonlySet<string> = new Set()) =>
    augmentRows(texts, labels, plan, seed, neighbours, avoid);

  it('are the rows as given and behind them copies with the labels of their sources, the same for the same seed', () => {
    const found = augmented(5);
    expect(found.texts.slice(0, 3)).toEqual(texts);
    expect([...found.labels].slice(0, 3)).toEqual([0, 1, 1]);
    expect(found.labels).toHaveLength(found.texts.length);
    found.texts.slice(3).forEach((text, i) => {
      expect(found.labels[3 + i]).toBe(/\p{Script=Han}/u.test(text) ? 1 : 0);
    });
    expect(Object.values(found.made).reduce((sum, count) => sum + count, 0)).toBe(found.texts.length - 3);
    expect(augmented(5)).toEqual(found);
    expect(augmented(6).texts).not.toEqual(found.texts);
  });

  it('hold no text twice, none of the dev rows, and no more copies than asked for', () => {
    const { texts: all } = augmented(5);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeLessThanOrEqual(3 + 2 * 6);
    expect(augmented(5, new Set([all[3]!])).texts).not.toContain(all[3]);
  });
});

// Wei and Zou 2019, table 3: N = 500 → α 0.05, 16 copies; 2000 → 0.05, 8; 5000 and more → 0.1, 4.
it('the suggestion by rows is EDA’s', () => {
  expect([500, 2000, 5000].map((rows) => [suggestAugmentation(rows).rate, suggestAugmentation(rows).copies])).toEqual([
    [0.05, 16],
    [0.05, 8],
    [0.1, 4],
  ]);
});

it('back-translations are copies of their own rows, and a row without one is left as it is', () => {
  const texts = ['lost card', 'late fee', 'help'];
  const plan = { techniques: ['backtranslation'] as const, copies: 4, rate: 0.1 };
  const paraphrases = ['card is gone', null, 'dev text'];
  const {
    texts: all,
    labels,
    made,
  } = augmentRows(
    texts,
    Int32Array.of(2, 1, 0),
    { ...plan, techniques: [...plan.techniques] },
    1,
    () => [],
    new Set(['dev text']),
    paraphrases,
  );
  expect([all, [...labels], made]).toEqual([[...texts, 'card is gone'], [2, 1, 0, 2], { backtranslation: 1 }]);
});
