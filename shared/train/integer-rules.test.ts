import { expect, it } from 'vitest';
import golden from '../../test/golden/int8/rules.json' with { type: 'json' };
import { byteScale, countInto, percentileRange, widened } from './activation-range.ts';
import { quantiseFourBits } from './quantise-4bit.ts';

/** onnxruntime 1.32.0 in Python (test/golden/int8/rules.py). */
it('4-bit blocks are those of ONNX Runtime, byte for byte', () => {
  const { weight, width, bytes, scales } = golden.fourBits;
  const found = quantiseFourBits(Float32Array.from(weight), width);
  expect([...found.bytes]).toEqual(bytes);
  scales.forEach((scale, at) => {
    expect(found.scales[at]).toBeCloseTo(scale, 12);
  });
});

it('no weight is further from its 4 bits than half a step, but for the far end, which is a whole one', () => {
  const values = Float32Array.from({ length: 96 }, (_, at) => Math.sin(at * 12.9898));
  const { bytes, scales, blocks } = quantiseFourBits(values, 48);
  expect(blocks).toBe(2);
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 48; column++) {
      const block = row * 2 + Math.floor(column / 32);
      const place = block * 32 + (column % 32);
      const step = (bytes[place >> 1]! >> (place % 2 === 0 ? 0 : 4)) & 15;
      const off = Math.abs(scales[block]! * (step - 8) - values[row * 48 + column]!);
      expect(off).toBeLessThanOrEqual(Math.abs(scales[block]!) * 1.0001);
    }
  }
});

it('percentiles of a histogram are those of ONNX Runtime', () => {
  const { low, high, histogram, percentile, range } = golden.percentile;
  const found = percentileRange(Float64Array.from(histogram), { low, high }, percentile);
  expect([found.low, found.high].map((value) => value.toFixed(6))).toEqual(range.map((value) => value.toFixed(6)));
});

it('scale and zero point of a range are those of ONNX Runtime, and 0 is exact', () => {
  const { low, high } = golden.percentile;
  const found = byteScale({ low, high });
  expect(found.zero).toBe(golden.scale.zero);
  expect(found.scale).toBeCloseTo(golden.scale.scale, 9);
  expect(byteScale({ low: 2, high: 5.1 })).toEqual({ scale: Math.fround(0.02), zero: 0 });
  expect(byteScale({ low: 0, high: 0 })).toEqual({ scale: 1, zero: 0 });
});

it('a range widens with what is seen, and a histogram counts every value once', () => {
  const values = Float32Array.of(-2, 0, 1, 2);
  expect(widened({ low: 0, high: 1 }, values)).toEqual({ low: -2, high: 2 });
  const histogram = new Float64Array(4);
  countInto(histogram, { low: -2, high: 2 }, values);
  expect([...histogram]).toEqual([1, 0, 1, 2]);
});
