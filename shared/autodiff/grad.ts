import { AppError, BugError } from '../errors/app-error.ts';
import type { Builder } from './builder.ts';
import { type Shape, sameShape, type Value } from './graph.ts';
import { OPS } from './ops.ts';

/** Gradients of the scalar `loss` with respect to each of `wrt`, appended to the graph. Zeros where `loss` does not depend on it.
 *  @throws AppError 'autodiff.graph' when the loss is not a scalar, 'autodiff.no-rule' when the path has no derivative */
export function grad(b: Builder, loss: Value, wrt: readonly Value[]): readonly Value[] {
  if (loss.shape.length !== 0) throw new AppError('autodiff.graph', { problem: `loss has shape [${loss.shape}]` });
  const forward = [...b.nodes];
  const varies = new Set<Value>(wrt);
  for (const node of forward) {
    if (node.inputs.some((value) => varies.has(value))) for (const output of node.outputs) varies.add(output);
  }
  const cotangents = new Map<Value, Value>([[loss, b.scalar(1)]]);
  for (const node of forward.toReversed()) {
    const cts = node.outputs.map((output) => cotangents.get(output) ?? null);
    if (cts.every((ct) => ct === null) || !node.inputs.some((value) => varies.has(value))) continue;
    const results = OPS[node.op].vjp(b, node, cts);
    if (results.length !== node.inputs.length) {
      throw new BugError(`${node.op} has ${node.inputs.length} inputs and ${results.length} cotangents`);
    }
    for (const [i, value] of node.inputs.entries()) {
      const result = results[i];
      if (!result || !varies.has(value)) continue;
      const ct = sumToShape(b, result, value.shape);
      const sum = cotangents.get(value);
      cotangents.set(value, sum === undefined ? ct : b.op('Add', [sum, ct]));
    }
  }
  return wrt.map((value) => cotangents.get(value) ?? b.filled(value.shape, 0));
}

/** Undoes broadcasting: sums `ct` over the axes along which a value of `shape` was repeated. */
function sumToShape(b: Builder, ct: Value, shape: Shape): Value {
  if (sameShape(ct.shape, shape)) return ct;
  const lead = ct.shape.length - shape.length;
  const axes = ct.shape.flatMap((dim, i) => (i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : []));
  return b.reshape(b.op('ReduceSum', [ct], { axes, keepdims: 1 }), shape);
}
