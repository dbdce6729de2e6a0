import { AppError } from '../errors/app-error.ts';
import type { Rng } from '../rng.ts';
import { percentileInterval } from '../statistics/quantile.ts';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Probability of the class that a model gives each text, or of the likeliest of several labels, as it is and with words taken away. */
export interface DeletionProbabilities {
  /** [texts]. */
  readonly whole: Float64Array;
  /** By order, [texts, shares]: without the first words of the order, and with those alone. */
  readonly orders: Readonly<
    Record<RankingMethod | 'random', { readonly deleted: Float64Array; readonly kept: Float64Array }>
  >;
}

export const RANKING_METHODS = ['integratedGradients', 'occlusion'] as const;
export type RankingMethod = (typeof RANKING_METHODS)[number];
const ORDERS = [...RANKING_METHODS, 'random'] as const;

export interface OrderFaithfulness {
  /** Mean probability left at each share. */
  readonly deleted: Interval[];
  readonly kept: Interval[];
  /** Mean fall of the probability when the first words go, over shares and texts: large where the order is faithful. */
  readonly comprehensiveness: Interval;
  /** Mean fall when only the first words stay: small where the order is faithful. */
  readonly sufficiency: Interval;
}

export interface Faithfulness {
  readonly texts: number;
  readonly resamples: number;
  readonly orders: Readonly<Record<RankingMethod | 'random', OrderFaithfulness>>;
  /** Comprehensiveness above that of random order, and sufficiency below it; positive is better. */
  readonly aboveRandom: Readonly<
    Record<RankingMethod, { readonly comprehensiveness: Interval; readonly sufficiency: Interval }>
  >;
  /** Comprehensiveness of integrated gradients less that of occlusion. */
  readonly difference: Interval;
  /** What may be trusted: what takes away more than random order does; the one that takes away more where both do and one is clearly ahead. */
  readonly verdict: RankingMethod | 'either' | 'neither';
}

export const FEWEST_TEXTS = 5;
const RESAMPLES = 2_000;
const LEVEL = 0.95;

/** How faithful orders of words are to a model, with percentile intervals over resampled texts; differences are paired by text.
 *  Comprehensiveness and sufficiency are averaged over the shares (AOPC).
 *  @throws AppError 'stats.too-few' below five texts
 *  @source DeYoung et al. 2020, "ERASER"; Samek et al. 2017 (AOPC); intervals: Efron and Tibshirani 1993, chapter 13 */
export function measureFaithfulness({ whole, orders }: DeletionProbabilities, rng: Rng): Faithfulness {
  const texts = whole.length;
  if (texts < FEWEST_TEXTS) throw new AppError('stats.too-few', { what: 'texts', n: texts, needed: FEWEST_TEXTS });
  const draws = Array.from({ length: RESAMPLES }, () => Int32Array.from({ length: texts }, () => rng.int(texts)));
  const estimate = (values: Float64Array): Interval => {
    const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / texts;
    const value = values.reduce((sum, v) => sum + v, 0) / texts;
    const [low, high] = percentileInterval(Float64Array.from(draws, mean), LEVEL) ?? [value, value];
    return { value, low, high };
  };
  const shares = orders.random.deleted.length / texts;
  const column = (matrix: Float64Array, share: number) =>
    Float64Array.from({ length: texts }, (_, text) => matrix[text * shares + share]!);
  const falls = (matrix: Float64Array) =>
    Float64Array.from({ length: texts }, (_, text) => {
      const left = matrix.subarray(text * shares, (text + 1) * shares);
      return whole[text]! - left.reduce((sum, p) => sum + p, 0) / shares;
    });
  const curve = (matrix: Float64Array) => Array.from({ length: shares }, (_, share) => estimate(column(matrix, share)));
  const perText = (order: RankingMethod | 'random') => ({
    comprehensiveness: falls(orders[order].deleted),
    sufficiency: falls(orders[order].kept),
  });
  const random = perText('random');
  const minus = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - b[i]!);
  const above = (method: RankingMethod) => {
    const own = perText(method);
    return {
      comprehensiveness: estimate(minus(own.comprehensiveness, random.comprehensiveness)),
      sufficiency: estimate(minus(random.sufficiency, own.sufficiency)),
    };
  };
  const aboveRandom = {
    integratedGradients: above('integratedGradients'),
    occlusion: above('occlusion'),
  };
  const difference = estimate(
    minus(perText('integratedGradients').comprehensiveness, perText('occlusion').comprehensiveness),
  );
  const measured = (order: RankingMethod | 'random'): OrderFaithfulness => {
    const own = perText(order);
    return {
      deleted: curve(orders[order].deleted),
      kept: curve(orders[order].kept),
      comprehensiveness: estimate(own.comprehensiveness),
      sufficiency: estimate(own.sufficiency),
    };
  };
  return {
    texts,
    resamples: RESAMPLES,
    orders: Object.fromEntries(ORDERS.map((order) => [order, measured(order)])) as Faithfulness['orders'],
    aboveRandom,
    difference,
    verdict: verdictOf(aboveRandom, difference),
  };
}

function verdictOf(above: Faithfulness['aboveRandom'], difference: Interval): Faithfulness['verdict'] {
  const holds = RANKING_METHODS.filter((method) => above[method].comprehensiveness.low > 0);
  const [first] = holds;
  if (first === undefined) return 'neither';
  if (holds.length === 1) return first;
  if (difference.low > 0) return 'integratedGradients';
  return difference.high < 0 ? 'occlusion' : 'either';
}
