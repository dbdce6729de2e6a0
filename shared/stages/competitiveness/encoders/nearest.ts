import type { Rng } from '../../../rng.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import { DEFAULT_RESAMPLES, pairedAccuracyDifference } from '../evaluation/bootstrap.ts';
import type { Estimate } from '../results.ts';

/** For each row whether the most similar other row has its label; the first of equally similar ones. Rows whose label no other row has are left out
 *  (−1). `vectors` [rows, dimensions] of length 1. @source recall@1, as in Musgrave et al. 2020, "A metric learning reality check" */
export function nearestAgree(vectors: Float32Array, labels: Int32Array): Int8Array {
  const rows = labels.length;
  const d = vectors.length / Math.max(1, rows);
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const nearest = new Int32Array(rows).fill(-1);
  const similarity = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += vectors[a * d + j]! * vectors[b * d + j]!;
      if (dot > similarity[a]!) {
        similarity[a] = dot;
        nearest[a] = b;
      }
      if (dot > similarity[b]!) {
        similarity[b] = dot;
        nearest[b] = a;
      }
    }
  }
  return Int8Array.from(labels, (label, row) => {
    if (counts.get(label)! < 2) return -1;
    return Number(labels[nearest[row]!] === label);
  });
}

export interface RecallAtOne {
  /** Rows whose label another row has. */
  readonly rows: number;
  /** Wilson's 95 % intervals. */
  readonly before: Estimate;
  readonly after: Estimate;
  /** After minus before on the same rows, paired bootstrap. */
  readonly difference: Estimate;
  readonly resamples: number;
}

/** Recall@1 of two encoders on the same rows; null where no label has two rows. */
export function compareRecall(before: Int8Array, after: Int8Array, rng: Rng): RecallAtOne | null {
  const kept = Int32Array.from(before.keys()).filter((row) => before[row] !== -1);
  if (kept.length === 0) return null;
  const hitsOf = (of: Int8Array) => Int32Array.from(kept, (row) => of[row]!);
  const share = (hits: Int32Array): Estimate => {
    const found = hits.reduce((sum, hit) => sum + hit, 0);
    const [low, high] = wilsonInterval(found, hits.length)!;
    return { value: found / hits.length, low, high };
  };
  const [first, second] = [hitsOf(before), hitsOf(after)];
  // A hit is an answer that is right where the truth is always 1.
  const truth = new Int32Array(kept.length).fill(1);
  return {
    rows: kept.length,
    before: share(first),
    after: share(second),
    difference: pairedAccuracyDifference(truth, second, first, { rng }),
    resamples: DEFAULT_RESAMPLES,
  };
}
