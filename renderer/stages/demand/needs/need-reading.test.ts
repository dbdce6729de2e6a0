import { expect, it } from 'vitest';
import type { NeedsResult } from '../../../../shared/stages/demand/results.ts';
import { partContributions, spokenButNotDriving } from './need-reading.ts';

type Need = NeedsResult['needs'][number];
type Values = { readonly driver: number | null; readonly mention: number | null };

const part = (value: number | null, partWeight: number) => (value === null ? null : { raw: value, value, partWeight });

function need(id: string, weight: number, { driver, mention }: Values): Need {
  return {
    id,
    name: id,
    topicIds: [],
    items: [],
    weight,
    low: null,
    high: null,
    volume: 0,
    satisfaction: null,
    gap: null,
    rank: 1,
    rankLow: 1,
    rankHigh: 1,
    firstShare: 1,
    topTwoShare: 1,
    mentionShare: null,
    referenceSatisfaction: null,
    parts: {
      driver: part(driver, mention === null ? 1 : 0.5),
      mention: part(mention, driver === null ? 1 : 0.5),
      gap: null,
    },
    periods: [],
  };
}

it('splits a weight into what each part adds, a part of few needs entering by how many have it', () => {
  // Shares entered: 0.5 × 0.6 × 2/2 = 0.3 of driver, 0.5 × 1 × 1/2 = 0.25 of mention; the whole weight is 0.55.
  const needs = [need('a', 0.55, { driver: 0.6, mention: 1 }), need('b', 0.45, { driver: 0.4, mention: null })];
  const { driver, mention, gap } = partContributions(needs[0]!, needs);
  expect([driver.toFixed(6), mention.toFixed(6), gap]).toEqual(['0.300000', '0.250000', 0]);
});

it('names the need that is spoken of most but drives little, and none where all agree', () => {
  const spoken = need('price', 0.2, { driver: 0.05, mention: 0.7 });
  const others = [need('a', 0.4, { driver: 0.55, mention: 0.2 }), need('b', 0.4, { driver: 0.4, mention: 0.1 })];
  expect(spokenButNotDriving([spoken, ...others])?.id).toBe('price');
  expect(spokenButNotDriving(others)).toBeNull();
});
