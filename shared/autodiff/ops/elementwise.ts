import type { Builder } from '../builder.ts';
import { type Aval, broadcast, type DType, type OpName, type Value } from '../graph.ts';
import { noCotangent, notDifferentiable, type OpRule } from '../rule.ts';

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
const ONE_OVER_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

function binary(op: OpName, vjp: OpRule['vjp'], dtype?: DType): OpRule {
  return {
    infer: ([a, b]) => [{ dtype: dtype ?? a!.dtype, shape: broadcast(op, a!.shape, b!.shape) }],
    vjp,
  };
}

/** An operator on each element, with its derivative times the cotangent from input `x` and output `y`. */
function unary(derivative: (b: Builder, ct: Value, x: Value, y: Value) => Value): OpRule {
  return { infer: sameType, vjp: (b, node, [ct]) => [derivative(b, ct!, node.inputs[0]!, node.outputs[0]!)] };
}

const sameType = ([x]: readonly Aval[]): readonly Aval[] => [{ dtype: x!.dtype, shape: x!.shape }];

export const Add = binary('Add', (_b, _node, [ct]) => [ct!, ct!]);
export const Sub = binary('Sub', (b, _node, [ct]) => [ct!, b.op('Neg', [ct!])]);
export const Mul = binary('Mul', (b, { inputs: [x, y] }, [ct]) => [b.op('Mul', [ct!, y!]), b.op('Mul', [ct!, x!])]);
export const Div = binary('Div', (b, { inputs: [, y], outputs: [quotient] }, [ct]) => {
  const scaled = b.op('Div', [ct!, y!]);
  return [scaled, b.op('Neg', [b.op('Mul', [scaled, quotient!])])];
});
export const Min = binary('Min', notDifferentiable('Min'));
export const Greater = binary('Greater', noCotangent, 'bool');

export const Neg = unary((b, ct) => b.op('Neg', [ct]));
export const Sqrt = unary((b, ct, _x, y) => b.op('Div', [b.op('Mul', [ct, b.scalar(0.5)]), y]));
export const Exp = unary((b, ct, _x, y) => b.op('Mul', [ct, y]));
export const Log = unary((b, ct, x) => b.op('Div', [ct, x]));
/** erf′(x) = 2/√π·exp(−x²), written as a division by exp(x²): one pass over memory less, and 0 where exp(x²) overflows. */
export const Erf = unary((b, ct, x) => {
  const quotient = b.op('Div', [ct, b.op('Exp', [b.op('Mul', [x, x])])]);
  return b.op('Mul', [quotient, b.scalar(TWO_OVER_SQRT_PI)]);
});
export const Tanh = unary((b, ct, _x, y) => b.op('Mul', [ct, b.op('Sub', [b.scalar(1), b.op('Mul', [y, y])])]));
export const Sigmoid = unary((b, ct, _x, y) => b.op('Mul', [ct, b.op('Mul', [y, b.op('Sub', [b.scalar(1), y])])]));
export const Softplus = unary((b, ct, x) => b.op('Mul', [ct, b.op('Sigmoid', [x])]));
/** The derivative at 0 is taken as 0, as PyTorch does. */
export const Relu = unary((b, ct, x) =>
  b.op('Mul', [ct, b.op('Cast', [b.op('Greater', [x, b.scalar(0)])], { to: 'float32' })]),
);
/** x·Φ(x) with the exact normal distribution; derivative Φ(x) + x·φ(x). */
export const Gelu = unary((b, ct, x) => {
  const scaled = b.op('Mul', [x, b.scalar(Math.SQRT1_2)]);
  const cdf = b.op('Mul', [b.op('Add', [b.op('Erf', [scaled]), b.scalar(1)]), b.scalar(0.5)]);
  const density = b.op('Div', [b.scalar(ONE_OVER_SQRT_TWO_PI), b.op('Exp', [b.op('Mul', [scaled, scaled])])]);
  return b.op('Mul', [ct, b.op('Add', [cdf, b.op('Mul', [x, density])])]);
});
export const Cast: OpRule = {
  infer: ([x], attrs) => [{ dtype: attrs.to as DType, shape: x!.shape }],
  vjp: noCotangent,
};
