/** Columns of one block of 4-bit weights: a scale each. */
export const BLOCK = 32;
const ZERO_POINT = 8;

export interface FourBitRows {
  /** [rows, blocks, BLOCK / 2]: two values a byte, the first in the low half; `ZERO_POINT` stands for 0. */
  readonly bytes: Uint8Array;
  /** [rows, blocks]. */
  readonly scales: Float32Array;
  readonly blocks: number;
}

/** Rows of a [rows, width] matrix in blocks of 32, each as 16 steps from −8 to 7: the value of largest magnitude is −8 exactly.
 *  A last block that is not full is filled with zeros.
 *  @source onnxruntime, core/mlas/lib/q4_dq.cpp (symmetric, block-wise) */
export function quantiseFourBits(values: Float32Array, width: number): FourBitRows {
  const rows = values.length / width;
  const blocks = Math.ceil(width / BLOCK);
  const bytes = new Uint8Array((rows * blocks * BLOCK) / 2);
  const scales = new Float32Array(rows * blocks);
  for (let at = 0; at < scales.length; at++) {
    const row = Math.floor(at / blocks);
    const start = row * width + (at % blocks) * BLOCK;
    const block = values.subarray(start, Math.min(start + BLOCK, (row + 1) * width));
    const largest = block.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    const scale = Math.fround(largest / -ZERO_POINT);
    const reciprocal = scale === 0 ? 0 : Math.fround(1 / scale);
    scales[at] = scale;
    for (let i = 0; i < BLOCK; i++) {
      const step = Math.fround(Math.fround((block[i] ?? 0) * reciprocal) + ZERO_POINT + 0.5);
      const value = Math.max(0, Math.min(15, Math.floor(step)));
      const place = (at * BLOCK + i) >> 1;
      bytes[place] = bytes[place]! | (value << (i % 2 === 0 ? 0 : 4));
    }
  }
  return { bytes, scales, blocks };
}
