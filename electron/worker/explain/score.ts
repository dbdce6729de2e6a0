import { sigmoid } from '../../../shared/statistics/sigmoid.ts';
import type { ExplainRequest } from '../../../shared/worker/explanation.ts';

type Asked = Pick<ExplainRequest, 'task' | 'classes' | 'scale'>;

/** What is explained of an answer: the product of `weights` [outputs] with its logits, plus `offset`. */
export interface Score {
  readonly weights: Float64Array;
  readonly offset: number;
}

/** The score that a request asks about: of a class its logit less the mean of all, as adding a number to every logit changes no answer; of a label its
 *  logit; of a rating what its questions share, a logit less that question's bias; of a number its value in its own unit.
 *  @param biases [outputs] of the head   @source of the score of a rating: Cao et al. 2020, "Rank consistent ordinal regression" (CORAL) */
export function askedScore({ task, classes, scale }: Asked, target: number, biases: Float32Array): Score {
  const weights = Float64Array.from({ length: classes }, (_, k) => (k === target ? 1 : 0));
  if (task === undefined) return { weights: weights.map((weight) => weight - 1 / classes), offset: 0 };
  if (task === 'ordinal') return { weights, offset: -biases[target]! };
  if (scale === undefined) return { weights, offset: 0 };
  return { weights: weights.map((weight) => weight * scale.deviation), offset: scale.mean };
}

export function scoreOf(logits: Float32Array, { weights, offset }: Score): number {
  return weights.reduce((sum, weight, k) => sum + weight * logits[k]!, offset);
}

/** What a request asks about has a probability: a class among the others, or a label by itself. */
export type LikelyTask = Extract<Asked['task'], 'multi-label' | undefined>;

/** The probability of a class or label in logits of one text. */
export function probabilityOf(task: LikelyTask, logits: Float32Array, target: number): number {
  if (task === 'multi-label') return sigmoid(logits[target]!);
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, value) => total + Math.exp(value - largest), 0);
  return Math.exp(logits[target]! - largest) / sum;
}
