import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/adaptation.json' with { type: 'json' };
import { costRule, expectedCost } from './expected-cost.ts';
import { type Answers, chooseRejectOption, rejectCurve } from './reject-option.ts';

function caseOf({ actual, predicted, confidence, miss, falseAlarm, humanLook }: (typeof golden.reject)[number]) {
  const answers: Answers = {
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(predicted),
    confidence: Float32Array.from(confidence),
  };
  return { answers, rule: { miss: Float64Array.from(miss), falseAlarm: Float64Array.from(falseAlarm), humanLook } };
}

describe('expected cost', () => {
  it('adds the class missed and the class wrongly answered, and counts a person’s look for what is handed over', () => {
    const rule = costRule(['a', 'b'], [{ label: 'b', miss: 8, falseAlarm: 2 }], 0.5);
    const actual = Int32Array.of(0, 1, 1, 0);
    const predicted = Int32Array.of(0, 0, 1, 1);
    // Right; b missed and a wrongly answered (8 + 1); right; a missed and b wrongly answered (1 + 2).
    expect(expectedCost(rule, actual, predicted, null)).toBe((0 + 9 + 0 + 3) / 4);
    const confidence = Float32Array.of(0.9, 0.4, 0.4, 0.9);
    expect(expectedCost(rule, actual, predicted, confidence, 0.5)).toBe((0 + 0.5 + 0.5 + 3) / 4);
  });
});

describe('reject option', () => {
  it.each(golden.reject)(
    'has coverage, accuracy and cost of every threshold as numpy counts them, look at $humanLook',
    (of) => {
      const { answers, rule } = caseOf(of);
      const curve = rejectCurve(rule, answers).filter(({ coverage }) => coverage > 0);
      expect(curve).toHaveLength(of.points.length);
      curve.forEach((point, i) => {
        const wanted = of.points[i]!;
        expect(point.confidence).toBeCloseTo(wanted.confidence, 10);
        expect(point.coverage).toBeCloseTo(wanted.coverage, 10);
        expect(point.acceptedAccuracy).toBeCloseTo(wanted.accuracy, 10);
        expect(point.cost).toBeCloseTo(wanted.cost, 10);
      });
    },
  );

  it.each(golden.reject)(
    'takes the threshold of least cost, the widest coverage among equals, look at $humanLook',
    (of) => {
      const { answers, rule } = caseOf(of);
      const chosen = chooseRejectOption(rule, answers, answers);
      expect(chosen.confidence).toBeCloseTo(of.best.confidence, 10);
      expect(chosen.dev.cost).toBeCloseTo(of.best.cost, 10);
      // Chosen and measured on the same rows, both must say the same.
      expect(chosen.test.cost).toBeCloseTo(of.best.cost, 10);
      expect(chosen.test.coverage.value).toBeCloseTo(of.best.coverage, 10);
    },
  );

  it('answers everything where a look costs more than any error', () => {
    const { answers, rule } = caseOf(golden.reject[0]!);
    const chosen = chooseRejectOption({ ...rule, humanLook: 100 }, answers, answers);
    expect([chosen.confidence, chosen.dev.coverage]).toEqual([0, 1]);
  });

  it('refuses to choose without dev rows', () => {
    const { answers, rule } = caseOf(golden.reject[0]!);
    const none = { actual: new Int32Array(), predicted: new Int32Array(), confidence: new Float32Array() };
    expect(() => chooseRejectOption(rule, none, answers)).toThrow(expect.objectContaining({ code: 'stats.empty' }));
  });
});
