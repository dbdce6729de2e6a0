import { type Attrs, type Aval, type Dim, type Node, numberAttr, numbersAttr, type OpName } from '../graph.ts';
import type { OpRule } from '../rule.ts';

/** Axes of a reduction, counted from the front. Without the attribute `axes` all of them. */
function axesOf(op: OpName, rank: number, attrs: Attrs): readonly number[] {
  if (attrs.axes === undefined) return Array.from({ length: rank }, (_, i) => i);
  return numbersAttr(op, attrs, 'axes').map((axis) => (axis < 0 ? axis + rank : axis));
}

function reducedShape(op: OpName, x: Aval, attrs: Attrs, keepDims: boolean): readonly Dim[] {
  const axes = axesOf(op, x.shape.length, attrs);
  return x.shape.flatMap((dim, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [dim]));
}

function inferReduction(op: OpName): OpRule['infer'] {
  return ([x], attrs) => {
    const shape = reducedShape(op, x!, attrs, numberAttr(attrs, 'keepdims', 1) === 1);
    return [{ dtype: x!.dtype, shape }];
  };
}

const keptShape = (op: OpName, node: Node) => reducedShape(op, node.inputs[0]!, node.attrs, true);

export const ReduceSum: OpRule = {
  infer: inferReduction('ReduceSum'),
  vjp: (b, node, [ct]) => {
    const kept = b.reshape(ct!, keptShape('ReduceSum', node));
    return [b.op('Expand', [kept], { shape: node.inputs[0]!.shape })];
  },
};

export const ReduceSumSquare: OpRule = {
  infer: inferReduction('ReduceSumSquare'),
  vjp: (b, node, [ct]) => {
    const kept = b.reshape(ct!, keptShape('ReduceSumSquare', node));
    return [b.op('Mul', [node.inputs[0]!, b.op('Mul', [kept, b.scalar(2)])])];
  },
};

const sameType: OpRule['infer'] = ([x]) => [{ dtype: x!.dtype, shape: x!.shape }];

/** Softmax over the last axis; its VJP needs only the output. */
export const Softmax: OpRule = {
  infer: sameType,
  vjp: (b, { outputs: [y] }, [ct]) => {
    const inner = b.op('ReduceSum', [b.op('Mul', [ct!, y!])], { axes: [-1], keepdims: 1 });
    return [b.op('Mul', [y!, b.op('Sub', [ct!, inner])])];
  },
};

/** Log-softmax over the last axis. */
export const LogSoftmax: OpRule = {
  infer: sameType,
  vjp: (b, { outputs: [y] }, [ct]) => {
    const total = b.op('ReduceSum', [ct!], { axes: [-1], keepdims: 1 });
    return [b.op('Sub', [ct!, b.op('Mul', [b.op('Exp', [y!]), total])])];
  },
};
