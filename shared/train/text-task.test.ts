import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/text-tasks.json' with { type: 'json' };
import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import { denseRows } from '../linear-algebra/sparse.ts';
import { bestF1Threshold, labelsAbove, labelThresholds } from '../statistics/f1-threshold.ts';
import { fitOrdinal } from '../statistics/ordinal-regression.ts';
import { chooseLinearHead, fitLinearHead, linearOutputs } from './linear-head.ts';
import { lossValue, lossWeight, type TaskLossOptions } from './loss.ts';
import { type RunConfig, suggestConfig } from './run-config.ts';
import { answeredLevels, levelTargets, type TextTask, taskLoss, taskScore, unfitOptions } from './text-task.ts';

const { rows, labels } = golden;
const BASE: RunConfig = {
  ...suggestConfig({ rowsPerClass: [30], maxLength: 8, seed: 1 }).config,
  classWeights: 'none',
};

/** Loss and gradient to the logits, as the training graph computes them. */
function lossOf(task: TextTask, logits: readonly number[], targets: ArrayLike<number>, options: TaskLossOptions = {}) {
  const width = logits.length / rows;
  const b = new Builder();
  const z = b.input('logits', 'float32', ['rows', width]);
  const q = b.input('targets', 'float32', ['rows', width]);
  const loss = lossValue(b, task, z, q, b.input('weight', 'float32', []), {}, options);
  const graph = b.graph({ loss, gradient: grad(b, loss, [z])[0]! });
  checkGraph(graph);
  const inputs = {
    logits: dense([rows, width], logits),
    targets: dense([rows, width], targets),
    weight: dense([], [lossWeight(task, rows, width)]),
  };
  const found = evaluateGraph(graph, inputs, { rows });
  return { loss: found.get('loss')!.data[0]!, gradient: [...found.get('gradient')!.data] };
}

function expectLike(found: ReturnType<typeof lossOf>, expected: { loss: number; gradient: number[] }) {
  expect(found.loss).toBeCloseTo(expected.loss, 6);
  found.gradient.forEach((value, i) => {
    expect(value).toBeCloseTo(expected.gradient[i]!, 6);
  });
}

const first = (values: readonly number[]) => values.filter((_, i) => i % labels === 0);

describe('loss and gradient are those of PyTorch', () => {
  it('of several labels, plain and with weights of what is there', () => {
    expectLike(lossOf('multi-label', golden.logits, golden.hits), golden.losses.multiLabel);
    const weighted = lossOf('multi-label', golden.logits, golden.hits, { positiveWeights: golden.positive });
    expectLike(weighted, golden.losses.positiveWeights);
  });

  it('of levels (CORAL)', () => {
    expectLike(lossOf('ordinal', golden.logits, levelTargets(golden.level, labels + 1)), golden.losses.ordinal);
  });

  it('of a number, squared and Huber', () => {
    expectLike(lossOf('regression', first(golden.logits), golden.value), golden.losses.squared);
    expectLike(lossOf('regression', first(golden.logits), golden.value, { huberDelta: 0.7 }), golden.losses.huber);
  });
});

