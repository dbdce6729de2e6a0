import { createHash } from 'node:crypto';
import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { createRng } from '../../../shared/rng.ts';
import type { PreparedData } from '../../../shared/stages/competitiveness/contract.ts';
import { checkData } from '../../../shared/stages/competitiveness/data-check.ts';
import {
  calibrate,
  type LabelledLogits,
} from '../../../shared/stages/competitiveness/evaluation/calibration-scores.ts';
import {
  type DemandWeightedInput,
  demandWeightedAccuracy,
} from '../../../shared/stages/competitiveness/evaluation/demand-weighted.ts';
import { comparePredictions, evaluatePredictions } from '../../../shared/stages/competitiveness/evaluation/evaluate.ts';
import type {
  ComparisonResult,
  Evaluation,
  TemperatureResult,
} from '../../../shared/stages/competitiveness/results.ts';
import { splitRows } from '../../../shared/stages/competitiveness/split.ts';
import { rankStrategies } from '../../../shared/stages/competitiveness/strategy/rank-strategies.ts';
import type { StrategyResult } from '../../../shared/stages/competitiveness/strategy/results.ts';
import type { StrategyInput } from '../../../shared/stages/competitiveness/strategy/strategy-input.ts';
import { nearDuplicates } from '../../../shared/stages/demand/clean/near-duplicates.ts';
import { comparisonForm } from '../../../shared/stages/demand/clean/normalise-text.ts';
import type { ComputeTask } from '../task.ts';
import { softmaxRows } from './softmax.ts';

const NEAR_DUPLICATE_THRESHOLD = 0.9;

export interface SplitTaskInput {
  readonly classes: readonly string[];
  readonly labels: Int32Array;
  readonly texts: StringTable;
  readonly test:
    | { readonly type: 'share'; readonly share: number }
    | { readonly type: 'dataset'; readonly isTest: Uint8Array };
  readonly devShare: number;
  readonly seed: number;
  readonly tokenLengths: Int32Array;
  readonly maxLength: number;
}

export interface SplitTaskOutput {
  readonly part: Uint8Array;
  readonly result: PreparedData;
}

/** The parts of labelled rows, and what is to be known of them. `forms`: the texts as they are compared. */
export function splitAndCheck({
  texts,
  forms,
  seed,
  tokenLengths,
  maxLength,
  ...rest
}: Omit<SplitTaskInput, 'texts'> & {
  readonly texts: readonly string[];
  readonly forms: readonly string[];
}): SplitTaskOutput {
  const { part, result } = splitRows({
    ...rest,
    texts,
    forms,
    seed,
    rng: createRng(seed),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const nearDuplicateOf = nearDuplicates(forms, null, NEAR_DUPLICATE_THRESHOLD);
  const { classes, labels } = rest;
  const check = checkData({ classes, labels, forms, part, nearDuplicateOf, tokenLengths, maxLength });
  return { part, result: { split: result, check } };
}

export const splitTask: ComputeTask<SplitTaskInput, SplitTaskOutput> = {
  run({ texts: table, ...rest }) {
    const texts = unpackStrings(table);
    return splitAndCheck({ ...rest, texts, forms: texts.map(comparisonForm) });
  },
};

export const evaluateTask: ComputeTask<
  {
    readonly classes: readonly string[];
    readonly actual: Int32Array;
    /** [rows × classes] */
    readonly logits: Float32Array;
    readonly seed: number;
  },
  { readonly evaluation: Evaluation; readonly predictions: Int32Array; readonly confidence: Float32Array }
> = {
  run({ classes, actual, logits, seed }) {
    const probabilities = softmaxRows(logits, classes.length);
    const predictions = new Int32Array(actual.length);
    const confidence = new Float32Array(actual.length);
    for (let row = 0; row < actual.length; row++) {
      const cells = probabilities.subarray(row * classes.length, (row + 1) * classes.length);
      const best = cells.reduce((top, value, label) => (value > cells[top]! ? label : top), 0);
      predictions[row] = best;
      confidence[row] = cells[best]!;
    }
    const evaluation = evaluatePredictions({
      labels: classes,
      actual,
      predicted: predictions,
      probabilities,
      demandWeighted: null,
      rng: createRng(seed),
    });
    return { evaluation, predictions, confidence };
  },
};

export const calibrateTask: ComputeTask<
  { readonly classes: number; readonly dev: LabelledLogits; readonly test: LabelledLogits; readonly seed: number },
  TemperatureResult
> = {
  run: ({ classes, dev, test, seed }) => calibrate(classes, dev, test, seed),
};

export const demandWeightedTask: ComputeTask<
  Omit<DemandWeightedInput, 'rng' | 'draws'> & { readonly seed: number },
  Evaluation['demandWeighted']
> = {
  run: ({ seed, ...rest }) => demandWeightedAccuracy({ ...rest, rng: createRng(seed) }),
};

export const compareTask: ComputeTask<
  {
    readonly runId: string;
    readonly referenceId: string;
    readonly testLock: string;
    readonly classes: number;
    readonly actual: Int32Array;
    readonly predicted: Int32Array;
    readonly reference: Int32Array;
    readonly seed: number;
  },
  ComparisonResult
> = {
  run: ({ seed, ...rest }) => comparePredictions({ ...rest, rng: createRng(seed) }),
};

export const decideTask: ComputeTask<
  Omit<StrategyInput, 'rng' | 'onProgress'> & { readonly seed: number },
  Omit<StrategyResult, 'plans'>
> = {
  run: ({ seed, ...rest }, context) =>
    rankStrategies({
      ...rest,
      rng: createRng(seed),
      onProgress: (fraction) =>
        context.progress({
          fraction,
          phase: 'drawing',
          done: Math.round(fraction * rest.draws),
          total: rest.draws,
          unit: 'draws',
          rate: null,
          etaMs: null,
        }),
    }),
};
