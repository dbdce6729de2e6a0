import { ADAMW_WASM } from './adamw-bytes.ts';

/** AdamW on the processor in one pass over memory. The instructions are those of `adamw.wat`, in `adamw-bytes.ts` as `scripts/make-kernel.ts` assembles
 *  them; numbers pass through its page of memory piece by piece, so that a state of any size stays in buffers of its own. */

/** Parameter, first and second moment of one tensor. */
export type AdamTensors = readonly [Float32Array, Float32Array, Float32Array];

/** The numbers of one update; the last four come of `adamNumbers`, and `clip` is the factor on every gradient. */
export interface AdamUpdate {
  readonly beta1: number;
  readonly beta2: number;
  readonly clip: number;
  /** 1 where the tensor is not decayed. */
  readonly decay: number;
  readonly stepSize: number;
  readonly epsilon: number;
}

interface Kernel {
  readonly memory: WebAssembly.Memory;
  update(
    bytes: number,
    clip: number,
    beta1: number,
    beta2: number,
    firstShare: number,
    secondShare: number,
    decay: number,
    stepSize: number,
    epsilon: number,
  ): void;
  sum_of_squares(bytes: number): number;
}

/** Numbers of each kind that the page holds. */
const PIECE = 4096;
const LANES = 4;
const FLOAT = 4;

const module = new WebAssembly.Module(Buffer.from(ADAMW_WASM, 'base64'));
const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
const [parameterPiece, firstPiece, secondPiece, gradientPiece] = [0, 1, 2, 3].map(
  (i) => new Float32Array(kernel.memory.buffer, i * PIECE * FLOAT, PIECE),
) as [Float32Array, Float32Array, Float32Array, Float32Array];
const statePieces = [parameterPiece, firstPiece, secondPiece] as const;

/** Whole vectors: the numbers of the last one beyond the piece are computed and not read. */
const bytesOf = (count: number) => Math.ceil(count / LANES) * LANES * FLOAT;

/** Updates `count` numbers of `tensors` from `at` on, in place, by those of `gradient` from `gradientAt` on:
 *  m ← β₁m + (1−β₁)·clip·g;  v ← β₂v + (1−β₂)·(clip·g)²;  p ← decay·p − stepSize·m/(√v + epsilon).
 *  Moments below the least normal float32 become zero. Each number is computed by itself, in float32, which holds the square of clip·g up to 1e19. */
export function adamw(
  tensors: AdamTensors,
  gradient: Float32Array,
  { beta1, beta2, clip, decay, stepSize, epsilon }: AdamUpdate,
  { at = 0, gradientAt = 0, count = gradient.length } = {},
): void {
  for (let from = 0; from < count; from += PIECE) {
    const size = Math.min(PIECE, count - from);
    for (const [i, piece] of statePieces.entries()) piece.set(tensors[i]!.subarray(at + from, at + from + size));
    gradientPiece.set(gradient.subarray(gradientAt + from, gradientAt + from + size));
    kernel.update(bytesOf(size), clip, beta1, beta2, 1 - beta1, 1 - beta2, decay, stepSize, epsilon);
    for (const [i, piece] of statePieces.entries()) {
      tensors[i]!.set(size === PIECE ? piece : piece.subarray(0, size), at + from);
    }
  }
}

/** The sum of the squares of all numbers of `gradient`, added in float64 in a fixed order; not finite where one of them is not. */
export function sumOfSquares(gradient: Float32Array): number {
  let sum = 0;
  for (let from = 0; from < gradient.length; from += PIECE) {
    const size = Math.min(PIECE, gradient.length - from);
    gradientPiece.set(gradient.subarray(from, from + size));
    gradientPiece.fill(0, size, bytesOf(size) / FLOAT);
    sum += kernel.sum_of_squares(bytesOf(size));
  }
  return sum;
}
