import type { OnnxRules } from '../ort/check-onnx.ts';

/** What encoders are made of in ONNX files of PyTorch's and optimum's exporters, in float32 and in 8 bits. None reads files, runs other graphs or draws
 *  random numbers. @source onnx/onnx, Operators.md */
const OPERATORS: ReadonlySet<string> = new Set([
  ...[
    'Abs',
    'Add',
    'And',
    'Cast',
    'CastLike',
    'Ceil',
    'Clip',
    'Concat',
    'Constant',
    'ConstantOfShape',
    'Cos',
    'CumSum',
  ],
  ...[
    'DequantizeLinear',
    'Div',
    'DynamicQuantizeLinear',
    'Einsum',
    'Equal',
    'Erf',
    'Exp',
    'Expand',
    'Flatten',
    'Floor',
  ],
  ...['Gather', 'GatherElements', 'GatherND', 'Gelu', 'Gemm', 'Greater', 'GreaterOrEqual', 'Identity', 'IsNaN'],
  ...['LayerNormalization', 'Less', 'LessOrEqual', 'Log', 'MatMul', 'MatMulInteger', 'Max', 'Min', 'Mod', 'Mul', 'Neg'],
  ...['Not', 'Or', 'Pad', 'Pow', 'QuantizeLinear', 'Range', 'Reciprocal', 'ReduceL2', 'ReduceMax', 'ReduceMean'],
  ...[
    'ReduceMin',
    'ReduceProd',
    'ReduceSum',
    'Relu',
    'Reshape',
    'Round',
    'ScatterND',
    'Shape',
    'Sigmoid',
    'Sign',
    'Sin',
  ],
  ...['Size', 'Slice', 'Softmax', 'Softplus', 'Split', 'Sqrt', 'Squeeze', 'Sub', 'Sum', 'Tanh', 'Tile', 'Transpose'],
  ...['Trilu', 'Unsqueeze', 'Where', 'Xor'],
]);

/** Nothing but these, and no graphs inside nodes. Optimised files name other makers without having their operators. */
export const ENCODER_RULES: OnnxRules = {
  makers: [],
  namesNoOthers: false,
  allows: (operator) => OPERATORS.has(operator),
  deepest: 0,
};
