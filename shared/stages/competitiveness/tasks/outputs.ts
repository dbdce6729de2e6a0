import { type LabelThreshold, labelsAbove, labelThresholds } from '../../../statistics/f1-threshold.ts';
import { answeredLevels, levelTargets, type TextTask } from '../../../train/text-task.ts';

/** A number's mean and deviation among the training rows. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** How a model's outputs are read. */
export interface Reading {
  readonly task: TextTask;
  /** Labels or levels; 1 for a number. */
  readonly labels: number;
  /** On logits; null unless several labels are predicted. */
  readonly thresholds: readonly LabelThreshold[] | null;
  /** Null unless a number is predicted. */
  readonly scale: Scale | null;
}

/** Mean and deviation (over all rows) of numbers; a deviation of 0 counts as 1. */
export function scaleOf(values: Float32Array): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation: deviation === 0 ? 1 : deviation };
}

/** Values of rows [rows, width] as a model is trained on them [rows, outputs]: labels as they are, levels as answers to "above level k?", a number
 *  brought to mean 0 and deviation 1. */
export function trainingTargets(
  { task, labels, scale }: Omit<Reading, 'thresholds'>,
  values: Float32Array,
): Float32Array {
  if (task === 'ordinal') return levelTargets(values, labels);
  if (scale === null) return values;
  return values.map((value) => (value - scale.mean) / scale.deviation);
}

/** Where each label's F1 on the dev rows is highest; ½ for all without dev rows. */
export function tunedThresholds(
  logits: Float32Array | null,
  targets: Float32Array,
  labels: number,
): readonly LabelThreshold[] {
  if (logits !== null) return labelThresholds(logits, targets, labels, 0);
  return Array.from({ length: labels }, () => ({ threshold: 0, tuned: false }));
}

/** What outputs [rows, outputs] answer, in the form of values of rows. */
export function answersOf({ task, labels, thresholds, scale }: Reading, outputs: Float32Array): Float32Array {
  if (task === 'multi-label') return labelsAbove(outputs, thresholds ?? tunedThresholds(null, outputs, labels));
  if (task === 'ordinal') return Float32Array.from(answeredLevels(outputs, labels - 1));
  return scale === null ? outputs : outputs.map((value) => value * scale.deviation + scale.mean);
}

/** What values of one row [width] say in words: the labels that it has, its level; a number as it is. */
export function saidBy(
  { task, labels }: { readonly task: TextTask; readonly labels: readonly string[] },
  values: ArrayLike<number>,
) {
  if (task === 'multi-label') return labels.filter((_, label) => values[label] === 1);
  return task === 'ordinal' ? (labels[values[0]!] ?? '') : values[0]!;
}

/** Whether no text says "above level k + 1" with more certainty than "above level k". */
export function isRankConsistent(outputs: Float32Array, questions: number): boolean {
  return outputs.every((value, i) => i % questions === 0 || value <= outputs[i - 1]!);
}
