import { expect, test } from 'vitest';
import { quantiseRows, transposeBytes } from './quantise.ts';

test('each row has 127 steps to its largest magnitude, zero is exact, and halves go to even', () => {
  const { bytes, scales } = quantiseRows(Float32Array.of(-127, 0, 0.5, 1.5, 2.5, 63.49, 2, 1.2, -0.5, 0.25, 0, 0), 6);
  expect([...scales]).toEqual([1, Math.fround(2 / 127)]);
  expect([...bytes.subarray(0, 6)]).toEqual([128 - 127, 128, 128 + 0, 128 + 2, 128 + 2, 128 + 63]);
  expect([...bytes.subarray(6)]).toEqual([255, 128 + 76, 128 - 32, 128 + 16, 128, 128]);
});

test('no value is further from its byte than half a step of its row', () => {
  const values = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i * 12.9898) * (1 + Math.floor(i / 100)) ** 3);
  const { bytes, scales } = quantiseRows(values, 100);
  for (const [at, value] of values.entries()) {
    const scale = scales[Math.floor(at / 100)]!;
    expect(Math.abs(scale * (bytes[at]! - 128) - value)).toBeLessThanOrEqual(scale * 0.500001);
  }
});

test('a row of zeros has scale 1 and stays zeros', () => {
  expect(quantiseRows(new Float32Array(3), 3)).toEqual({
    bytes: Uint8Array.of(128, 128, 128),
    scales: Float32Array.of(1),
  });
});

test('rows become columns', () => {
  expect([...transposeBytes(Uint8Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 4, 2, 5, 3, 6]);
});
