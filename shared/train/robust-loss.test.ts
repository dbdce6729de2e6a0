import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/robust-losses.json' with { type: 'json' };
import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import { repeatedBatch } from './batches.ts';
import { classWeightsOf } from './class-weights.ts';
import { lossValue } from './loss.ts';
import { lossOptions } from './loss-options.ts';
import { PARTNER_INPUT, partnerIndex } from './robust-loss.ts';
import { type RunConfig, suggestConfig } from './run-config.ts';
import { classTargets } from './targets.ts';

const CLASSES = 4;
const LABELS = Int32Array.from(golden.labels);
/** Labels of training rows with the golden file's counts. */
const TRAINING = Int32Array.from(golden.counts.flatMap((count, label) => Array(count).fill(label)));
const BASE: RunConfig = { ...suggestConfig({ rowsPerClass: [9], maxLength: 8, seed: 1 }).config, classWeights: 'none' };

/** Loss and gradient to the logits, as the training graph computes them from a config. */
function lossOf(changes: Partial<RunConfig>, logits: readonly number[]) {
  const config = { ...BASE, ...changes };
  const rows = logits.length / CLASSES;
  const b = new Builder();
  const z = b.input('logits', 'float32', ['rows', CLASSES]);
  const q = b.input('targets', 'float32', ['rows', CLASSES]);
  const options = lossOptions(config, TRAINING, CLASSES);
  const loss = lossValue(b, 'single-label', z, q, b.input('weight', 'float32', []), options);
  const graph = b.graph({ loss, gradient: grad(b, loss, [z])[0]! });
  checkGraph(graph);
  const weights = classWeightsOf(config, TRAINING, CLASSES);
  const targets = classTargets(LABELS, CLASSES, weights, config.labelSmoothing ?? 0);
  const repeated = config.rDrop ? pairs([...targets, ...targets]) : [...targets];
  const found = evaluateGraph(
    graph,
    {
      logits: dense([rows, CLASSES], logits),
      targets: dense([rows, CLASSES], repeated),
      weight: dense([], [1 / rows]),
      [PARTNER_INPUT]: dense([rows], partnerIndex(rows)),
    },
    { rows },
  );
  return { loss: found.get('loss')!.data[0]!, gradient: [...found.get('gradient')!.data] };
}

/** Rows of two halves, each beside its partner. */
function pairs(values: readonly number[]): readonly number[] {
  const half = values.length / 2;
  return values
    .slice(0, half)
    .flatMap((_, i) =>
      i % CLASSES === 0 ? [...values.slice(i, i + CLASSES), ...values.slice(half + i, half + i + CLASSES)] : [],
    );
}

const SINGLE = golden.logits.slice(0, LABELS.length * CLASSES);

describe('loss and gradient are those of PyTorch', () => {
  /** Targets and offsets are float32; the focal loss keeps 1 − p above 10⁻⁶ besides. */
  const cases: readonly (readonly [keyof typeof golden.cases, Partial<RunConfig>, digits: number])[] = [
    ['smoothing', { labelSmoothing: 0.1 }, 6],
    ['weights', { classWeights: 'balanced' }, 6],
    ['weightsAndSmoothing', { classWeights: 'balanced', labelSmoothing: 0.2 }, 6],
    ['effectiveNumber', { classWeights: 'effective-number', effectiveNumberBeta: 0.9 }, 6],
    ['adjusted', { logitAdjustment: 1.5 }, 6],
    ['focal2', { focalGamma: 2 }, 4],
    ['focalHalf', { focalGamma: 0.5 }, 4],
    ['rDrop', { rDrop: 0.7 }, 6],
  ];
  it.each(cases)('%s', (name, changes, digits) => {
    const found = lossOf(changes, name === 'rDrop' ? pairs(golden.logits) : SINGLE);
    const { loss, gradient } = golden.cases[name];
    expect(found.loss).toBeCloseTo(loss, digits);
    (name === 'rDrop' ? pairs(gradient) : gradient).forEach((value, i) => {
      expect(found.gradient[i]).toBeCloseTo(value, digits);
    });
  });
});

