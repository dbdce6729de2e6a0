import { AppError } from '../../../errors/app-error.ts';
import type { Rng } from '../../../rng.ts';
import type { Estimate } from '../results.ts';
import { percentileEstimate } from './percentile.ts';

export interface DemandWeightedInput {
  /** 1 where a test row is right [rows]. */
  readonly correct: Uint8Array;
  /** Need of each test row, −1 for none [rows]. */
  readonly rowNeeds: Int32Array;
  /** f1 weight per need. */
  readonly weights: readonly number[];
  /** f1 draws [R, needs], row-major; empty to keep the weights fixed. */
  readonly weightDraws: Float32Array;
  readonly draws?: number;
  readonly rng: Rng;
}

/** Accuracy per need, weighted by f1 and divided by the weight of the needs that have test rows. Each draw takes weights from an f1 resample and
 *  redraws test rows within each need. Null where no weighted need has a test row.
 *  @throws AppError 'stats.shape' */
export function demandWeightedAccuracy(
  input: DemandWeightedInput,
): { readonly accuracy: Estimate; readonly coveredWeight: number } | null {
  const { correct, rowNeeds, weights, weightDraws, rng } = input;
  const needs = weights.length;
  if (correct.length !== rowNeeds.length || weightDraws.length % Math.max(1, needs) !== 0)
    throw new AppError('stats.shape', { what: 'test rows', problem: `${correct.length}, ${rowNeeds.length}` });
  const rows = new Float64Array(needs);
  const hits = new Float64Array(needs);
  rowNeeds.forEach((need, row) => {
    if (need < 0) return;
    rows[need]! += 1;
    hits[need]! += correct[row]!;
  });
  const weighted = (weightOf: (need: number) => number, accuracyOf: (need: number) => number) => {
    let score = 0;
    let covered = 0;
    for (let need = 0; need < needs; need++) {
      if (rows[need] === 0) continue;
      score += weightOf(need) * accuracyOf(need);
      covered += weightOf(need);
    }
    return { score: covered > 0 ? score / covered : null, covered };
  };
  const point = weighted(
    (need) => weights[need]!,
    (need) => hits[need]! / rows[need]!,
  );
  if (point.score === null) return null;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const weightRows = weightDraws.length / needs;
  const drawn = new Float64Array(input.draws ?? 2000);
  for (let draw = 0; draw < drawn.length; draw++) {
    const at = weightRows === 0 ? -1 : (draw % weightRows) * needs;
    const one = weighted(
      (need) => (at < 0 ? weights[need]! : weightDraws[at + need]!),
      (need) => redrawHits(rows[need]!, hits[need]!, rng) / rows[need]!,
    );
    drawn[draw] = one.score ?? point.score;
  }
  return { accuracy: percentileEstimate(point.score, drawn), coveredWeight: point.covered / total };
}

function redrawHits(rows: number, hits: number, rng: Rng): number {
  let drawn = 0;
  for (let i = 0; i < rows; i++) if (rng.int(rows) < hits) drawn++;
  return drawn;
}
