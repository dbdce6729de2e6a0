import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/text-tasks.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import { compareTask, evaluateTask } from './evaluate.ts';
import type { Answers } from './measures.ts';
import type { TaskFigure, TaskMeasure } from './results.ts';

const figure = (figures: readonly TaskFigure[], measure: TaskMeasure) =>
  figures.find((one) => one.measure === measure)!.estimate;
const values = (figures: readonly TaskFigure[]) =>
  Object.fromEntries(figures.map(({ measure, estimate }) => [measure, estimate?.value ?? null]));

const multi: Answers = {
  task: 'multi-label',
  labels: 4,
  actual: Float32Array.from(golden.multi.actual),
  predicted: Float32Array.from(golden.multi.named),
};
const ordinal: Answers = {
  task: 'ordinal',
  labels: 5,
  actual: Float32Array.from(golden.ordinal.actual),
  predicted: Float32Array.from(golden.ordinal.answered),
};
const regression: Answers = {
  task: 'regression',
  labels: 1,
  actual: Float32Array.from(golden.regression.actual),
  predicted: Float32Array.from(golden.regression.answered),
};
const NAMES = ['a', 'b', 'c', 'd'];
const LEVELS = ['1', '2', '3', '4', '5'];

describe('figures are those of scikit-learn and scipy', () => {
  it('of several labels; a label that nobody has or names counts in no mean', () => {
    const found = evaluateTask(multi, NAMES, createRng(1));
    const { microF1, macroF1, exactMatch, hammingLoss } = golden.multi;
    const told = values(found.figures);
    for (const [name, value] of Object.entries({ microF1, macroF1, exactMatch, hammingLoss })) {
      expect(told[name], name).toBeCloseTo(value, 12);
    }
    if (found.task !== 'multi-label') throw new Error(found.task);
    found.perLabel.slice(0, 3).forEach((label, at) => {
      expect(label.precision!.value).toBeCloseTo(golden.multi.precision[at]!, 12);
      expect(label.recall!.value).toBeCloseTo(golden.multi.recall[at]!, 12);
      expect(label.f1!.value).toBeCloseTo(golden.multi.f1[at]!, 12);
      expect([label.precision!.low, label.precision!.high]).toEqual(
        wilsonInterval(Math.round(label.precision!.value * label.predicted), label.predicted),
      );
    });
    expect(found.perLabel[3]).toMatchObject({ support: 0, predicted: 0, precision: null, recall: null, f1: null });
  });

  it('of levels', () => {
    const found = evaluateTask(ordinal, LEVELS, createRng(1));
    const told = values(found.figures);
    expect(told.quadraticKappa).toBeCloseTo(golden.ordinal.kappa, 12);
    expect(told.mae).toBeCloseTo(golden.ordinal.mae, 12);
    expect(told.accuracy).toBeCloseTo(golden.ordinal.accuracy, 12);
  });

  it('of a number, ties in its ranks included', () => {
    const told = values(evaluateTask(regression, [], createRng(1)).figures);
    expect(told.r2).toBeCloseTo(golden.regression.r2, 5);
    expect(told.mae).toBeCloseTo(golden.regression.mae, 5);
    expect(told.rmse).toBeCloseTo(golden.regression.rmse, 5);
    expect(told.spearman).toBeCloseTo(golden.regression.spearman, 5);
  });
});

describe('intervals', () => {
  it('hold the value, narrow with rows, and have the width of a proportion where they are one', () => {
    const short = evaluateTask(ordinal, LEVELS, createRng(2)).figures;
    const often = (values: Float32Array) =>
      Float32Array.from(
        Array(16)
          .fill([...values])
          .flat(),
      );
    const long = evaluateTask(
      { ...ordinal, actual: often(ordinal.actual), predicted: often(ordinal.predicted) },
      LEVELS,
      createRng(2),
    ).figures;
    for (const { measure, estimate } of short) {
      expect(estimate!.low, measure).toBeLessThanOrEqual(estimate!.value);
      expect(estimate!.high, measure).toBeGreaterThanOrEqual(estimate!.value);
      const wide = figure(long, measure)!;
      expect((estimate!.high - estimate!.low) / (wide.high - wide.low), measure).toBeCloseTo(4, -0.5);
    }
    const right = figure(short, 'accuracy')!;
    const normal = 2 * 1.96 * Math.sqrt((right.value * (1 - right.value)) / 60);
    expect((right.high - right.low) / normal).toBeCloseTo(1, 0.5);
  });

  it('repeat with the seed', () => {
    expect(evaluateTask(multi, NAMES, createRng(3))).toEqual(evaluateTask(multi, NAMES, createRng(3)));
  });

  it('are of the same rows for both in a comparison: a model against itself differs by exactly nothing', () => {
    const differences = compareTask(regression, regression.predicted, createRng(4));
    expect(differences.every(({ estimate }) => estimate!.low === 0 && estimate!.high === 0)).toBe(true);
    const better = compareTask({ ...ordinal, predicted: ordinal.actual }, ordinal.predicted, createRng(4));
    expect(figure(better, 'quadraticKappa')!.low).toBeGreaterThan(0);
    expect(figure(better, 'mae')!.high).toBeLessThan(0);
  });
});

describe('what is not defined', () => {
  it('is null: kappa of one level, R² and ρ of a number that does not vary', () => {
    const ones = new Float32Array(8).fill(1);
    const kappa = evaluateTask(
      { task: 'ordinal', labels: 3, actual: ones, predicted: ones },
      ['a', 'b', 'c'],
      createRng(1),
    );
    expect(values(kappa.figures)).toEqual({ quadraticKappa: null, mae: 0, accuracy: 1, withinOne: 1 });
    const flat = evaluateTask({ task: 'regression', labels: 1, actual: ones, predicted: ones }, [], createRng(1));
    expect(values(flat.figures)).toEqual({ r2: null, mae: 0, rmse: 0, spearman: null });
  });

  it('is refused where there are no rows', () => {
    const none = new Float32Array();
    expect(() => evaluateTask({ task: 'ordinal', labels: 3, actual: none, predicted: none }, [], createRng(1))).toThrow(
      'stats.empty',
    );
  });
});