describe('gradients agree with central differences', () => {
  const step = 1e-5;
  it.each<Partial<RunConfig>>([
    { focalGamma: 2, labelSmoothing: 0.1, classWeights: 'balanced' },
    { focalGamma: 1, rDrop: 2, logitAdjustment: 1 },
  ])('%o', (changes) => {
    const logits = changes.rDrop ? golden.logits : SINGLE;
    const { gradient } = lossOf(changes, logits);
    for (const at of [0, 5, logits.length - 1]) {
      const moved = (by: number) => lossOf(changes, logits.with(at, logits[at]! + by)).loss;
      expect(gradient[at]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 7);
    }
  });
});

// Lin et al. 2017, eq. 4, differentiated: dL/dz_j = [γ·p·(1 − p)^(γ−1)·log p − (1 − p)^γ]·(δ_jt − p_j).
it('the focal gradient has its closed form', () => {
  const gamma = 2;
  const { gradient } = lossOf({ focalGamma: gamma }, SINGLE);
  for (const [row, label] of LABELS.entries()) {
    const z = SINGLE.slice(row * CLASSES, (row + 1) * CLASSES);
    const sum = z.reduce((total, value) => total + Math.exp(value), 0);
    const p = z.map((value) => Math.exp(value) / sum);
    const pt = p[label]!;
    const factor = gamma * pt * (1 - pt) ** (gamma - 1) * Math.log(pt) - (1 - pt) ** gamma;
    for (const [k, value] of p.entries()) {
      expect(gradient[row * CLASSES + k]).toBeCloseTo((factor * (Number(k === label) - value)) / LABELS.length, 5);
    }
  }
});

it('a row answered with certainty has no focal loss, and its gradient is a number', () => {
  const { loss, gradient } = lossOf(
    { focalGamma: 2 },
    [...LABELS].flatMap((label) => [0, 0, 0, 0].with(label, 200)),
  );
  expect(loss).toBeCloseTo(0, 9);
  for (const value of gradient) expect(value).toBeCloseTo(0, 9);
});

it('weights by effective number are those of the published code, and 0 for a class without rows', () => {
  const config = { ...BASE, classWeights: 'effective-number', effectiveNumberBeta: 0.9 } as const;
  const found = classWeightsOf(config, TRAINING, CLASSES)!;
  golden.effective.forEach((weight, label) => {
    expect(found[label]).toBeCloseTo(weight, 12);
  });
  expect(classWeightsOf(config, TRAINING, CLASSES + 1)!.at(-1)).toBe(0);
});

// scikit-learn 1.9.1: compute_class_weight('balanced', classes=[0, 1], y=[0, 0, 0, 1]) = [0.66666667, 2].
it('balanced weights make all classes count alike', () => {
  const weights = classWeightsOf({ ...BASE, classWeights: 'balanced' }, Int32Array.from([0, 0, 0, 1]), 2)!;
  expect([...weights]).toEqual([2 / 3, 2]);
  // Σw = 2/3 + 2: the rows' targets are w / (mean w) = 0.5 and 1.5.
  expect([...classTargets(Int32Array.from([0, 1]), 2, weights, 0)]).toEqual([0.5, 0, 0, 1.5]);
});

it('a class without rows counts as half a row in logit adjustment', () => {
  const { logitOffset } = lossOptions({ ...BASE, logitAdjustment: 1 }, Int32Array.from([0, 0]), 2);
  expect(logitOffset).toEqual([0, Math.log(0.25)]);
});

it('R-Drop’s batch holds every text twice, each row the partner of its repetition', () => {
  const batch = {
    rows: 2,
    length: 1,
    inputIds: Int32Array.from([7, 8]),
    attentionMask: Uint8Array.from([1, 1]),
    labels: Int32Array.from([0, 1]),
  };
  expect(repeatedBatch(batch)).toMatchObject({ rows: 4, inputIds: Int32Array.from([7, 7, 8, 8]) });
  expect([...partnerIndex(4)]).toEqual([1, 0, 3, 2]);
});
