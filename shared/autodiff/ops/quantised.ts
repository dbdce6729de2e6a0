import { numberAttr, type OpName, shapeError } from '../graph.ts';
import { notDifferentiable, type OpRule } from '../rule.ts';

/** Operators on weights that are kept in fewer bits; no gradient passes them. */

const product = (
  op: OpName,
  rows: readonly (number | string)[],
  inner: unknown,
  wanted: unknown,
  columns: number | string,
) => {
  if (inner !== wanted) throw shapeError(op, `inner sizes ${String(inner)} and ${String(wanted)}`);
  return [{ dtype: 'float32' as const, shape: [...rows, columns] }];
};

/** round(x / scale) + zero as uint8, one scale for the whole tensor. @source ONNX, QuantizeLinear-13 */
export const QuantizeLinear: OpRule = {
  infer: ([x, , zero]) => [{ dtype: zero!.dtype, shape: x!.shape }],
  vjp: notDifferentiable('QuantizeLinear'),
};

/** Y = scale_a·(A − zero_a)·scale_b·(B − zero_b) + bias with A [rows, inner] and B [inner, columns] of bytes; one scale of A, one per column of B.
 *  @source onnxruntime, ContribOperators.md */
export const MatMulIntegerToFloat: OpRule = {
  infer: ([a, b, , scale]) => {
    const columns = b!.shape.at(-1)!;
    if (scale!.shape[0] !== columns)
      throw shapeError('MatMulIntegerToFloat', `scale [${scale!.shape}] for [${b!.shape}]`);
    return product('MatMulIntegerToFloat', a!.shape.slice(0, -1), a!.shape.at(-1), b!.shape[0], columns);
  },
  vjp: notDifferentiable('MatMulIntegerToFloat'),
};

/** Y = A·Bᵀ with B [N, K] in blocks of a row: bytes [N, blocks, block_size / 2], two values a byte, scales [N·blocks].
 *  @source onnxruntime, ContribOperators.md */
export const MatMulNBits: OpRule = {
  infer: ([a, bytes], attrs) => {
    const [inner, columns] = [numberAttr(attrs, 'K', 0), numberAttr(attrs, 'N', 0)];
    if (bytes!.shape[0] !== columns) throw shapeError('MatMulNBits', `[${bytes!.shape}] for ${columns} columns`);
    return product('MatMulNBits', a!.shape.slice(0, -1), a!.shape.at(-1), inner, columns);
  },
  vjp: notDifferentiable('MatMulNBits'),
};
