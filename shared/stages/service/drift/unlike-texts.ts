import { quantileOfSorted } from '../../../statistics/quantile.ts';

/** The reference texts that are least like the others among them set the bound: this share of them. */
const TAIL = 0.05;

/** Cosine of each vector to its nearest reference, and which new ones are farther than all but a twentieth of the reference texts are from each
 *  other. Where nothing changed about 5 % are.
 *  @param reference, current vectors of length 1 [rows × dimensions] */
export function unlikeTexts(
  reference: Float32Array,
  current: Float32Array,
  dimensions: number,
): { readonly nearest: Float32Array; readonly bound: number; readonly unlike: readonly number[] } {
  const within = nearestCosines(reference, reference, dimensions, true).sort();
  const bound = quantileOfSorted(within, TAIL) ?? -1;
  const nearest = nearestCosines(current, reference, dimensions, false);
  return { nearest, bound, unlike: Array.from(nearest.keys()).filter((row) => nearest[row]! < bound) };
}

function nearestCosines(of: Float32Array, among: Float32Array, dimensions: number, isSame: boolean): Float32Array {
  const rows = of.length / dimensions;
  const others = among.length / dimensions;
  const nearest = new Float32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    const at = row * dimensions;
    for (let other = 0; other < others; other++) {
      if (isSame && other === row) continue;
      const to = other * dimensions;
      let cosine = 0;
      for (let j = 0; j < dimensions; j++) cosine += of[at + j]! * among[to + j]!;
      if (cosine > nearest[row]!) nearest[row] = cosine;
    }
  }
  return nearest;
}
