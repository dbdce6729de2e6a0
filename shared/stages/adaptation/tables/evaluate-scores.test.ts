import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/tables.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { sigmoid } from '../../../statistics/sigmoid.ts';
import { calibrationError, evaluateScores } from './evaluate-scores.ts';
import { eachItself, repeatedStratifiedFolds } from './folds.ts';
import { cheapestThreshold, costOf } from './threshold-cost.ts';

const costs = { missed: 5, falseAlarm: 1 };
const { event: events, score: scores, sklearn: area, se, ks } = golden.areas[2]!;
const event = Uint8Array.from(events);
const score = Float64Array.from(scores, sigmoid);

describe('repeated stratified cross-validation', () => {
  it('tests every row once in each repeat, with the same share of events in every part', () => {
    const splits = repeatedStratifiedFolds(event, eachItself(200), 5, 3, createRng(1));
    expect(splits).toHaveLength(15);
    const total = event.reduce((sum, each) => sum + each, 0);
    for (let repeat = 0; repeat < 3; repeat++) {
      const own = splits.filter((split) => split.repeat === repeat);
      expect(own.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...event.keys()]);
      for (const { test, train } of own) {
        expect(test.length + train.length).toBe(200);
        const inPart = test.reduce((sum, row) => sum + event[row]!, 0);
        expect(Math.abs(inPart - total / 5)).toBeLessThan(1);
      }
    }
  });

  it('keeps rows that are alike in one part', () => {
    const sameAs = Int32Array.from(event, (_, row) => (row < 50 ? row : row % 50));
    for (const { test } of repeatedStratifiedFolds(event, sameAs, 5, 2, createRng(1))) {
      const own = new Set(test);
      for (const row of test) expect(own.has(sameAs[row]!)).toBe(true);
    }
  });
});

describe('out-of-fold scores', () => {
  const splits = repeatedStratifiedFolds(event, eachItself(200), 5, 1, createRng(1));
  const input = { event, scores: [score], splits, costs, resamples: 300, rng: createRng(2) };
  const found = evaluateScores(input);

  it('have the area with DeLong’s interval and the KS statistic of the references', () => {
    expect(found.auc.value).toBeCloseTo(area, 10);
    expect(found.auc.low).toBeCloseTo(area - 1.959964 * se, 5);
    expect(found.ks.value).toBeCloseTo(ks, 10);
    expect(found.ks.low).toBeLessThan(ks);
    expect(found.ks.high).toBeGreaterThan(ks);
  });

  it('have the Brier score and the cost at 1 : 5 of plain arithmetic', () => {
    const brier = score.reduce((sum, p, row) => sum + (p - event[row]!) ** 2, 0) / 200;
    expect(found.brier.value).toBeCloseTo(brier, 12);
    expect(found.cost.threshold).toBe(1 / 6);
    const cost = score.reduce((sum, p, row) => sum + costOf(event[row]!, p >= 1 / 6, costs), 0) / 200;
    expect(found.cost.perCase.value).toBeCloseTo(cost, 12);
    expect(found.cost.curve[0]!.cost).toBeCloseTo(event.filter((each) => each === 0).length / 200, 12);
    expect(found.cost.curve.at(-1)!.cost).toBeCloseTo((5 * event.filter((each) => each === 1).length) / 200, 12);
  });

  it('put every row into one bin of ten', () => {
    expect(found.reliability.reduce((sum, { rows }) => sum + rows, 0)).toBe(200);
    expect(found.calibrationError.value).toBeCloseTo(calibrationError(event, score), 12);
  });
});

describe('the cheapest threshold', () => {
  it('costs no more than any other, by trying each', () => {
    const threshold = cheapestThreshold(event, score, costs);
    const costAt = (at: number) => score.reduce((sum, p, row) => sum + costOf(event[row]!, p >= at, costs), 0);
    const least = Math.min(costAt(0), costAt(1), ...[...score].map(costAt));
    expect(costAt(threshold)).toBe(least);
  });

  it('flags everybody where nothing but misses cost, and nobody where scores say nothing good', () => {
    expect(cheapestThreshold(event, score, { missed: 1e6, falseAlarm: 1e-6 })).toBeLessThan(
      Math.min(...score.filter((_, row) => event[row] === 1)),
    );
    expect(
      cheapestThreshold(Uint8Array.of(0, 0, 1), Float64Array.of(0.5, 0.6, 0.1), { missed: 1, falseAlarm: 1 }),
    ).toBe(1);
  });
});
