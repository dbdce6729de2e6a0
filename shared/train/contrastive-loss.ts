import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { unitLength } from './inference-graph.ts';
import type { PairTargets } from './spec.ts';

export type ContrastLoss = 'supcon' | 'cosine';

/** Inputs that say which rows of a batch belong together, both [rows, rows] (`PairTargets`). */
export const PAIR_WANTED = 'pair_wanted';
export const PAIR_GIVEN = 'pair_given';

/** τ of the supervised contrastive loss. @source Khosla et al. 2020 (0.07) */
const TEMPERATURE = 0.07;
/** Added to the similarity of a row with itself: it is nobody's neighbour. */
const SELF = -1e9;

/** The loss as a scalar from the pooled vectors [rows, hidden], each brought to unit length z.
 *  `supcon`: mean over anchors i with positives of −1/|P(i)| Σ over p in P(i) of log(exp(zᵢ·zₚ/τ) / Σ over a ≠ i of exp(zᵢ·zₐ/τ));
 *  `cosine`: mean over pairs of (zᵢ·zⱼ − y)², y 1 for one class and 0 for two.
 *  @source Khosla et al. 2020, "Supervised contrastive learning", eq. 2 (HobbitLong/SupContrast); Tunstall et al. 2022, SetFit */
export function contrastiveLoss(b: Builder, loss: ContrastLoss, pooled: Value): Value {
  const unit = unitLength(b, pooled);
  const similarity = b.op('Gemm', [unit, unit], { transB: 1 });
  const wanted = b.input(PAIR_WANTED, 'float32', similarity.shape);
  const given = b.input(PAIR_GIVEN, 'float32', similarity.shape);
  if (loss === 'cosine') {
    const apart = b.op('Sub', [similarity, wanted]);
    return b.op('ReduceSum', [b.op('Mul', [given, b.op('Mul', [apart, apart])])], { keepdims: 0 });
  }
  const scores = b.op('Add', [b.op('Mul', [similarity, b.scalar(1 / TEMPERATURE)]), given]);
  const logP = b.op('LogSoftmax', [scores], { axis: -1 });
  return b.op('Neg', [b.op('ReduceSum', [b.op('Mul', [wanted, logP])], { keepdims: 0 })]);
}

/** For `supcon`: `wanted` has 1/(|P(i)|·anchors) at each pair of one class, `given` shuts each row out of its own neighbours. */
export function classPairs(labels: Int32Array): PairTargets {
  const rows = labels.length;
  const wanted = new Float32Array(rows * rows);
  const given = new Float32Array(rows * rows);
  const alike = (row: number) =>
    labels.reduce((sum, label, other) => sum + Number(other !== row && label === labels[row]), 0);
  const positives = Int32Array.from(labels, (_, row) => alike(row));
  const anchors = positives.filter((count) => count > 0).length;
  for (let row = 0; row < rows; row++) {
    given[row * rows + row] = SELF;
    for (let other = 0; other < rows; other++) {
      if (other === row || labels[other] !== labels[row]) continue;
      wanted[row * rows + other] = 1 / (positives[row]! * anchors);
    }
  }
  return { wanted, given };
}

/** For `cosine`: rows 2i and 2i + 1 are a pair; `wanted` has 1 where they are of one class, `given` each pair's share of the mean. */
export function neighbourPairs(labels: Int32Array): PairTargets {
  const rows = labels.length;
  const wanted = new Float32Array(rows * rows);
  const given = new Float32Array(rows * rows);
  for (let row = 0; row + 1 < rows; row += 2) {
    wanted[row * rows + row + 1] = Number(labels[row] === labels[row + 1]);
    given[row * rows + row + 1] = 2 / rows;
  }
  return { wanted, given };
}
