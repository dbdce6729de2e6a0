/** Positives below which a threshold found for one label would be chance. */
const ENOUGH_POSITIVES = 5;

/** A threshold on a score: above it the label is answered. `tuned` is false where too few positives say where it should lie, and it is `otherwise`. */
export interface LabelThreshold {
  readonly threshold: number;
  readonly tuned: boolean;
}

/** The threshold at which answering "yes" above it has the highest F1, halfway between two neighbouring scores; of equal ones the nearest to
 *  `otherwise`. With fewer than five positives, or no negatives, `otherwise` itself.
 *  @source Lipton, Elkan and Narayanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure" */
export function bestF1Threshold(
  scores: ArrayLike<number>,
  actual: (row: number) => boolean,
  otherwise: number,
): LabelThreshold {
  const order = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const positives = order.reduce((sum, row) => sum + Number(actual(row)), 0);
  if (positives < ENOUGH_POSITIVES || positives === order.length) return { threshold: otherwise, tuned: false };
  let hits = 0;
  let best = { f1: 0, threshold: otherwise };
  for (let named = 1; named <= order.length; named++) {
    hits += Number(actual(order[named - 1]!));
    const last = scores[order[named - 1]!]!;
    const next = named === order.length ? last - 1 : scores[order[named]!]!;
    if (next === last) continue;
    const f1 = (2 * hits) / (positives + named);
    const threshold = (last + next) / 2;
    const nearer = Math.abs(threshold - otherwise) < Math.abs(best.threshold - otherwise);
    if (f1 > best.f1 || (f1 === best.f1 && nearer)) best = { f1, threshold };
  }
  return { threshold: best.threshold, tuned: true };
}

/** One threshold for each of `labels` columns of `scores` [rows, labels] against `targets` (0/1), as `bestF1Threshold`. */
export function labelThresholds(
  scores: Float32Array,
  targets: Float32Array,
  labels: number,
  otherwise: number,
): readonly LabelThreshold[] {
  const rows = scores.length / labels;
  return Array.from({ length: labels }, (_, label) => {
    const column = Float64Array.from({ length: rows }, (_row, row) => scores[row * labels + label]!);
    return bestF1Threshold(column, (row) => targets[row * labels + label] === 1, otherwise);
  });
}

/** 1 where a score is above its label's threshold [rows, labels]. */
export function labelsAbove(scores: Float32Array, thresholds: readonly LabelThreshold[]): Float32Array {
  const labels = thresholds.length;
  return scores.map((score, i) => (score > thresholds[i % labels]!.threshold ? 1 : 0));
}
