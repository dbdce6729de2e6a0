import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { type Distillation, distilled } from './distillation.ts';

/** What changes the cross-entropy of a single-label task; absent fields change nothing. Label smoothing and class weights are matters of the targets. */
export interface LossOptions {
  /** γ of the focal loss. */
  readonly focalGamma?: number;
  /** Added to the logits of each class while training; answers are read from the logits without it. */
  readonly logitOffset?: readonly number[];
  /** α of R-Drop. A batch then holds every text twice: rows 2i and 2i + 1 are one text under two dropout masks. */
  readonly rDrop?: number;
  /** Another model's answers to learn besides. */
  readonly distillation?: Distillation;
}

/** Keeps log(1 − p) finite where p is 1 in float32. */
const SMALLEST_REST = 1e-6;
/** For each row the row of the same text under the other mask: an input that R-Drop's loss adds to the graph. */
export const PARTNER_INPUT = 'partner_index';

/** The training loss as a scalar, the sum over rows times `weight` (the host's 1/rows). With z = logits + offset and p = softmax(z):
 *  −Σₖ qₖ·(1 − pₖ)^γ·log pₖ, and for R-Drop α·KL(p‖p′) to the row's partner besides, which over a batch of 2B rows and weight 1/2B
 *  makes ½(CE₁ + CE₂) + α·½(KL₁₂ + KL₂₁) in means over the B texts. No gradient is stopped. `logits` and `targets` are [rows, labels].
 *  @source Lin et al. 2017, "Focal loss for dense object detection"; Menon et al. 2021; Liang et al. 2021, "R-Drop", algorithm 1 */
export function robustLoss(b: Builder, options: LossOptions, logits: Value, targets: Value, weight: Value): Value {
  const own = labelLoss(b, options, logits, targets);
  const { distillation } = options;
  return b.op('Mul', [distillation === undefined ? own : distilled(b, distillation, logits, own), weight]);
}

/** The sum over rows. */
function labelLoss(b: Builder, options: LossOptions, logits: Value, targets: Value): Value {
  const { focalGamma: gamma = 0, logitOffset: offset, rDrop: alpha = 0 } = options;
  const shifted =
    offset === undefined
      ? logits
      : b.op('Add', [logits, b.constant('logit_offset', Float32Array.from(offset), [offset.length])]);
  const logP = b.op('LogSoftmax', [shifted], { axis: -1 });
  const p = gamma > 0 || alpha > 0 ? b.op('Exp', [logP]) : null;
  const focus = gamma > 0 && p !== null ? b.op('Mul', [logP, restToThe(b, p, gamma)]) : logP;
  const crossEntropy = b.op('Neg', [b.op('ReduceSum', [b.op('Mul', [targets, focus])], { keepdims: 0 })]);
  if (alpha === 0 || p === null) return crossEntropy;
  const partner = b.op('Gather', [logP, b.input(PARTNER_INPUT, 'int32', ['rows'])]);
  const divergence = b.op('ReduceSum', [b.op('Mul', [p, b.op('Sub', [logP, partner])])], { keepdims: 0 });
  return b.op('Add', [crossEntropy, b.op('Mul', [divergence, b.scalar(alpha)])]);
}

/** (1 − p)^γ. */
function restToThe(b: Builder, p: Value, gamma: number): Value {
  const rest = b.op('Sub', [b.scalar(1 + SMALLEST_REST), p]);
  return b.op('Exp', [b.op('Mul', [b.op('Log', [rest]), b.scalar(gamma)])]);
}

/** What `PARTNER_INPUT` holds for a batch in which every row stands twice, one below the other. */
export function partnerIndex(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row ^ 1);
}
