import type { NamedTensor } from './spec.ts';

/** Weights set to zero by magnitude. They make a file smaller where it is stored sparsely; products are no faster, since they stay dense. */

/** The `share` of a tensor's elements with the smallest magnitude as zeros, ⌊share·n + ½⌋ of them; among equal magnitudes the earlier goes.
 *  @source torch.nn.utils.prune.l1_unstructured; Gordon et al. 2020, "Compressing BERT" (every matrix by the same share) */
export function pruneMagnitude({ shape, data }: NamedTensor, share: number): NamedTensor {
  const going = Math.round(share * data.length);
  const magnitudes = data.map(Math.abs).sort();
  const threshold = magnitudes[going] ?? Number.POSITIVE_INFINITY;
  let ties = going - below(magnitudes, threshold);
  const pruned = data.map((value) => {
    const magnitude = Math.abs(value);
    if (magnitude < threshold) return 0;
    if (magnitude > threshold || ties === 0) return value;
    ties -= 1;
    return 0;
  });
  return { shape, data: pruned };
}

/** How many of sorted values are smaller than `limit`. */
function below(sorted: Float32Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In every `of` elements along a row the `keep` of largest magnitude stay, the others become zero; what is over at the end of a row stays.
 *  Among equal magnitudes the earlier stays. @source Mishra et al. 2021, "Accelerating sparse deep neural networks" (2:4) */
export function pruneBlocks({ shape, data }: NamedTensor, keep: number, of: number): NamedTensor {
  const width = shape.at(-1) ?? 0;
  const pruned = data.slice();
  for (let row = 0; row < data.length; row += width) {
    for (let start = row; start + of <= row + width; start += of) {
      const block = Array.from({ length: of }, (_, at) => start + at);
      block.sort((a, b) => Math.abs(data[b]!) - Math.abs(data[a]!) || a - b);
      for (const at of block.slice(keep)) pruned[at] = 0;
    }
  }
  return { shape, data: pruned };
}

/** A tensor's non-zero values in order, and one bit per element, the first in the lowest bit of the first byte: 1 where it is not zero. */
export interface BitmaskSparse {
  readonly values: Float32Array;
  readonly bits: Uint8Array;
}

export function toBitmask(data: Float32Array): BitmaskSparse {
  const bits = new Uint8Array(Math.ceil(data.length / 8));
  const values = data.filter((value) => value !== 0);
  data.forEach((value, at) => {
    if (value !== 0) bits[at >> 3] = bits[at >> 3]! | (1 << (at & 7));
  });
  return { values, bits };
}
