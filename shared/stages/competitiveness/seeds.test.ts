import { expect, test } from 'vitest';
import golden from '../../../test/golden/seeds.json' with { type: 'json' };
import { compareSeeds, keptSeed, type SeedRun, seedsResult } from './seeds.ts';

const runsOf = ({ accuracy, macroF1 }: (typeof golden.runs)[number]): SeedRun[] =>
  accuracy.map((value, seed) => ({
    seed,
    dev: null,
    accuracy: value,
    macroF1: macroF1[seed]!,
    steps: 10,
    trainDurationMs: 1000,
  }));

const close = (expected: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value, 10)]));

test("means over seeds have scipy's mean, deviation and Student interval", () => {
  for (const [i, run] of golden.runs.entries()) {
    const { accuracy, macroF1 } = seedsResult(runsOf(run));
    expect({ accuracy, macroF1 }).toEqual({
      accuracy: close(golden.means[i]!.accuracy),
      macroF1: close(golden.means[i]!.macroF1),
    });
  }
});

test("two runs of several seeds differ by Welch's difference, interval and p of scipy", () => {
  const [first, second] = golden.runs.map((run) => seedsResult(runsOf(run)));
  expect(compareSeeds(first!, second!)).toEqual({
    n: 3,
    referenceN: 5,
    accuracy: close(golden.difference.accuracy),
    macroF1: close(golden.difference.macroF1),
  });
});

test('the model kept is the best on dev rows, whatever the test rows say', () => {
  const judged = [
    { seed: 7, dev: 0.8 },
    { seed: 8, dev: 0.9 },
    { seed: 9, dev: 0.9 },
  ];
  expect(keptSeed(judged)).toEqual({ kept: 8, keptBy: 'dev' });
  expect(keptSeed(judged.map(({ seed }) => ({ seed, dev: null })))).toEqual({ kept: 7, keptBy: 'first' });
});
