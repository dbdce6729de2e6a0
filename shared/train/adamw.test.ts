import { expect, it } from 'vitest';
import { adamNumbers, clipFactor } from './adamw.ts';

const SPEC = { weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };

it('has the scalars of the textbook recursion of AdamW over three steps', () => {
  let [p, m, v] = [2, 0, 0];
  let found = { p: 2, m: 0, v: 0 };
  for (const [i, g] of [0.5, -1, 0.25].entries()) {
    const t = i + 1;
    const lr = 0.1 / t;
    p *= 1 - lr * 0.1;
    m = 0.9 * m + 0.1 * g;
    v = 0.99 * v + 0.01 * g * g;
    p -= (lr * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.99 ** t)) + 1e-3);
    const { decay, stepSize, epsilon } = adamNumbers(SPEC, lr, t);
    found = { p: decay * found.p - (stepSize * m) / (Math.sqrt(v) + epsilon), m, v };
    expect(found.p).toBeCloseTo(p, 12);
  }
});

it('clips by the norm over all gradients and leaves small ones alone', () => {
  expect(clipFactor(Math.sqrt(4 + 9 + 36), 1)).toBeCloseTo(1 / 7, 6);
  expect(clipFactor(0.7, 1)).toBe(1);
  expect(clipFactor(70, null)).toBe(1);
});
