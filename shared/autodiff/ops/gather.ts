import {
  broadcast,
  type Dim,
  dimProduct,
  numberAttr,
  numbersAttr,
  sameShape,
  shapeAttr,
  shapeError,
  type Value,
} from '../graph.ts';
import { notDifferentiable, type OpRule } from '../rule.ts';

/** Rows of a rank-2 table by an int32 index of rank 1. The VJP adds with ScatterElements: ScatterND's add loses updates on several threads. */
export const Gather: OpRule = {
  infer: ([table, index]) => {
    if (table!.shape.length !== 2 || index!.shape.length !== 1) {
      throw shapeError('Gather', `table [${table!.shape}], index [${index!.shape}]; ranks must be 2 and 1`);
    }
    return [{ dtype: table!.dtype, shape: [index!.shape[0]!, table!.shape[1]!] }];
  },
  vjp: (b, node, [ct]) => {
    const [table, index] = node.inputs as readonly [Value, Value];
    const wide = b.op('Expand', [b.reshape(index, [index.shape[0]!, 1])], { shape: ct!.shape });
    return [b.op('ScatterElements', [b.filled(table.shape, 0), wide, ct!]), null];
  },
};

/** data with updates added at (index[i, j], j): axis 0, reduction add. */
export const ScatterElements: OpRule = {
  infer: ([data, index, updates]) => {
    if (!sameShape(index!.shape, updates!.shape)) {
      throw shapeError('ScatterElements', `index [${index!.shape}] and updates [${updates!.shape}] differ`);
    }
    return [{ dtype: data!.dtype, shape: data!.shape }];
  },
  vjp: notDifferentiable('ScatterElements'),
};

export const Reshape: OpRule = {
  infer: ([x], attrs) => {
    const shape = shapeAttr('Reshape', attrs, 'shape');
    if (dimProduct(...shape) !== dimProduct(...x!.shape)) throw shapeError('Reshape', `[${x!.shape}] to [${shape}]`);
    return [{ dtype: x!.dtype, shape }];
  },
  vjp: (b, node, [ct]) => [b.reshape(ct!, node.inputs[0]!.shape)],
};

export const Expand: OpRule = {
  infer: ([x], attrs) => {
    const shape = shapeAttr('Expand', attrs, 'shape');
    if (!sameShape(broadcast('Expand', x!.shape, shape), shape)) {
      throw shapeError('Expand', `[${x!.shape}] to [${shape}]`);
    }
    return [{ dtype: x!.dtype, shape }];
  },
  vjp: (_b, _node, [ct]) => [ct!],
};

export const ConstantOfShape: OpRule = {
  infer: (_inputs, attrs) => [{ dtype: 'float32', shape: shapeAttr('ConstantOfShape', attrs, 'shape') }],
  vjp: () => [],
};

export const Transpose: OpRule = {
  infer: ([x], attrs) => {
    const perm = numbersAttr('Transpose', attrs, 'perm');
    const expected = x!.shape.map((_, i) => i);
    if (
      !sameShape(
        perm.toSorted((p, q) => p - q),
        expected,
      )
    ) {
      throw shapeError('Transpose', `[${perm}] is no permutation of the axes of [${x!.shape}]`);
    }
    return [{ dtype: x!.dtype, shape: perm.map((axis) => x!.shape[axis]!) }];
  },
  vjp: (b, node, [ct]) => {
    const perm = numbersAttr('Transpose', node.attrs, 'perm');
    return [
      b.transpose(
        ct!,
        perm.map((_, axis) => perm.indexOf(axis)),
      ),
    ];
  },
};

/** Parts of `sizes` elements along `axis`; a part without a cotangent counts as zeros. */
export const Split: OpRule = {
  infer: ([x], attrs) => {
    const axis = numberAttr(attrs, 'axis', 0);
    const sizes = numbersAttr('Split', attrs, 'sizes');
    if (sizes.reduce((sum, size) => sum + size, 0) !== x!.shape[axis]) {
      throw shapeError('Split', `[${x!.shape}] into [${sizes}] along axis ${axis}`);
    }
    return sizes.map((size) => ({ dtype: x!.dtype, shape: x!.shape.with(axis, size) }));
  },
  vjp: (b, node, cts) => {
    const parts = cts.map((ct, i) => ct ?? b.filled(node.outputs[i]!.shape, 0));
    return [b.op('Concat', parts, { axis: numberAttr(node.attrs, 'axis', 0) })];
  },
};

export const Concat: OpRule = {
  infer: (inputs, attrs) => {
    const axis = numberAttr(attrs, 'axis', 0);
    const first = inputs[0]!;
    let size = 0;
    for (const { shape } of inputs) {
      const dim: Dim | undefined = shape[axis];
      if (typeof dim !== 'number' || !sameShape(shape.with(axis, 0), first.shape.with(axis, 0))) {
        throw shapeError('Concat', `[${first.shape}] and [${shape}] along axis ${axis}`);
      }
      size += dim;
    }
    return [{ dtype: first.dtype, shape: first.shape.with(axis, size) }];
  },
  vjp: (b, node, [ct]) => {
    const axis = numberAttr(node.attrs, 'axis', 0);
    return b.emit('Split', [ct!], { axis, sizes: node.inputs.map((value) => value.shape[axis]!) });
  },
};
