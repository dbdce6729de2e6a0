import { type Rows, selectRows } from '../linear-algebra/sparse.ts';
import { fitLogistic } from '../statistics/logistic-regression.ts';
import { fitOrdinal, logitOfShare } from '../statistics/ordinal-regression.ts';
import { fitRidge, fitSparseRidge, ridgeSums } from '../statistics/ridge-regression.ts';
import { answeredLevels, type TextTask } from './text-task.ts';

/** One linear layer on an encoder's vectors: outputs [rows, outputs] = x·weightᵀ + bias. */
export interface LinearHead {
  /** [outputs, features]; one row for an ordinal task, which all its outputs share. */
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** The linear head of a task on fixed vectors: logistic regression of each label against the rest, ordinal logistic regression, or ridge regression
 *  (penalty 1/C). A label that all or no rows have is answered by its log odds alone. `targets` [rows, outputs] as in training. */
export function fitLinearHead(
  task: TextTask,
  x: Rows,
  targets: Float32Array,
  outputs: number,
  c: number,
  onIteration: () => void = () => undefined,
): LinearHead {
  if (task === 'ordinal') {
    const level = answeredLevels(targets, outputs);
    if (new Set(level).size < 2) {
      const bias = Float64Array.from({ length: outputs }, (_, k) => logitOfShare(level, k));
      return { weight: new Float64Array(x.columns), bias };
    }
    const { weights, intercepts } = fitOrdinal(x, level, { levels: outputs + 1, c, onIteration });
    return { weight: weights, bias: intercepts };
  }
  if (task === 'regression') {
    const { weights, intercept } =
      x.type === 'sparse' ? fitSparseRidge(x, targets, 1 / c, { onIteration }) : fitRidge(ridgeSums(x, targets), 1 / c);
    return { weight: weights, bias: Float64Array.of(intercept) };
  }
  const weight = new Float64Array(outputs * x.columns);
  const bias = new Float64Array(outputs);
  for (let label = 0; label < outputs; label++) {
    const has = Int32Array.from({ length: x.rows }, (_, row) => targets[row * outputs + label]!);
    if (new Set(has).size < 2) {
      bias[label] = logitOfShare(has, 0);
      continue;
    }
    const model = fitLogistic(x, has, { classes: 2, c, onIteration });
    weight.set(model.weights, label * x.columns);
    bias[label] = model.intercepts[0]!;
  }
  return { weight, bias };
}

/** Outputs [rows, outputs] of a head. */
export function linearOutputs({ weight, bias }: LinearHead, x: Rows): Float32Array {
  const outputs = bias.length;
  const shared = weight.length === x.columns;
  const found = new Float32Array(x.rows * outputs);
  for (let row = 0; row < x.rows; row++) {
    let score = 0;
    for (let output = 0; output < outputs; output++) {
      if (output === 0 || !shared) {
        const at = shared ? 0 : output * x.columns;
        score = rowTimes(x, row, weight, at);
      }
      found[row * outputs + output] = score + bias[output]!;
    }
  }
  return found;
}

/** Row `row` times the weights from `at` on. */
function rowTimes(x: Rows, row: number, weight: Float64Array, at: number): number {
  let sum = 0;
  if (x.type === 'sparse')
    for (let i = x.start[row]!; i < x.start[row + 1]!; i++) sum += x.value[i]! * weight[at + x.column[i]!]!;
  else for (let j = 0; j < x.columns; j++) sum += x.value[row * x.columns + j]! * weight[at + j]!;
  return sum;
}

/** Inverse strengths of the penalty that are tried. */
const C_GRID = [0.1, 1, 10, 100] as const;

/** The head whose outputs score best on the dev rows; of equal ones the most strongly penalised. Without dev rows C = 1. */
export function chooseLinearHead(
  task: TextTask,
  x: Rows,
  targets: Float32Array,
  outputs: number,
  parts: { readonly train: Int32Array; readonly dev: Int32Array },
  score: (outputs: Float32Array, targets: Float32Array) => number,
  onProgress: (share: number) => void = () => undefined,
): { readonly head: LinearHead; readonly c: number } {
  const asRows = { type: 'dense', rows: x.rows, columns: outputs, value: targets } as const;
  const targetsOf = (rows: Int32Array) => selectRows(asRows, rows).value;
  const train = selectRows(x, parts.train);
  const dev = selectRows(x, parts.dev);
  const learnt = targetsOf(parts.train);
  const fitted = (c: number, done: number) =>
    fitLinearHead(task, train, learnt, outputs, c, () => onProgress(done / C_GRID.length));
  if (parts.dev.length === 0) return { head: fitted(1, 0), c: 1 };
  const known = targetsOf(parts.dev);
  let best: { head: LinearHead; c: number; score: number } | null = null;
  for (const [done, c] of C_GRID.entries()) {
    const head = fitted(c, done);
    const found = score(linearOutputs(head, dev), known);
    if (best === null || found > best.score) best = { head, c, score: found };
  }
  return best!;
}
