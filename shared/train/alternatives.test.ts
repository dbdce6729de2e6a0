import { expect, test } from 'vitest';
import { alternatives } from './alternatives.ts';
import { learningRateFor, suggestConfig } from './run-config.ts';

const FULL = suggestConfig({ rowsPerClass: [700, 800], maxLength: 64, seed: 7 }).config;

test('a recipe is held beside the other usual methods, each at its own learning rate and all else the same', () => {
  const found = alternatives(FULL, 4);
  expect(found.map(({ method }) => method.type)).toEqual(['lora', 'frozen-prefix', 'head']);
  for (const { method, learningRate, ...rest } of found) {
    expect(learningRate).toBe(learningRateFor(method.type));
    const { method: _method, learningRate: _rate, ...same } = FULL;
    expect(rest).toEqual(same);
  }
});

test('a method that does not go with what else is chosen is left out', () => {
  const found = alternatives({ ...FULL, unfreezing: 'gradual' }, 4);
  expect(found.map(({ method }) => method.type)).toEqual(['lora', 'frozen-prefix']);
});
