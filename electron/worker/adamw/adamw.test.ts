import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assemble } from '../../../scripts/assemble.ts';
import { createRng } from '../../../shared/rng.ts';
import { type AdamTensors, adamw, sumOfSquares } from './adamw.ts';
import { ADAMW_WASM } from './adamw-bytes.ts';

const UPDATE = { beta1: 0.9, beta2: 0.999, clip: 0.25, decay: 0.999, stepSize: 1e-2, epsilon: 1e-8 };
const rng = createRng(7);
const draw = (length: number, scale = 1) => Float32Array.from({ length }, () => scale * rng.normal());
const drawState = (length: number): AdamTensors => [
  draw(length),
  draw(length, 0.1),
  draw(length, 0.1).map((value) => value * value),
];
const f = Math.fround;

/** The same in plain arithmetic, rounded to float32 after every operation. */
function expected([p, m, v]: AdamTensors, gradient: Float32Array): number[][] {
  const { beta1, beta2, clip, decay, stepSize, epsilon } = UPDATE;
  return Array.from(gradient, (unclipped, i) => {
    const g = f(unclipped * f(clip));
    const first = f(f(m[i]! * f(beta1)) + f(g * f(1 - beta1)));
    const second = f(f(v[i]! * f(beta2)) + f(f(g * g) * f(1 - beta2)));
    const change = f(f(first / f(f(Math.sqrt(second)) + f(epsilon))) * f(stepSize));
    return [f(f(p[i]! * f(decay)) - change), first, second];
  });
}

it('is the module that its text assembles to', async () => {
  expect(await assemble(readFileSync(join(import.meta.dirname, 'adamw.wat'), 'utf8'))).toBe(ADAMW_WASM);
});

it.each([1, 3, 4, 5, 4095, 4096, 4097, 10_001])('updates %i numbers, each rounded as float32', (length) => {
  const state = drawState(length);
  const gradient = draw(length);
  const wanted = expected(state, gradient);
  adamw(state, gradient, UPDATE);
  for (const i of [0, 1, 2] as const) expect(state[i]).toEqual(Float32Array.from(wanted, (numbers) => numbers[i]!));
});

it('updates a part and leaves the rest as it was', () => {
  const state = drawState(30);
  const before = state.map((data) => data.slice());
  const gradient = draw(20);
  const part = { at: 7, gradientAt: 5, count: 6 };
  const sliced = before.map((data) => data.slice(7, 13)) as unknown as AdamTensors;
  const wanted = expected(sliced, gradient.slice(5, 11));
  adamw(state, gradient, UPDATE, part);
  for (const i of [0, 1, 2] as const) {
    const whole = before[i]!.slice();
    whole.set(
      wanted.map((numbers) => numbers[i]!),
      7,
    );
    expect(state[i]).toEqual(whole);
  }
});

it('sets moments to zero that have decayed below the normal numbers', () => {
  const state: AdamTensors = [
    Float32Array.of(1, 1),
    Float32Array.of(1.2e-38, -2e-38),
    Float32Array.of(1.17e-38, 2e-38),
  ];
  adamw(state, new Float32Array(2), UPDATE);
  expect(state[1]).toEqual(Float32Array.of(0, f(-2e-38 * f(0.9))));
  expect(state[2]).toEqual(Float32Array.of(0, f(2e-38 * f(0.999))));
});

it('squares a gradient that is clipped, however large it was', () => {
  const state: AdamTensors = [Float32Array.of(1), Float32Array.of(0), Float32Array.of(0)];
  adamw(state, Float32Array.of(1e22), { ...UPDATE, clip: 1e-22 });
  expect(state[1][0]).toBeCloseTo(0.1, 6);
  expect(state[2][0]).toBeCloseTo(1e-3, 8);
});

it('does not hide what is no number', () => {
  const state: AdamTensors = [Float32Array.of(1), Float32Array.of(0), Float32Array.of(0)];
  adamw(state, Float32Array.of(Number.NaN), UPDATE);
  expect(state.map(([value]) => value)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

it.each([1, 5, 4096, 9_001])('adds the squares of %i numbers in float64', (length) => {
  // What a longer piece has left behind does not count.
  sumOfSquares(draw(5000, 100));
  const gradient = draw(length);
  const sum = gradient.reduce((total, value) => total + value * value, 0);
  expect(sumOfSquares(gradient)).toBeCloseTo(sum, 8);
});

it('has no finite sum where a number is none', () => {
  expect(sumOfSquares(Float32Array.of(1, Number.NaN))).toBeNaN();
  expect(sumOfSquares(Float32Array.of(1, Number.NEGATIVE_INFINITY))).toBe(Number.POSITIVE_INFINITY);
  expect(sumOfSquares(Float32Array.of(3e38, 3e38, 3e38))).toBeLessThan(Number.POSITIVE_INFINITY);
});
