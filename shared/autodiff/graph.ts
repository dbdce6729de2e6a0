import { AppError } from '../errors/app-error.ts';

/** Immutable tensor graph: values have a type (element type and shape), nodes are ONNX operators. Nothing here runs anything. */

export type DType = 'float32' | 'int32' | 'int8' | 'uint8' | 'bool';

/** A number, or a symbol such as `rows`; a product of symbols is spelt `length*rows` (sorted, a coefficient first). */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** The type of a value. */
export interface Aval {
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface Value extends Aval {
  readonly id: number;
  readonly name: string;
}

export type Attr = number | string | Shape;
export type Attrs = Readonly<Record<string, Attr>>;

/** Every operator the graph may use, by its ONNX name. `FusedMatMul`, `Gelu`, `DynamicQuantizeMatMul`, `MatMulIntegerToFloat`
 *  and `MatMulNBits` are of the domain `com.microsoft`. */
export type OpName =
  | 'Add'
  | 'Sub'
  | 'Mul'
  | 'Div'
  | 'Min'
  | 'Greater'
  | 'Neg'
  | 'Sqrt'
  | 'Exp'
  | 'Log'
  | 'Erf'
  | 'Tanh'
  | 'Sigmoid'
  | 'Softplus'
  | 'Relu'
  | 'Gelu'
  | 'Cast'
  | 'MatMul'
  | 'FusedMatMul'
  | 'Gemm'
  | 'DynamicQuantizeMatMul'
  | 'QuantizeLinear'
  | 'MatMulIntegerToFloat'
  | 'MatMulNBits'
  | 'ReduceSum'
  | 'ReduceSumSquare'
  | 'Softmax'
  | 'LogSoftmax'
  | 'LayerNormalization'
  | 'Gather'
  | 'ScatterElements'
  | 'Reshape'
  | 'Expand'
  | 'ConstantOfShape'
  | 'Transpose'
  | 'Split'
  | 'Concat';

export interface Node {
  readonly op: OpName;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attrs: Attrs;
}

export type ConstantData = Float32Array | Int32Array | Int8Array | Uint8Array;

export interface Graph {
  readonly inputs: readonly Value[];
  readonly constants: ReadonlyMap<Value, ConstantData>;
  /** In an order in which every input is defined before it is used. */
  readonly nodes: readonly Node[];
  readonly outputs: ReadonlyMap<string, Value>;
}

interface Product {
  readonly coefficient: number;
  readonly symbols: readonly string[];
}

/** The number of elements of `shape` as coefficient and sorted symbols. */
function elementCount(shape: Shape): Product {
  let coefficient = 1;
  const symbols: string[] = [];
  for (const dim of shape) {
    if (typeof dim === 'number') coefficient *= dim;
    else {
      for (const factor of dim.split('*')) {
        const number = Number(factor);
        if (Number.isNaN(number)) symbols.push(factor);
        else coefficient *= number;
      }
    }
  }
  return { coefficient, symbols: symbols.sort() };
}

/** The product of dimensions, in the one spelling of that product. */
export function dimProduct(...dims: Dim[]): Dim {
  const { coefficient, symbols } = elementCount(dims);
  if (symbols.length === 0) return coefficient;
  return coefficient === 1 ? symbols.join('*') : [coefficient, ...symbols].join('*');
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** Numpy broadcasting, where a symbol equals only itself. @throws AppError 'autodiff.shape' */
export function broadcast(op: OpName, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const shape: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw shapeError(op, `cannot broadcast [${a}] with [${b}]`);
    shape.push(x === 1 ? y : x);
  }
  return shape;
}

export function shapeError(op: OpName, problem: string): AppError<'autodiff.shape'> {
  return new AppError('autodiff.shape', { op, problem });
}

export function numberAttr(attrs: Attrs, name: string, fallback: number): number {
  const value = attrs[name];
  return typeof value === 'number' ? value : fallback;
}

export function shapeAttr(op: OpName, attrs: Attrs, name: string): Shape {
  const value = attrs[name];
  if (!Array.isArray(value)) throw shapeError(op, `attribute ${name} is missing`);
  return value as Shape;
}

export function numbersAttr(op: OpName, attrs: Attrs, name: string): readonly number[] {
  return shapeAttr(op, attrs, name).map((dim) => {
    if (typeof dim !== 'number') throw shapeError(op, `attribute ${name} must hold numbers`);
    return dim;
  });
}
