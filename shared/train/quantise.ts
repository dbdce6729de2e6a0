/** Symmetric quantisation of a matrix to bytes with one scale per row: value ≈ scale · (byte − zero).
 *
 *  The 255 steps of int8 (−127…127) are kept as unsigned bytes around 128. Processors without dot-product instructions (AVX2 and AVX-512
 *  before VNNI) multiply unsigned by signed bytes into 16 bits, where two large products do not fit: a small BERT then keeps a cosine of 0.85
 *  with itself. Unsigned by unsigned has no such trap on any of them, and is the same numbers. Where a processor multiplies signed bytes
 *  exactly, and several times as fast, a session holds them signed (resources/package/lib/signed-weights.mjs). */

/** Bytes that stand for numbers from −limit to limit around the zero point. */
const BYTE_LIMIT = 127;
/** Bytes are kept unsigned around this zero point. */
export const ZERO_POINT = 128;

export interface QuantisedRows {
  /** [rows, width], each 1…255; `ZERO_POINT` stands for 0 exactly. */
  readonly bytes: Uint8Array;
  /** [rows]: largest magnitude of a row over `BYTE_LIMIT`; 1 for a row of zeros. */
  readonly scales: Float32Array;
}

/** Each row of a [rows, width] matrix to 255 equal steps over ±its largest magnitude; halves are rounded to even.
 *  @source ONNX Runtime, quant_utils.py (symmetric) */
export function quantiseRows(values: Float32Array, width: number): QuantisedRows {
  const rows = values.length / width;
  const bytes = new Uint8Array(values.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    let largest = 0;
    for (let at = start; at < start + width; at++) largest = Math.max(largest, Math.abs(values[at]!));
    const scale = Math.fround(largest / BYTE_LIMIT) || 1;
    scales[row] = scale;
    for (let at = start; at < start + width; at++) {
      const steps = roundHalfEven(values[at]! / scale);
      bytes[at] = ZERO_POINT + Math.max(-BYTE_LIMIT, Math.min(BYTE_LIMIT, steps));
    }
  }
  return { bytes, scales };
}

/** [rows, width] to [width, rows]. */
export function transposeBytes(bytes: Uint8Array, width: number): Uint8Array {
  const rows = bytes.length / width;
  const transposed = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) transposed[column * rows + row] = bytes[row * width + column]!;
  }
  return transposed;
}

/** 1.5 · 2^52: added to a double, it leaves no place for a fraction, and halves go to even. */
const NO_FRACTION = 6_755_399_441_055_744;

function roundHalfEven(value: number): number {
  return value + NO_FRACTION - NO_FRACTION;
}
