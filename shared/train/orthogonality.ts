import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';

/** What keeps AdaLoRA's A and B like singular vectors: the mean over all of them of ‖A·Aᵀ − I‖ and ‖Bᵀ·B − I‖ (Frobenius norms, not squared).
 *  `matrices` are [rank, in] for A and [out, rank] for B. @source peft 0.21.2, tuners/adalora/model.py AdaLoraModel.forward (the paper squares) */
export function orthogonalityPenalty(
  b: Builder,
  matrices: readonly { readonly kind: 'A' | 'B'; readonly value: Value }[],
): Value {
  const norms = matrices.map(({ kind, value }) => {
    const product = b.op('Gemm', [value, value], kind === 'A' ? { transB: 1 } : { transA: 1 });
    const difference = b.op('Sub', [product, identity(b, Number(value.shape[kind === 'A' ? 0 : 1]))]);
    return b.op('Sqrt', [b.op('ReduceSumSquare', [difference], { keepdims: 0 })]);
  });
  const sum = norms.reduce((total, norm) => b.op('Add', [total, norm]));
  return b.op('Mul', [sum, b.scalar(1 / norms.length)]);
}

function identity(b: Builder, size: number): Value {
  const data = new Float32Array(size * size);
  for (let i = 0; i < size; i++) data[i * size + i] = 1;
  return b.constant(`identity_${b.nodes.length}`, data, [size, size]);
}
