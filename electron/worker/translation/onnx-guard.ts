import { AppError } from '../../../shared/errors/app-error.ts';

/** Looks into an ONNX file from anybody before ONNX Runtime does: whose operators it asks for, and whether it would have other files read.
 *  @source onnx/onnx, onnx.proto3 (field numbers) */

const DOMAINS: ReadonlySet<string> = new Set(['', 'ai.onnx', 'com.microsoft']);
/** Operators whose length their own data decide: a file could have one go on for ever. */
const ENDLESS: ReadonlySet<string> = new Set(['Loop', 'Scan', 'SequenceMap']);
const MOST_NODES = 200_000;
const DEEPEST = 4;

const MODEL = { graph: 7, opset: 8, functions: 25 } as const;
const OPSET = { domain: 1 } as const;
const GRAPH = { node: 1, initializer: 5, sparse: 15 } as const;
const NODE = { operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11 } as const;
const TENSOR = { externalData: 13, location: 14 } as const;

type Field = { readonly number: number; readonly value: Uint8Array | bigint };

/** @throws AppError 'model.file' naming what the file has that it should not */
export function guardOnnx(bytes: Uint8Array, file: string): void {
  const fail = (problem: string): never => {
    throw new AppError('model.file', { file, problem });
  };
  let nodes = 0;
  const text = (value: Field['value']) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value.subarray(0, 200)) : fail('a text is no text');
  const message = (value: Field['value']) => (value instanceof Uint8Array ? value : fail('a part is no part'));

  const tensor = (value: Uint8Array) => {
    for (const { number, value: content } of fields(value, fail)) {
      if (number === TENSOR.externalData || (number === TENSOR.location && content !== 0n)) {
        fail('it keeps weights in other files');
      }
    }
  };
  const graph = (value: Uint8Array, depth: number): void => {
    if (depth > DEEPEST) fail(`graphs stand inside each other over ${DEEPEST} deep`);
    for (const { number, value: content } of fields(value, fail)) {
      if (number === GRAPH.initializer) tensor(message(content));
      if (number === GRAPH.sparse) fail('it has sparse weights');
      if (number === GRAPH.node) node(message(content), depth);
    }
  };
  const node = (value: Uint8Array, depth: number) => {
    if (++nodes > MOST_NODES) fail(`it has over ${MOST_NODES} nodes`);
    for (const { number, value: content } of fields(value, fail)) {
      if (number === NODE.domain && !DOMAINS.has(text(content))) fail(`operators of ${text(content)}`);
      if (number === NODE.operator && ENDLESS.has(text(content))) fail(`the operator ${text(content)}`);
      if (number !== NODE.attribute) continue;
      for (const attribute of fields(message(content), fail)) {
        if (attribute.number === ATTRIBUTE.tensor || attribute.number === ATTRIBUTE.tensors) {
          tensor(message(attribute.value));
        }
        if (attribute.number === ATTRIBUTE.graph || attribute.number === ATTRIBUTE.graphs) {
          graph(message(attribute.value), depth + 1);
        }
      }
    }
  };

  let graphs = 0;
  for (const { number, value } of fields(bytes, fail)) {
    if (number === MODEL.functions) fail('it brings functions of its own');
    if (number === MODEL.opset) {
      for (const part of fields(message(value), fail)) {
        if (part.number === OPSET.domain && !DOMAINS.has(text(part.value))) fail(`operators of ${text(part.value)}`);
      }
    }
    if (number === MODEL.graph) {
      graphs++;
      graph(message(value), 0);
    }
  }
  if (graphs !== 1) fail('it is no ONNX model');
}

/** The fields of a protobuf message, in order. */
function* fields(bytes: Uint8Array, fail: (problem: string) => never): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return fail('it is cut short');
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
    return fail('it is no ONNX model');
  };
  const take = (length: bigint): Uint8Array => {
    if (length > BigInt(bytes.length - at)) return fail('it is cut short');
    const start = at;
    at += Number(length);
    return bytes.subarray(start, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    switch (Number(key & 7n)) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: take(8n) };
        break;
      case 2:
        yield { number, value: take(varint()) };
        break;
      case 5:
        yield { number, value: take(4n) };
        break;
      default:
        fail('it is no ONNX model');
    }
  }
}
