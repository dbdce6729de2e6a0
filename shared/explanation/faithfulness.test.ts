import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { descendingOrder, FRACTIONS, keptWords, randomOrder, wordsOf } from './deletion.ts';
import { type DeletionProbabilities, measureFaithfulness } from './faithfulness.ts';

/** A planted linear model: the probability is the sum of the weights of the words that stay, so that the true order of words is known. */
const WORDS = 10;
const TEXTS = 40;

type Orders = Record<'integratedGradients' | 'occlusion' | 'random', (weights: Float64Array) => Int32Array>;

function planted(orders: Orders): DeletionProbabilities {
  const rng = createRng(4);
  const texts = Array.from({ length: TEXTS }, () => {
    const drawn = Float64Array.from({ length: WORDS }, () => rng.float() ** 3);
    const sum = drawn.reduce((a, b) => a + b, 0);
    return drawn.map((weight) => weight / sum);
  });
  const answers = (order: (weights: Float64Array) => Int32Array, mode: 'delete' | 'keep') =>
    Float64Array.from(
      texts.flatMap((weights) =>
        FRACTIONS.map((share) => {
          const kept = keptWords(order(weights), share, mode);
          return weights.reduce((sum, weight, word) => sum + (kept[word] === 1 ? weight : 0), 0);
        }),
      ),
    );
  const both = (name: keyof Orders) => ({
    deleted: answers(orders[name], 'delete'),
    kept: answers(orders[name], 'keep'),
  });
  return {
    whole: new Float64Array(TEXTS).fill(1),
    orders: { integratedGradients: both('integratedGradients'), occlusion: both('occlusion'), random: both('random') },
  };
}

const rng = createRng(9);
const random = (weights: Float64Array) => randomOrder(weights.length, rng);
const reversed = (weights: Float64Array) => descendingOrder(weights.map((weight) => -weight));

describe('faithfulness on a planted linear model', () => {
  it('gives the true order the largest fall that any order has, as the sorted weights say', () => {
    const found = measureFaithfulness(
      planted({ integratedGradients: descendingOrder, occlusion: random, random }),
      createRng(1),
    );
    const { integratedGradients: best, random: chance } = found.orders;
    // Without order the expected share of the weight in k of 10 words is k/10: mean over the shares .1 .2 .3 .5 .7 = .36.
    expect(Math.abs(chance.comprehensiveness.value - 0.36)).toBeLessThan(0.05);
    expect(best.comprehensiveness.value).toBeGreaterThan(0.6);
    // A linear model: what is taken away and what is kept add up to the whole.
    for (const [i, { value }] of best.deleted.entries()) expect(value + best.kept[i]!.value).toBeCloseTo(1, 12);
    expect(best.sufficiency.value).toBeCloseTo(1 - best.comprehensiveness.value, 12);
    expect(found.verdict).toBe('integratedGradients');
    expect(found.difference.low).toBeGreaterThan(0);
    expect([found.texts, found.resamples]).toEqual([TEXTS, 2000]);
  });

  it('says so where the other is the better, both are alike, or neither is better than chance', () => {
    const verdict = (integratedGradients: Orders['random'], occlusion: Orders['random']) =>
      measureFaithfulness(planted({ integratedGradients, occlusion, random }), createRng(1)).verdict;
    expect(verdict(random, descendingOrder)).toBe('occlusion');
    expect(verdict(descendingOrder, descendingOrder)).toBe('either');
    expect(verdict(reversed, reversed)).toBe('neither');
  });

  it('repeats with its seed and refuses too few texts', () => {
    const input = planted({ integratedGradients: descendingOrder, occlusion: reversed, random: reversed });
    expect(measureFaithfulness(input, createRng(2))).toEqual(measureFaithfulness(input, createRng(2)));
    const none = { deleted: new Float64Array(), kept: new Float64Array() };
    const empty = { whole: new Float64Array(), orders: { integratedGradients: none, occlusion: none, random: none } };
    expect(() => measureFaithfulness(empty, createRng(1))).toThrow('stats.too-few');
  });
});

describe('taking words away', () => {
  it('takes one word at least and never more than there are', () => {
    expect([wordsOf(0.1, 3), wordsOf(0.5, 9), wordsOf(0.7, 1)]).toEqual([1, 5, 1]);
    expect([...keptWords(Int32Array.of(2, 0, 1), 0.5, 'delete')]).toEqual([0, 1, 0]);
    expect([...keptWords(Int32Array.of(2, 0, 1), 0.5, 'keep')]).toEqual([1, 0, 1]);
    expect([...descendingOrder([1, 3, 3, -2])]).toEqual([1, 2, 0, 3]);
  });
});
