import type { Builder } from '../builder.ts';
import {
  type Attrs,
  type Aval,
  broadcast,
  type Node,
  numberAttr,
  type OpName,
  shapeError,
  type Value,
} from '../graph.ts';
import { type Cotangents, notDifferentiable, type OpRule } from '../rule.ts';

/** The operand that a product's cotangent goes back through. */
interface Product {
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

function productOf(attrs: Attrs): Product {
  return {
    transA: numberAttr(attrs, 'transA', 0) === 1,
    transB: numberAttr(attrs, 'transB', 0) === 1,
    alpha: numberAttr(attrs, 'alpha', 1),
  };
}

function productShape(op: OpName, a: Aval, b: Aval, { transA, transB }: Product): Aval {
  if (a.shape.length < 2 || b.shape.length < 2) throw shapeError(op, `rank below 2: [${a.shape}], [${b.shape}]`);
  const [rows, inner] = transA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const [innerB, columns] = transB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
  if (inner !== innerB) throw shapeError(op, `[${a.shape}]${transA ? 'ᵀ' : ''} × [${b.shape}]${transB ? 'ᵀ' : ''}`);
  const batch = broadcast(op, a.shape.slice(0, -2), b.shape.slice(0, -2));
  return { dtype: a.dtype, shape: [...batch, rows, columns] };
}

/** Cotangents of Y = α·op(A)·op(B), each as one product of the same kind without a Transpose. */
function productVjp(b: Builder, op: 'Gemm' | 'FusedMatMul', node: Node, ct: Value): Cotangents {
  const [x, y] = node.inputs as readonly [Value, Value];
  const { transA, transB, alpha } = productOf(node.attrs);
  const product = (p: Value, q: Value, tp: boolean, tq: boolean) =>
    b.op(op, [p, q], { transA: tp ? 1 : 0, transB: tq ? 1 : 0, alpha });
  return [
    transA ? product(y, ct, transB, true) : product(ct, y, false, !transB),
    transB ? product(ct, x, true, transA) : product(x, ct, !transA, false),
  ];
}

export const MatMul: OpRule = {
  infer: ([a, b]) => [productShape('MatMul', a!, b!, productOf({}))],
  vjp: (b, node, [ct]) => productVjp(b, 'FusedMatMul', node, ct!),
};

export const FusedMatMul: OpRule = {
  infer: ([a, b], attrs) => [productShape('FusedMatMul', a!, b!, productOf(attrs))],
  vjp: (b, node, [ct]) => productVjp(b, 'FusedMatMul', node, ct!),
};

/** Y = α·op(A)·op(B) + β·C with A and B of rank 2; C is optional. */
export const Gemm: OpRule = {
  infer: ([a, b, c], attrs) => {
    if (a!.shape.length !== 2 || b!.shape.length !== 2) {
      throw shapeError('Gemm', `rank must be 2: [${a!.shape}], [${b!.shape}]`);
    }
    const out = productShape('Gemm', a!, b!, productOf(attrs));
    if (c !== undefined && broadcast('Gemm', out.shape, c.shape).some((dim, i) => dim !== out.shape[i])) {
      throw shapeError('Gemm', `[${c.shape}] does not broadcast to [${out.shape}]`);
    }
    return [out];
  },
  vjp: (b, node, [ct]) => {
    const cts = productVjp(b, 'Gemm', node, ct!);
    const addend = node.inputs[2];
    if (addend === undefined) return cts;
    const summed = addend.shape.length === 1 && addend.shape[0] !== 1 ? b.columnSums(ct!) : ct!;
    const beta = numberAttr(node.attrs, 'beta', 1);
    return [...cts, beta === 1 ? summed : b.op('Mul', [summed, b.scalar(beta)])];
  },
};

/** Y = A·(scale·(B − zero)) + bias, where A [rows, inner] is quantised to uint8 when the graph runs, B [inner, columns] is int8 or uint8,
 *  and scale and bias have one value per column. @source onnxruntime, ContribOperators.md */
export const DynamicQuantizeMatMul: OpRule = {
  infer: ([a, b, scale, zero, bias]) => {
    const columns = b!.shape.at(-1)!;
    if (scale!.shape.length !== 1 || scale!.shape[0] !== columns || zero!.dtype !== b!.dtype) {
      throw shapeError('DynamicQuantizeMatMul', `scale [${scale!.shape}] for [${b!.shape}]`);
    }
    if (bias !== undefined && bias.shape[0] !== columns) {
      throw shapeError('DynamicQuantizeMatMul', `bias [${bias.shape}] for [${b!.shape}]`);
    }
    return [productShape('DynamicQuantizeMatMul', a!, b!, productOf({}))];
  },
  vjp: notDifferentiable('DynamicQuantizeMatMul'),
};
