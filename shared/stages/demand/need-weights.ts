import { type RelativeWeights, relativeWeightsOfMoments } from '../../statistics/relative-weights.ts';
import {
  heardCountSlot,
  heardSumSlot,
  mentionSlot,
  momentsOffset,
  OVERALL_COUNT,
  OVERALL_SUM,
  type SourceDrivers,
  TEXT_ROWS,
} from './need-sources.ts';
import { NEED_PARTS, type NeedPart, type PartWeights } from './results.ts';

/** Raw parts of each need in their own units, null where the need lacks the part. */
export type RawParts = { readonly [P in NeedPart]: readonly (number | null)[] };

export interface NeedFigures {
  readonly raw: RawParts;
  /** Mean satisfaction heard about each need, and the overall mean of where it was heard. */
  readonly satisfaction: readonly (number | null)[];
  readonly reference: readonly (number | null)[];
  /** Regression of each source; null where it has none. */
  readonly regressions: readonly (RelativeWeights | null)[];
}

/** Raw parts from the sums of each source. Driver: relative weights (in R²) of the predictors of a need, added over
 *  sources. Mention: share of all texts. Gap: max(0, reference − satisfaction), the reference being the overall mean of the
 *  sources in which the need is heard, weighted by how often (so with one source simply its overall mean). */
export function needFigures(
  sums: readonly Float64Array[],
  drivers: readonly (SourceDrivers | null)[],
  hasTopics: readonly boolean[],
): NeedFigures {
  const needs = hasTopics.length;
  const regressions = sums.map((source, s) => {
    const of = drivers[s]!;
    return of === null ? null : relativeWeightsOfMoments(source, of.needsOf.length, momentsOffset(needs));
  });
  const driver: (number | null)[] = new Array(needs).fill(null);
  regressions.forEach((regression, s) => {
    regression?.weights.forEach((weight, predictor) => {
      if (weight === null) return;
      for (const need of drivers[s]!.needsOf[predictor]!) driver[need] = (driver[need] ?? 0) + weight;
    });
  });
  let texts = 0;
  for (const source of sums) texts += source[TEXT_ROWS]!;
  const satisfaction: (number | null)[] = [];
  const reference: (number | null)[] = [];
  const mention: (number | null)[] = [];
  for (let need = 0; need < needs; need++) {
    let mentions = 0;
    let heard = 0;
    let heardCount = 0;
    let expected = 0;
    for (const source of sums) {
      mentions += source[mentionSlot(need)]!;
      const count = source[heardCountSlot(need, needs)]!;
      if (count === 0 || source[OVERALL_COUNT] === 0) continue;
      heard += source[heardSumSlot(need, needs)]!;
      heardCount += count;
      expected += (count * source[OVERALL_SUM]!) / source[OVERALL_COUNT]!;
    }
    mention.push(hasTopics[need] && texts > 0 ? mentions / texts : null);
    satisfaction.push(heardCount === 0 ? null : heard / heardCount);
    reference.push(heardCount === 0 ? null : expected / heardCount);
  }
  const gap = satisfaction.map((mean, need) => (mean === null ? null : Math.max(0, reference[need]! - mean)));
  return { raw: { driver, mention, gap }, satisfaction, reference, regressions };
}

export interface CombinedWeights {
  /** Sum to 1. */
  readonly weights: readonly number[];
  /** Each part as shares that sum to 1 over the needs that have it; null where missing. */
  readonly values: RawParts;
  /** Part weights of each need after redistribution; 0 for a missing part. */
  readonly partWeights: readonly PartWeights[];
  /** Parts that no need has, or that are 0 for every need. */
  readonly missing: readonly NeedPart[];
}

/** Weights of needs from raw parts. A part missing for all needs, or 0 for all, is left out; where a need lacks a part, the
 *  weight of that part goes to its other parts in proportion. So that a part which few needs have does not count more for
 *  them, each value enters relative to an even share: value × (needs that have the part / all needs). Null when nothing
 *  weighs anything. */
export function combineParts(raw: RawParts, partWeights: PartWeights): CombinedWeights | null {
  const needs = raw.driver.length;
  const missing: NeedPart[] = [];
  const having: Record<NeedPart, number> = { driver: 0, mention: 0, gap: 0 };
  const value = (part: NeedPart): (number | null)[] => {
    let total = 0;
    for (const amount of raw[part])
      if (amount !== null) {
        total += amount;
        having[part]++;
      }
    if (total > 0) return raw[part].map((amount) => (amount === null ? null : amount / total));
    missing.push(part);
    return new Array(needs).fill(null);
  };
  const values = { driver: value('driver'), mention: value('mention'), gap: value('gap') };
  const used: PartWeights[] = [];
  const scores: number[] = [];
  let totalScore = 0;
  for (let need = 0; need < needs; need++) {
    const own: PartWeights = { driver: 0, mention: 0, gap: 0 };
    let available = 0;
    for (const part of NEED_PARTS) if (values[part][need] !== null) available += partWeights[part];
    let score = 0;
    for (const part of NEED_PARTS) {
      const amount = values[part][need] ?? null;
      if (amount === null || available === 0) continue;
      own[part] = partWeights[part] / available;
      score += own[part] * amount * (having[part] / needs);
    }
    used.push(own);
    scores.push(score);
    totalScore += score;
  }
  if (!(totalScore > 0)) return null;
  return { weights: scores.map((score) => score / totalScore), values, partWeights: used, missing };
}
