import { describe, expect, it } from 'vitest';
import { createRng } from '../../../rng.ts';
import { demandWeightedAccuracy } from './demand-weighted.ts';

const rowNeeds = Int32Array.of(0, 0, 0, 0, 1, 1, -1);
const correct = Uint8Array.of(1, 1, 1, 0, 1, 0, 0);

describe('accuracy weighted by demand', () => {
  it('weights the accuracy of each need and divides by the weight that has test rows', () => {
    const result = demandWeightedAccuracy({
      correct,
      rowNeeds,
      weights: [0.6, 0.2, 0.2],
      weightDraws: new Float32Array(),
      rng: createRng(1),
    });
    expect(result?.accuracy.value).toBeCloseTo((0.6 * 0.75 + 0.2 * 0.5) / 0.8, 12);
    expect(result?.coveredWeight).toBeCloseTo(0.8, 12);
  });

  it('carries the uncertainty of the weights even where accuracies are certain', () => {
    const input = {
      correct: Uint8Array.of(1, 0),
      rowNeeds: Int32Array.of(0, 1),
      weights: [0.5, 0.5],
      rng: createRng(1),
    };
    const fixed = demandWeightedAccuracy({ ...input, weightDraws: new Float32Array() });
    expect(fixed?.accuracy).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
    const drawn = demandWeightedAccuracy({ ...input, weightDraws: Float32Array.of(0.25, 0.75, 0.75, 0.25) });
    expect(drawn?.accuracy).toEqual({ value: 0.5, low: 0.25, high: 0.75 });
  });

  it('is null where no need has a test row', () => {
    expect(
      demandWeightedAccuracy({
        correct: Uint8Array.of(1),
        rowNeeds: Int32Array.of(-1),
        weights: [1],
        weightDraws: new Float32Array(),
        rng: createRng(1),
      }),
    ).toBeNull();
  });
});
