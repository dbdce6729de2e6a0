import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';

/** Σ over rows of KL(softmax(wanted/T) ‖ softmax(logits/T)), both [rows, labels]: how far answers are from those of another model. */
export function softenedDivergence(b: Builder, wanted: Value, logits: Value, temperature: number): Value {
  const softened = (z: Value) => b.op('LogSoftmax', [b.op('Mul', [z, b.scalar(1 / temperature)])], { axis: -1 });
  const target = softened(wanted);
  const apart = b.op('Mul', [b.op('Exp', [target]), b.op('Sub', [target, softened(logits)])]);
  return b.op('ReduceSum', [apart], { keepdims: 0 });
}
