import type { OpName } from './graph.ts';
import * as elementwise from './ops/elementwise.ts';
import * as gather from './ops/gather.ts';
import * as matmul from './ops/matmul.ts';
import * as norm from './ops/norm.ts';
import * as quantised from './ops/quantised.ts';
import * as reduce from './ops/reduce.ts';
import type { OpRule } from './rule.ts';

/** The whole knowledge of operators: shape rule and VJP by ONNX name. An operator without a row does not compile. */
export const OPS: Readonly<Record<OpName, OpRule>> = {
  ...elementwise,
  ...gather,
  ...matmul,
  ...norm,
  ...quantised,
  ...reduce,
};
