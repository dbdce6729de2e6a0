import { AppError } from '../errors/app-error.ts';
import { because } from '../errors/reasons.ts';

/** IEEE half precision. @source IEEE 754-2019, binary16 */

const LARGEST = 65_504;
const [FLOAT, BITS] = (() => {
  const buffer = new ArrayBuffer(4);
  return [new Float32Array(buffer), new Uint32Array(buffer)] as const;
})();

/** The nearest half of each value as its bits, halves to even. @throws AppError 'model.unsupported' beyond ±65 504 */
export function toHalf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (const [at, value] of values.entries()) {
    if (Math.abs(value) > LARGEST) {
      throw new AppError('model.unsupported', {
        model: 'float16',
        problem: because('half-range', { value }),
      });
    }
    halves[at] = halfBits(value);
  }
  return halves;
}

function halfBits(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  // Below 2⁻¹⁴ a half is a multiple of 2⁻²⁴.
  if (exponent <= 0) return sign | roundHalfEven(Math.abs(value) * 2 ** 24);
  const fraction = bits & 0x7fffff;
  const rest = fraction & 0x1fff;
  const kept = (exponent << 10) | (fraction >>> 13);
  const up = rest > 0x1000 || (rest === 0x1000 && (kept & 1) === 1) ? 1 : 0;
  return sign | (kept + up);
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** Each value as a half gives it back. @throws AppError 'model.unsupported' */
export function roundedToHalf(values: Float32Array): Float32Array {
  return Float32Array.from(toHalf(values), fromHalf);
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