describe('a task', () => {
  it('weighs a label by the rows without it over those with it', () => {
    const targets = Float32Array.of(1, 0, 1, 0, 0, 0, 1, 1);
    const config: RunConfig = { ...BASE, classWeights: 'balanced' };
    expect(taskLoss('multi-label', config, targets, 2)).toEqual({ positiveWeights: [1 / 3, 3] });
    expect(taskLoss('multi-label', BASE, targets, 2)).toEqual({});
    expect(taskLoss('regression', { ...BASE, huberDelta: 0.5 }, targets, 1)).toEqual({ huberDelta: 0.5 });
  });

  it('turns levels into answers and back', () => {
    const targets = levelTargets([0, 3, 1], 4);
    expect([...targets]).toEqual([0, 0, 0, 1, 1, 1, 1, 0, 0]);
    expect([...answeredLevels(targets, 3)]).toEqual([0, 3, 1]);
  });

  it('says which options do not fit it', () => {
    const config: RunConfig = { ...BASE, focalGamma: 2, huberDelta: 1, classWeights: 'effective-number' };
    expect(unfitOptions('single-label', config)).toEqual(['huberDelta']);
    expect(unfitOptions('regression', config)).toEqual(['focalGamma', 'classWeights']);
    expect(unfitOptions('multi-label', config)).toEqual(['focalGamma', 'huberDelta', 'classWeights']);
    expect(unfitOptions('multi-label', { ...BASE, classWeights: 'balanced' })).toEqual([]);
    expect(unfitOptions('ordinal', BASE)).toEqual([]);
  });

  it('is scored by R² of a number: 1 of the truth, 0 of its mean', () => {
    const truth = Float32Array.of(-1, 0, 1, 2);
    expect(taskScore('regression', truth, truth, 1)).toEqual({ score: 1, loss: 0 });
    expect(taskScore('regression', new Float32Array(4).fill(0.5), truth, 1).score).toBeCloseTo(0, 12);
  });
});

describe('thresholds', () => {
  it('have the highest F1 that any cut of the scores has', () => {
    const { scores, actual, f1 } = golden.threshold;
    const { threshold, tuned } = bestF1Threshold(scores, (row) => actual[row] === 1, 0);
    const named = scores.map((score) => score > threshold);
    const hits = named.filter((yes, row) => yes && actual[row] === 1).length;
    const both = named.filter(Boolean).length + actual.filter((one) => one === 1).length;
    expect((2 * hits) / both).toBeCloseTo(f1, 12);
    expect(tuned).toBe(true);
  });

  it('stay where they were with too few rows that have the label', () => {
    const scores = Float32Array.of(3, -1, 2, -2, 1, -3);
    const targets = Float32Array.of(1, 0, 1, 0, 1, 1);
    expect(labelThresholds(scores, targets, 2, 0)).toEqual([
      { threshold: 0, tuned: false },
      { threshold: 0, tuned: false },
    ]);
    expect([...labelsAbove(scores, labelThresholds(scores, targets, 2, 0))]).toEqual([1, 0, 1, 0, 1, 0]);
  });
});

describe('linear heads', () => {
  const { features, level, c, weights, intercepts } = golden.fit;
  const x = denseRows(Float32Array.from(features), weights.length);

  it('of levels have the weights that scipy finds for the all-threshold objective', () => {
    const model = fitOrdinal(x, level, { levels: intercepts.length + 1, c, tolerance: 1e-8 });
    expect(model.converged).toBe(true);
    for (const [i, weight] of weights.entries()) expect(model.weights[i]).toBeCloseTo(weight, 4);
    for (const [i, intercept] of intercepts.entries()) expect(model.intercepts[i]).toBeCloseTo(intercept, 4);
  });

  it.each<TextTask>(['multi-label', 'ordinal', 'regression'])('of a %s task learn what the vectors say', (task) => {
    const outputs = task === 'regression' ? 1 : 2;
    const at = (row: number) => x.value[row * x.columns]!;
    const targets = Float32Array.from({ length: x.rows * outputs }, (_, i) => {
      const value = at(Math.floor(i / outputs));
      return task === 'regression' ? value : Number(value > (i % outputs) - 0.5);
    });
    const all = Int32Array.from({ length: x.rows }, (_, row) => row);
    const parts = { train: all.subarray(0, 40), dev: all.subarray(40) };
    const score = (found: Float32Array, wanted: Float32Array) => taskScore(task, found, wanted, outputs).score;
    const { head } = chooseLinearHead(task, x, targets, outputs, parts, score);
    expect(score(linearOutputs(head, x), targets)).toBeGreaterThan(0.85);
  });

  it('answer a label that no row has by its odds alone', () => {
    const targets = new Float32Array(x.rows);
    const { weight, bias } = fitLinearHead('multi-label', x, targets, 1, 1);
    expect(weight.every((value) => value === 0)).toBe(true);
    expect(bias[0]).toBeCloseTo(Math.log(0.5 / (x.rows + 0.5)), 12);
  });
});
