import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { ConstantData, DType, Shape } from '../../../shared/autodiff/graph.ts';

/** Messages of onnx.proto, as far as our graphs need them. Field numbers are ONNX's. @source onnx/onnx, onnx.proto */

/** int64 stands only at the edges of a model, where other programs meet it; float16 only where weights are stored. */
type ElementType = DType | 'int64' | 'float16';
const ELEMENT_TYPE: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
};
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, tensor: 4, ints: 7 } as const;
const IR_VERSION = 8;
export const OPSET_VERSION = 18;

export type OnnxAttribute =
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'tensor'; readonly value: Float32Array };

export interface OnnxNode {
  readonly op: string;
  readonly domain: '' | 'com.microsoft';
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Halves as their bits. */
  readonly data: ConstantData | BigInt64Array | Uint16Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: Shape;
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function elementType(data: OnnxTensor['data']): ElementType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Uint16Array) return 'float16';
  return data instanceof Uint8Array ? 'uint8' : 'int64';
}

function writeTensor(writer: BinaryWriter, { name, shape, data }: OnnxTensor): void {
  for (const dim of shape) integer(writer, 1, dim);
  integer(writer, 2, ELEMENT_TYPE[elementType(data)]);
  text(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: OnnxAttribute): void {
  text(writer, 1, name);
  if (attribute.type === 'float') writer.tag(2, WireType.Bit32).float(attribute.value);
  else if (attribute.type === 'int') integer(writer, 3, attribute.value);
  else if (attribute.type === 'string') text(writer, 4, attribute.value);
  else if (attribute.type === 'ints') for (const value of attribute.value) integer(writer, 8, value);
  else {
    const tensor = { name: '', shape: [attribute.value.length], data: attribute.value };
    message(writer, 5, () => writeTensor(writer, tensor));
  }
  integer(writer, 20, ATTRIBUTE_TYPE[attribute.type]);
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, () => writeAttribute(writer, name, attribute));
  }
  text(writer, 7, node.domain);
}

function writeValue(writer: BinaryWriter, { name, dtype, shape }: OnnxValue): void {
  const writeDim = (dim: number | string) => (typeof dim === 'number' ? integer(writer, 1, dim) : text(writer, 2, dim));
  const writeShape = () => {
    for (const dim of shape) message(writer, 1, () => writeDim(dim));
  };
  const writeTensorType = () => {
    integer(writer, 1, ELEMENT_TYPE[dtype]);
    message(writer, 2, writeShape);
  };
  text(writer, 1, name);
  message(writer, 2, () => message(writer, 1, writeTensorType));
}

function writeGraph(writer: BinaryWriter, model: OnnxModel): void {
  for (const node of model.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, 'graph');
  for (const tensor of model.initializers) message(writer, 5, () => writeTensor(writer, tensor));
  for (const value of model.inputs) message(writer, 11, () => writeValue(writer, value));
  for (const value of model.outputs) message(writer, 12, () => writeValue(writer, value));
}

function writeOpset(writer: BinaryWriter, domain: OnnxNode['domain'], version: number): void {
  text(writer, 1, domain);
  integer(writer, 2, version);
}

/** The bytes of an ONNX model with everything inside (no external data). */
export function writeOnnxModel(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, 'success-workbench');
  message(writer, 7, () => writeGraph(writer, model));
  message(writer, 8, () => writeOpset(writer, '', OPSET_VERSION));
  message(writer, 8, () => writeOpset(writer, 'com.microsoft', 1));
  return writer.finish();
}

export const ELEMENT_CODE = ELEMENT_TYPE;
