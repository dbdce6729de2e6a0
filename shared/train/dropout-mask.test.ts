import { expect, test } from 'vitest';
import { createRng, restoreRng } from '../rng.ts';
import { createMaskSource } from './dropout-mask.ts';

const ELEMENTS = 4_000_000;
const sum = (mask: Uint8Array) => mask.reduce((total, keep) => total + keep, 0);

test.each([0.1, 0.3, 0.5, 0.75, 0.001])(
  'with dropout %f the share of kept elements is within four standard errors',
  (dropout) => {
    const kept = sum(createMaskSource(createRng(1), dropout).draw(ELEMENTS)) / ELEMENTS;
    const standardError = Math.sqrt((dropout * (1 - dropout)) / ELEMENTS);
    expect(Math.abs(kept - (1 - dropout))).toBeLessThan(4 * standardError);
  },
);

test('neighbouring elements are dropped independently of each other', () => {
  const mask = createMaskSource(createRng(5), 0.1).draw(ELEMENTS);
  for (const lag of [1, 2, 3, 4, 5, 512]) {
    let both = 0;
    for (let i = lag; i < mask.length; i++) if (mask[i] === 0 && mask[i - lag] === 0) both++;
    // Expected 0.01 of all pairs; four standard errors of a proportion.
    expect(Math.abs(both / (ELEMENTS - lag) - 0.01)).toBeLessThan(4 * Math.sqrt((0.01 * 0.99) / ELEMENTS));
  }
});

test('a mask holds nothing but zeros and ones, at any count of elements', () => {
  const mask = createMaskSource(createRng(2), 0.2).draw(1_000_003);
  expect(mask.length).toBe(1_000_003);
  expect(mask.every((keep) => keep === 0 || keep === 1)).toBe(true);
});

test('a generator restored from its state draws the masks that the first would have drawn next', () => {
  const rng = createRng(9);
  const source = createMaskSource(rng, 0.1);
  source.draw(12_345);
  const state = rng.state();
  const next = Uint8Array.from(source.draw(50_000));
  const again = createMaskSource(restoreRng(state), 0.1).draw(50_000);
  expect(Buffer.from(again).equals(Buffer.from(next))).toBe(true);
});

test('without dropout everything is kept and no random number is drawn', () => {
  const rng = createRng(3);
  const before = rng.state();
  expect(createMaskSource(rng, 0).draw(10)).toEqual(new Uint8Array(10).fill(1));
  expect(rng.state()).toEqual(before);
});

test('filling an array gives the numbers that single calls give', () => {
  const filled = new Uint32Array(100);
  createRng(11).fill(filled);
  const single = createRng(11);
  expect([...filled]).toEqual(Array.from({ length: 100 }, () => single.uint32()));
});
