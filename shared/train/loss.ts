import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { type LossOptions, robustLoss } from './robust-loss.ts';
import type { TrainTask } from './spec.ts';

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
): Value {
  if (task === 'single-label') return robustLoss(b, options, logits, targets, weight);
  const sum = b.op('ReduceSum', [elementLoss(b, task, logits, targets)], { keepdims: 0 });
  return b.op('Mul', [sum, weight]);
}

function elementLoss(b: Builder, task: Exclude<TrainTask, 'single-label'>, logits: Value, targets: Value): Value {
  if (task === 'multi-label') return b.op('Sub', [b.op('Softplus', [logits]), b.op('Mul', [targets, logits])]);
  const difference = b.op('Sub', [logits, targets]);
  return b.op('Mul', [difference, difference]);
}

/** The reciprocal of the number of targets that the task's mean is taken over. */
export function lossWeight(task: TrainTask, rows: number, labels: number): number {
  return 1 / (task === 'single-label' ? rows : rows * labels);
}

/** [rows, classes] with 1 at each row's label. */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) targets[row * classes + label] = 1;
  return targets;
}
