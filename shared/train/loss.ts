import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { type LossOptions, robustLoss } from './robust-loss.ts';
import type { TrainTask } from './spec.ts';

/** What changes the loss of a task other than single-label; absent fields change nothing. */
export interface TaskLossOptions {
  /** [labels]: how much a label that a text has counts beside one that it has not. @source torch.nn.BCEWithLogitsLoss(pos_weight) */
  readonly positiveWeights?: readonly number[];
  /** δ: beyond it an error counts linearly. The loss is then ½d² within. @source Huber 1964; torch.nn.HuberLoss(delta) */
  readonly huberDelta?: number;
}

/** The loss as a scalar: the sum over rows and labels of the task's loss, times `weight` (the host's 1/number of targets).
 *  `logits` and `targets` are [rows, labels]; class weights, label smoothing and soft labels are matters of `targets` and `weight`.
 *  Cross-entropy −q·log p, which `options` may change; binary cross-entropy softplus(z) − q·z; squared error (z − q)². */
export function lossValue(
  b: Builder,
  task: TrainTask,
  logits: Value,
  targets: Value,
  weight: Value,
  options: LossOptions = {},
  taskOptions: TaskLossOptions = {},
): Value {
  if (task === 'single-label') return robustLoss(b, options, logits, targets, weight);
  const elements =
    task === 'regression'
      ? errorLoss(b, logits, targets, taskOptions.huberDelta)
      : binaryCrossEntropy(b, logits, targets, taskOptions.positiveWeights);
  return b.op('Mul', [b.op('ReduceSum', [elements], { keepdims: 0 }), weight]);
}

/** softplus(z) − q·z, and with weights w of what is there (1 + (w − 1)·q)·softplus(z) − w·q·z. */
function binaryCrossEntropy(b: Builder, logits: Value, targets: Value, weights: readonly number[] | undefined): Value {
  const softplus = b.op('Softplus', [logits]);
  if (weights === undefined) return b.op('Sub', [softplus, b.op('Mul', [targets, logits])]);
  const vector = (name: string, values: readonly number[]) =>
    b.constant(name, Float32Array.from(values), [values.length]);
  const more = b.op('Mul', [
    targets,
    vector(
      'positive_weights_less_1',
      weights.map((w) => w - 1),
    ),
  ]);
  const counted = b.op('Mul', [b.op('Add', [more, b.scalar(1)]), softplus]);
  return b.op('Sub', [counted, b.op('Mul', [b.op('Mul', [targets, vector('positive_weights', weights)]), logits])]);
}

/** d², or Huber's loss as ½(d² − (d − δ)₊² − (−d − δ)₊²). */
function errorLoss(b: Builder, logits: Value, targets: Value, delta: number | undefined): Value {
  const difference = b.op('Sub', [logits, targets]);
  const square = (x: Value) => b.op('Mul', [x, x]);
  if (delta === undefined) return square(difference);
  const beyond = (x: Value) => square(b.op('Relu', [b.op('Sub', [x, b.scalar(delta)])]));
  const outside = b.op('Add', [beyond(difference), beyond(b.op('Neg', [difference]))]);
  return b.op('Mul', [b.op('Sub', [square(difference), outside]), b.scalar(0.5)]);
}

/** The reciprocal of the number of targets that the task's mean is taken over. */
export function lossWeight(task: TrainTask, rows: number, labels: number): number {
  return 1 / (task === 'single-label' || task === 'ordinal' ? rows : rows * labels);
}

/** [rows, classes] with 1 at each row's label. */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) targets[row * classes + label] = 1;
  return targets;
}
