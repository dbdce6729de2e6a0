import { labelsAbove, labelThresholds } from '../statistics/f1-threshold.ts';
import { softplus } from '../statistics/sigmoid.ts';
import { quadraticKappa } from '../statistics/weighted-kappa.ts';
import type { TaskLossOptions } from './loss.ts';
import type { RunConfig } from './run-config.ts';

/** What can be predicted of a text besides one of several classes: any of several labels, a level of a rating, a number. */
export const TEXT_TASKS = ['multi-label', 'ordinal', 'regression'] as const;
export type TextTask = (typeof TEXT_TASKS)[number];

export interface TextTaskSpec {
  readonly type: TextTask;
  readonly loss: TaskLossOptions;
}

/** Outputs of a model: one per label; one less than levels (the questions "above level k?"); one. */
export function outputsOf(task: TextTask, labels: number): number {
  if (task === 'multi-label') return labels;
  return task === 'ordinal' ? labels - 1 : 1;
}

/** Options of a run that only cross-entropy over classes has, and those of other tasks. */
const ONLY_CLASSES = [
  'labelSmoothing',
  'focalGamma',
  'logitAdjustment',
  'rDrop',
  'contrastive',
  'continual',
  'augmentation',
] as const;
export type UnfitOption = (typeof ONLY_CLASSES)[number] | 'classWeights' | 'huberDelta';

/** Whether an option of a run means something for what is predicted. Class weights of a multi-label task are BCE's weights of what is there. */
export function optionFits(task: TextTask | 'single-label', option: UnfitOption): boolean {
  if (option === 'huberDelta') return task === 'regression';
  if (option === 'classWeights') return task === 'single-label' || task === 'multi-label';
  return task === 'single-label';
}

/** Options of a config that do not fit what is predicted; empty for a sound one. */
export function unfitOptions(task: TextTask | 'single-label', config: RunConfig): readonly UnfitOption[] {
  const chosen: UnfitOption[] = ONLY_CLASSES.filter((option) => config[option] !== undefined);
  if (config.huberDelta !== undefined) chosen.push('huberDelta');
  if (config.classWeights !== 'none') chosen.push('classWeights');
  const unfit = chosen.filter((option) => !optionFits(task, option));
  // Effective numbers weigh classes against each other; labels that stand side by side have none.
  if (task === 'multi-label' && config.classWeights === 'effective-number') unfit.push('classWeights');
  return unfit;
}

/** The loss that a config asks for, from the training targets [rows, outputs]. */
export function taskLoss(task: TextTask, config: RunConfig, targets: Float32Array, outputs: number): TaskLossOptions {
  if (task === 'regression') return config.huberDelta === undefined ? {} : { huberDelta: config.huberDelta };
  if (task !== 'multi-label' || config.classWeights !== 'balanced') return {};
  const rows = targets.length / outputs;
  const positives = new Float64Array(outputs);
  targets.forEach((target, i) => {
    positives[i % outputs]! += target;
  });
  // Rows without over rows with the label; a label of no row counts as if it had one.
  return { positiveWeights: Array.from(positives, (count) => (rows - count) / Math.max(1, count)) };
}

/** Targets of levels 0 … levels − 1 as answers to the questions "above level k?" [rows, levels − 1]. */
export function levelTargets(level: ArrayLike<number>, levels: number): Float32Array {
  const questions = levels - 1;
  return Float32Array.from({ length: level.length * questions }, (_, i) =>
    level[Math.floor(i / questions)]! > i % questions ? 1 : 0,
  );
}

/** The level of each row of answers [rows, questions]: as many as say yes (logit above 0). */
export function answeredLevels(logits: ArrayLike<number>, questions: number): Int32Array {
  const levels = new Int32Array(logits.length / questions);
  for (let i = 0; i < logits.length; i++) if (logits[i]! > 0) levels[Math.floor(i / questions)]!++;
  return levels;
}

export interface TaskScore {
  /** By which the best weights are chosen; more is better. */
  readonly score: number;
  /** Mean loss, without weights and Huber's δ. */
  readonly loss: number;
}

/** How `logits` [rows, outputs] do against `targets` of the same form: micro-F1 with thresholds tuned on these very rows (those rows choose both),
 *  quadratic kappa (0 where not defined), R² (0 where the target does not vary). */
export function taskScore(task: TextTask, logits: Float32Array, targets: Float32Array, outputs: number): TaskScore {
  const rows = logits.length / outputs;
  if (task === 'regression') {
    const mean = targets.reduce((sum, value) => sum + value, 0) / rows;
    let error = 0;
    let spread = 0;
    targets.forEach((target, row) => {
      error += (logits[row]! - target) ** 2;
      spread += (target - mean) ** 2;
    });
    return { score: spread === 0 ? 0 : 1 - error / spread, loss: error / rows };
  }
  let loss = 0;
  logits.forEach((z, i) => {
    loss += softplus(z) - z * targets[i]!;
  });
  if (task === 'ordinal') {
    const levels = outputs + 1;
    const counts = new Float64Array(levels * levels);
    const answered = answeredLevels(logits, outputs);
    // A target of 1 is a "yes" as a positive logit is one.
    answeredLevels(targets, outputs).forEach((level, row) => {
      counts[level * levels + answered[row]!]!++;
    });
    return { score: quadraticKappa(counts, levels) ?? 0, loss: loss / rows };
  }
  const named = labelsAbove(logits, labelThresholds(logits, targets, outputs, 0));
  let hits = 0;
  let both = 0;
  named.forEach((yes, i) => {
    hits += yes * targets[i]!;
    both += yes + targets[i]!;
  });
  return { score: both === 0 ? 0 : (2 * hits) / both, loss: loss / (rows * outputs) };
}
