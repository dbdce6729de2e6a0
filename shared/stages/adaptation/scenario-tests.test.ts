import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/adaptation.json' with { type: 'json' };
import { costRule } from './expected-cost.ts';
import type { ScenarioLimit } from './limits.ts';
import { type ScenarioTestsInput, scenarioTests } from './scenario-tests.ts';
import { judged } from './tests-verdict.ts';

const LABELS = ['a', 'b', 'c'];

/** Answers that are right on the first rows of each part, wrong on the rest; the parts one after another. */
function input(
  parts: readonly { rows: number; right: number }[],
  more: Partial<ScenarioTestsInput> = {},
): ScenarioTestsInput {
  const right = parts.flatMap((part) => Array.from({ length: part.rows }, (_, i) => i < part.right));
  const actual = Int32Array.from(right, (_, row) => row % LABELS.length);
  const predicted = Int32Array.from(right, (is, row) => (row + (is ? 0 : 1)) % LABELS.length);
  const confidence = Float32Array.from(right, (is) => (is ? 0.9 : 0.4));
  const probabilities = new Float32Array(actual.length * LABELS.length);
  predicted.forEach((label, row) => {
    LABELS.forEach((_, k) => {
      probabilities[row * LABELS.length + k] = k === label ? confidence[row]! : (1 - confidence[row]!) / 2;
    });
  });
  return {
    answers: { labels: LABELS, actual, predicted, probabilities, confidence, rejectBelow: null },
    costs: costRule(LABELS, [], null),
    limits: [],
    slices: [],
    needs: [],
    perturbed: [],
    seed: 5,
    ...more,
  };
}

const limit = (test: ScenarioLimit['test'], value: number): ScenarioLimit => ({
  test,
  value,
  needId: null,
  origin: { type: 'analyst' },
});

describe('scenario tests', () => {
  it.each(golden.gaps)('have the slice gap and interval of statsmodels: $inside rows inside', (of) => {
    const slice = { columnId: 'c1', columnName: 'segment', value: 'x' };
    const { tests } = scenarioTests(
      input(
        [
          { rows: of.inside, right: of.insideRight },
          { rows: of.outside, right: of.outsideRight },
        ],
        { slices: [{ ...slice, rows: Int32Array.from({ length: of.inside }, (_, i) => i) }] },
      ),
    );
    const test = tests.find(({ id }) => id === 'slice:c1:x')!;
    expect(test.value).toBeCloseTo(of.value, 10);
    expect(test.low).toBeCloseTo(of.low, 6);
    expect(test.high).toBeCloseTo(of.high, 6);
    expect(test.companion?.value).toBeCloseTo(of.insideRight / of.inside, 10);
  });

  it('count the rows that they name: every test’s failures are those of its evidence', () => {
    const { tests, evidence } = scenarioTests(
      input([{ rows: 60, right: 48 }], {
        needs: [{ needId: 'n1', rows: Int32Array.of(0, 5, 59) }],
        slices: [{ columnId: 'c', columnName: 'c', value: 'v', rows: Int32Array.of(1, 2, 50) }],
        perturbed: [{ id: 'typos', rows: Int32Array.of(0, 1, 2, 3), predicted: Int32Array.of(0, 0, 2, 0) }],
      }),
    );
    expect(tests.map(({ id }) => id)).toEqual(evidence.map(({ testId }) => testId));
    tests.forEach((test, i) => {
      const failed = evidence[i]!.failed.filter((mark) => mark === 1).length;
      expect(test.rows).toEqual({ all: evidence[i]!.rows.length, failed, passed: evidence[i]!.rows.length - failed });
    });
    const need = tests.find(({ id }) => id === 'need:n1');
    expect([need?.value, need?.n]).toEqual([2 / 3, 3]);
    // Row 1 was answered b (1) and after the change a: one of four moved, and it had been right.
    const typos = tests.find(({ id }) => id === 'perturbation:typos');
    expect([typos?.value, typos?.companion?.value]).toEqual([0.75, 0.25]);
  });

  it('give no verdict on fewer than 30 rows, and say so', () => {
    const slices = [{ columnId: 'c', columnName: 'c', value: 'v', rows: Int32Array.from({ length: 29 }, (_, i) => i) }];
    const { tests } = scenarioTests(input([{ rows: 90, right: 80 }], { slices, limits: [limit('sliceGap', 0.1)] }));
    const test = tests.find(({ type }) => type === 'slice');
    expect([test?.lowBase, test?.passed, test?.verdict]).toEqual([true, null, 'no-verdict']);
    expect(test?.value).not.toBeNull();
  });

  it('leave a need that nobody speaks of unmeasured', () => {
    const { tests } = scenarioTests(
      input([{ rows: 60, right: 50 }], { needs: [{ needId: 'n1', rows: new Int32Array() }] }),
    );
    const test = tests.find(({ type }) => type === 'need');
    expect([test?.n, test?.value, test?.low, test?.verdict]).toEqual([0, null, null, 'no-verdict']);
  });

  it('part coverage and accuracy of what is answered where unsure texts go to people', () => {
    const base = input([{ rows: 60, right: 45 }]);
    const { tests, costPerThousand } = scenarioTests({
      ...base,
      answers: { ...base.answers, rejectBelow: 0.5 },
      costs: costRule(LABELS, [], 0.25),
    });
    expect(tests.find(({ type }) => type === 'coverage')?.value).toBe(0.75);
    expect(tests.find(({ type }) => type === 'acceptedAccuracy')?.value).toBe(1);
    expect(costPerThousand).toBeCloseTo(1000 * 0.25 * 0.25, 10);
  });

  it('repeat to the last digit with the same seed', () => {
    const once = () => scenarioTests(input([{ rows: 60, right: 45 }]));
    expect(once()).toEqual(once());
  });
});

describe('verdict', () => {
  const figure = (value: number, low: number, high: number) => ({ value, low, high, n: 100 });
  it.each([
    ['passed', figure(0.9, 0.86, 0.94), 'accuracy', 0.85, true],
    ['unclear', figure(0.9, 0.84, 0.94), 'accuracy', 0.85, true],
    ['unclear', figure(0.8, 0.7, 0.86), 'accuracy', 0.85, false],
    ['failed', figure(0.8, 0.76, 0.84), 'accuracy', 0.85, false],
    ['passed', figure(0.03, 0.01, 0.05), 'calibration', 0.05, true],
    ['failed', figure(0.09, 0.06, 0.12), 'calibration', 0.05, false],
  ] as const)('is %s by interval and limit', (verdict, measured, test, value, passed) => {
    const found = judged(measured, test, limit(test, value));
    expect([found.verdict, found.passed]).toEqual([verdict, passed]);
  });

  it('is none without a limit', () => {
    expect(judged(figure(0.9, 0.8, 1), 'accuracy', undefined)).toMatchObject({
      verdict: 'no-verdict',
      passed: null,
      limit: null,
    });
  });
});
