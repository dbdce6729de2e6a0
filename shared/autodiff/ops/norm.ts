import { AppError } from '../../errors/app-error.ts';
import { type Dim, dimProduct, sameShape, shapeError } from '../graph.ts';
import type { OpRule } from '../rule.ts';

/** Normalisation over the last axis, inputs x, scale, bias; outputs y, mean and inverse deviation, which the VJP reuses.
 *  dx = r·(g − mean(g) − x̂·mean(g·x̂)) with g = dy·scale; both means are products with scale/columns, not reductions. */
export const LayerNormalization: OpRule = {
  infer: ([x, scale, bias]) => {
    const columns = x!.shape.at(-1)!;
    if (!sameShape(scale!.shape, [columns]) || !sameShape(bias!.shape, [columns])) {
      throw shapeError('LayerNormalization', `[${x!.shape}] with scale [${scale!.shape}] and bias [${bias!.shape}]`);
    }
    const statistics = { dtype: x!.dtype, shape: [...x!.shape.slice(0, -1), 1] };
    return [{ dtype: x!.dtype, shape: x!.shape }, statistics, statistics];
  },
  vjp: (b, node, [ct, ctMean, ctDeviation]) => {
    if (ctMean || ctDeviation) throw new AppError('autodiff.no-rule', { op: 'LayerNormalization (statistics)' });
    const [input, scale] = node.inputs;
    const [, mean, inverseDeviation] = node.outputs;
    const columns = input!.shape.at(-1) as number;
    const rows = dimProduct(...input!.shape.slice(0, -1));
    const flat: readonly Dim[] = [rows, columns];
    const x = b.reshape(input!, flat);
    const dy = b.reshape(ct!, flat);
    const r = b.reshape(inverseDeviation!, [rows, 1]);
    const normalised = b.op('Mul', [b.op('Sub', [x, b.reshape(mean!, [rows, 1])]), r]);
    const product = b.op('Mul', [dy, normalised]);
    const scaleOverColumns = b.reshape(b.op('Mul', [scale!, b.scalar(1 / columns)]), [columns, 1]);
    const meanOfG = b.op('MatMul', [dy, scaleOverColumns]);
    const meanOfProduct = b.op('MatMul', [product, scaleOverColumns]);
    const centred = b.op('Sub', [
      b.op('Sub', [b.op('Mul', [dy, scale!]), meanOfG]),
      b.op('Mul', [normalised, meanOfProduct]),
    ]);
    return [b.reshape(b.op('Mul', [centred, r]), input!.shape), b.columnSums(product), b.columnSums(dy)];
  },
};
