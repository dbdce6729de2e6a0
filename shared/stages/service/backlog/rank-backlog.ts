import type { Rng } from '../../../rng.ts';
import { percentileInterval, quantileOfSorted } from '../../../statistics/quantile.ts';
import { ranksOf } from '../../../statistics/ranks.ts';
import type { BacklogItem } from '../results.ts';

/** A share or severity on 0–1 with the standard error by which it is drawn; 0 where it is taken as given. */
export interface BacklogFactor {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number;
  readonly n: number | null;
}

export interface BacklogCandidate
  extends Pick<BacklogItem, 'id' | 'type' | 'subject' | 'detail' | 'evidence' | 'slots' | 'effort'> {
  /** Index into the needs and how much of it; null: it counts for all needs alike. */
  readonly needs: readonly { readonly need: number; readonly share: number }[] | null;
  readonly affected: BacklogFactor;
  readonly severity: BacklogFactor;
}

export interface BacklogInput {
  readonly candidates: readonly BacklogCandidate[];
  readonly needs: readonly { readonly id: string; readonly name: string; readonly weight: number }[];
  /** f1's draws [draws × needs]. */
  readonly weightDraws: Float32Array;
  readonly draws: number;
  readonly rng: Rng;
}

const LEVEL = 0.95;
const SCALE = 100;

/** Scores 100 × weight × affected × severity ÷ effort, ranked. Each draw takes the weights of one of f1's draws and a normal draw of the other two
 *  factors, cut at 0 and 1; intervals and rank intervals are those of the draws. Effort is a decision and does not vary. */
export function rankBacklog({ candidates, needs, weightDraws, draws, rng }: BacklogInput): BacklogItem[] {
  const rows = needs.length === 0 ? 0 : weightDraws.length / needs.length;
  const weightOf = (candidate: BacklogCandidate, weights: (need: number) => number) =>
    candidate.needs === null ? 1 : candidate.needs.reduce((sum, { need, share }) => sum + share * weights(need), 0);
  const scoreOf = (candidate: BacklogCandidate, weight: number, affected: number, severity: number) =>
    (SCALE * weight * affected * severity) / candidate.effort.value;
  const drawn = candidates.map(() => ({ weight: new Float64Array(draws), score: new Float64Array(draws) }));
  const ranks = candidates.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    const at = rows === 0 ? 0 : (draw % rows) * needs.length;
    const scores = candidates.map((candidate, index) => {
      const weight = weightOf(candidate, (need) => weightDraws[at + need] ?? 0);
      const score = scoreOf(
        candidate,
        weight,
        drawFactor(candidate.affected, rng),
        drawFactor(candidate.severity, rng),
      );
      drawn[index]!.weight[draw] = weight;
      drawn[index]!.score[draw] = score;
      return score;
    });
    ranksOf(scores).forEach((rank, index) => {
      ranks[index]![draw] = rank;
    });
  }
  const points = candidates.map((candidate) => {
    const weight = weightOf(candidate, (need) => needs[need]?.weight ?? 0);
    return { weight, score: scoreOf(candidate, weight, candidate.affected.value, candidate.severity.value) };
  });
  const rankOfPoint = ranksOf(points.map(({ score }) => score));
  return candidates
    .map(({ needs: shares, affected, severity, ...candidate }, index): BacklogItem => {
      const sorted = ranks[index]!.slice().sort();
      const interval = (values: Float64Array) => {
        const found = percentileInterval(values, LEVEL);
        return { low: found?.[0] ?? null, high: found?.[1] ?? null };
      };
      return {
        ...candidate,
        needs: (shares ?? []).map(({ need, share }) => ({ needId: needs[need]!.id, name: needs[need]!.name, share })),
        weight: { value: points[index]!.weight, ...interval(drawn[index]!.weight), n: null },
        affected: shown(affected),
        severity: shown(severity),
        score: { value: points[index]!.score, ...interval(drawn[index]!.score) },
        rank: rankOfPoint[index]!,
        rankLow: Math.floor(quantileOfSorted(sorted, (1 - LEVEL) / 2) ?? 1),
        rankHigh: Math.ceil(quantileOfSorted(sorted, (1 + LEVEL) / 2) ?? candidates.length),
        firstShare: sorted.filter((rank) => rank <= 1).length / Math.max(1, draws),
      };
    })
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}

function drawFactor({ value, standardError }: BacklogFactor, rng: Rng): number {
  return Math.min(1, Math.max(0, value + standardError * rng.normal()));
}

function shown({ value, low, high, n }: BacklogFactor) {
  return { value, low, high, n };
}
