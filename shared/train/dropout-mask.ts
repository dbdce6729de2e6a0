import { BugError } from '../errors/app-error.ts';
import type { Rng } from '../rng.ts';

const LOW_BITS = 0x7f7f7f7f;
const HIGH_BITS = 0x80808080;
const ONES = 0x01010101;
const BLOCK = 8192;

/** Draws dropout masks (1 = keep), each element kept with probability `1 - dropout` to within 2⁻⁴⁰, independent of the others.
 *  Four elements come from one random word: a byte below the threshold drops; only a byte that equals it needs more bits. */
export interface MaskSource {
  /** A mask of `elements`, valid until the next call: the buffer is reused. */
  draw(elements: number): Uint8Array;
}

/** @param dropout probability of dropping, in [0, 1) */
export function createMaskSource(rng: Rng, dropout: number): MaskSource {
  if (!(dropout >= 0 && dropout < 1)) throw new BugError(`dropout ${dropout} is not in [0, 1)`);
  // The byte comparison below works for thresholds to 128: above one half, the complement is drawn and turned over.
  const rareIsDrop = dropout <= 0.5;
  const rare = rareIsDrop ? dropout : 1 - dropout;
  const threshold = Math.floor(rare * 256);
  const tieProbability = rare * 256 - threshold;
  const flip = rareIsDrop ? 0 : ONES;
  const random = new Uint32Array(BLOCK);
  let words = new Uint32Array(0);

  return {
    draw(elements) {
      const needed = Math.ceil(elements / 4);
      if (words.length < needed) words = new Uint32Array(needed);
      if (dropout === 0) words.fill(ONES);
      else
        for (let start = 0; start < needed; start += BLOCK) {
          const block = random.subarray(0, Math.min(BLOCK, needed - start));
          rng.fill(block);
          fillWords(words.subarray(start, start + block.length), block, threshold, tieProbability, flip, rng);
        }
      return new Uint8Array(words.buffer, 0, elements);
    },
  };
}

/** Per byte of each random word: 1 where the byte is above `threshold`, 0 below, by lot where equal; then turned over by `flip`. */
function fillWords(
  out: Uint32Array,
  random: Uint32Array,
  threshold: number,
  tieProbability: number,
  flip: number,
  rng: Rng,
): void {
  const lift = (0x80 - threshold) * ONES;
  const pattern = threshold * ONES;
  for (let i = 0; i < random.length; i++) {
    const word = random[i]!;
    let keep = (((((word & LOW_BITS) + lift) | word) & HIGH_BITS) >>> 7) >>> 0;
    const difference = word ^ pattern;
    if (((difference - ONES) & ~difference & HIGH_BITS) !== 0) {
      for (let shift = 0; shift < 32; shift += 8) {
        if (((word >>> shift) & 0xff) === threshold && rng.uint32() < tieProbability * 4294967296)
          keep &= ~(1 << shift);
      }
    }
    out[i] = keep ^ flip;
  }
}
