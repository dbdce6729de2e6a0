import { multipliesSigned } from './signed-probe.mjs';

/** Weights of 8-bit products, signed in memory where the processor multiplies them exactly.
 *
 *  A file keeps them unsigned around 128: processors without dot-product instructions add two products of an unsigned and a signed byte in
 *  16 bits, where large ones do not fit. On the others ONNX Runtime is several times as fast with signed weights, and a byte less 128 around
 *  zero point 0 is the same number. */

/** @typedef {{ readonly start: number, readonly end: number }} Span
 *  @typedef {{ readonly name: string, readonly type: number, readonly typeAt: number, readonly data: Span }} StoredTensor */

/** The bytes of a model that this product wrote, its weights signed where that is exact: changed in place, the file is not touched.
 *  @param {Uint8Array} model
 *  @param {import('./signed-probe.mjs').Runtime} runtime
 *  @returns {Promise<Uint8Array>} */
export async function withSignedWeights(model, runtime) {
  const weights = unsignedWeights(model);
  if (weights.length === 0 || !(await multipliesSigned(runtime))) return model;
  for (const { typeAt, data } of weights) {
    model[typeAt] = INT8;
    for (let at = data.start; at < data.end; at++) model[at] = /** @type {number} */ (model[at]) ^ 0x80;
  }
  return model;
}

/** Field numbers of ONNX's messages. @source onnx/onnx, onnx.proto */
const GRAPH_OF_MODEL = 7;
const GRAPH = { node: 1, initializer: 5 };
const NODE = { input: 1, operator: 4 };
const TENSOR = { type: 2, name: 8, data: 9 };
const UINT8 = 2;
const INT8 = 3;
/** Places of weight and zero point among the inputs of a product. @source onnxruntime, ContribOperators.md
 *  @type {Readonly<Record<string, readonly number[]>>} */
const PLACES = { DynamicQuantizeMatMul: [1, 3], MatMulIntegerToFloat: [1, 5] };

/** Unsigned weights and zero points of products.
 *  @param {Uint8Array} model
 *  @returns {readonly StoredTensor[]} */
function unsignedWeights(model) {
  /** @type {string[][]} */
  const products = [];
  /** @type {Map<string, StoredTensor>} */
  const tensors = new Map();
  for (const graph of fields(model, { start: 0, end: model.length })) {
    if (graph.field !== GRAPH_OF_MODEL) continue;
    for (const part of fields(model, graph)) {
      if (part.field === GRAPH.node) {
        const { inputs, operator } = nodeAt(model, part);
        const places = PLACES[operator];
        if (places !== undefined) products.push(places.map((place) => inputs[place] ?? ''));
      } else if (part.field === GRAPH.initializer) {
        const tensor = tensorAt(model, part);
        if (tensor.type === UINT8) tensors.set(tensor.name, tensor);
      }
    }
  }
  const names = new Set(products.filter((product) => product.every((name) => tensors.has(name))).flat());
  return [...tensors.values()].filter(({ name }) => names.has(name));
}

/** @param {Uint8Array} model
 *  @param {Span} span */
function nodeAt(model, span) {
  /** @type {string[]} */
  const inputs = [];
  let operator = '';
  for (const { field, ...value } of fields(model, span)) {
    if (field === NODE.input) inputs.push(textAt(model, value));
    else if (field === NODE.operator) operator = textAt(model, value);
  }
  return { inputs, operator };
}

/** @param {Uint8Array} model
 *  @param {Span} span
 *  @returns {StoredTensor} */
function tensorAt(model, span) {
  let name = '';
  let typeAt = 0;
  let data = { start: 0, end: 0 };
  for (const { field, ...value } of fields(model, span)) {
    if (field === TENSOR.type) typeAt = value.start;
    else if (field === TENSOR.name) name = textAt(model, value);
    else if (field === TENSOR.data) data = value;
  }
  return { name, type: model[typeAt] ?? 0, typeAt, data };
}

/** @param {Uint8Array} model
 *  @param {Span} span */
function textAt(model, { start, end }) {
  return new TextDecoder().decode(model.subarray(start, end));
}

/** Where the fields of a message and their values stand. What is no message ends early, for the runtime to refuse. @source protobuf.dev, encoding
 *  @param {Uint8Array} bytes
 *  @param {Span} span
 *  @returns {Generator<Span & { readonly field: number }>} */
function* fields(bytes, { start, end }) {
  let at = start;
  const varint = () => {
    let value = 0;
    for (let factor = 1; at < end; factor *= 128) {
      const byte = /** @type {number} */ (bytes[at++]);
      value += (byte & 127) * factor;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < end) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    const length = wire === 2 ? varint() : 0;
    const from = at;
    if (wire === 0) varint();
    else at += wire === 1 ? 8 : wire === 5 ? 4 : length;
    if (at > end) return;
    yield { field, start: from, end: at };
  }
}
