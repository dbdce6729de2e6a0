import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { softenedDivergence } from './softened-divergence.ts';

/** Learning without forgetting: the answers that the model gave before are learnt beside the labels. */
export interface EarlierAnswers {
  /** λo, beside which the labels count 1. */
  readonly weight: number;
  /** T: above 1 second thoughts weigh more. */
  readonly temperature: number;
}

/** What the model answered to a batch before the training, logits [rows, labels]: an input that this loss adds to the graph. */
export const EARLIER_INPUT = 'earlier_logits';

/** λo·Σ over rows of KL(softmax(earlier/T) ‖ softmax(logits/T)), times `rowWeight` (the host's 1/rows); without T², so that λo is that of the source.
 *  @source Li and Hoiem 2016, "Learning without forgetting", eq. 3; ContinualAI/avalanche, training/regularization.py (kl_div, batchmean) */
export function earlierAnswersLoss(
  b: Builder,
  { weight, temperature }: EarlierAnswers,
  logits: Value,
  rowWeight: Value,
): Value {
  const earlier = b.input(EARLIER_INPUT, 'float32', logits.shape);
  const divergence = softenedDivergence(b, earlier, logits, temperature);
  return b.op('Mul', [b.op('Mul', [divergence, b.scalar(weight)]), rowWeight]);
}
