import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';

/** Looks through an ONNX file from anybody before ONNX Runtime sees it: nothing that lies in another file, no operators but those that its use allows,
 *  no functions or sparse tensors. Field numbers are ONNX's. @source onnx/onnx, onnx.proto */

const MOST_NODES = 20_000;
const MOST_INITIALIZERS = 10_000;
const NAME_LIMIT = 512;

const MODEL = { graph: 7, opset: 8, training: 20, functions: 25 } as const;
const OPSET = { domain: 1 } as const;
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, sparse: 15 } as const;
const VALUE = { name: 1 } as const;
const NODE = { name: 3, operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparses: 23 } as const;
const TENSOR = { dims: 1, name: 8, externalData: 13, location: 14 } as const;

/** What a file may be made of. */
export interface OnnxRules {
  /** Whose operators it may have besides ONNX's own. */
  readonly makers: readonly string[];
  /** Whether it may not even name other makers. */
  readonly namesNoOthers: boolean;
  readonly allows: (operator: string) => boolean;
  /** How deep graphs may stand inside nodes. */
  readonly deepest: number;
}

export interface CheckedOnnx {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Numbers in all initializers. */
  readonly parameters: number;
}

type Value = Uint8Array | bigint;

/** @throws AppError 'model.file' naming the file, and the node or tensor at fault */
export function checkOnnx(bytes: Uint8Array, file: string, rules: OnnxRules): CheckedOnnx {
  try {
    return new OnnxCheck(file, rules).model(bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('model.file', { file, problem: because('onnx-not', {}) }, { cause: error });
  }
}

class OnnxCheck {
  readonly #file: string;
  readonly #rules: OnnxRules;
  readonly #domains: ReadonlySet<string>;
  #nodes = 0;

  constructor(file: string, rules: OnnxRules) {
    this.#file = file;
    this.#rules = rules;
    this.#domains = new Set(['', 'ai.onnx', ...rules.makers]);
  }

  model(bytes: Uint8Array): CheckedOnnx {
    let graph: Uint8Array | null = null;
    for (const [field, value] of fields(bytes)) {
      if (field === MODEL.functions || field === MODEL.training) this.#fail(because('onnx-functions', {}));
      if (field === MODEL.opset && this.#rules.namesNoOthers) this.#opset(message(value));
      if (field !== MODEL.graph) continue;
      if (graph !== null) this.#fail(because('onnx-graphs', {}));
      graph = message(value);
    }
    return graph === null ? this.#fail(because('onnx-no-graph', {})) : this.#graph(graph, 0);
  }

  #opset(bytes: Uint8Array): void {
    for (const [field, value] of fields(bytes)) {
      if (field !== OPSET.domain) continue;
      const domain = this.#text(value);
      if (!this.#domains.has(domain)) this.#fail(because('onnx-domain', { domain }));
    }
  }

  #graph(bytes: Uint8Array, depth: number): CheckedOnnx {
    const inputs: string[] = [];
    const outputs: string[] = [];
    const initialized = new Set<string>();
    let parameters = 0;
    for (const [field, value] of fields(bytes)) {
      if (field === GRAPH.node) this.#node(message(value), depth);
      else if (field === GRAPH.initializer) {
        const tensor = this.#tensor(message(value));
        if (initialized.size >= MOST_INITIALIZERS) this.#fail(because('onnx-tensors', { most: MOST_INITIALIZERS }));
        initialized.add(tensor.name);
        parameters += tensor.elements;
      } else if (field === GRAPH.input) inputs.push(this.#nameOf(message(value)));
      else if (field === GRAPH.output) outputs.push(this.#nameOf(message(value)));
      else if (field === GRAPH.sparse) this.#fail(because('onnx-sparse', {}));
    }
    // Old files list their tensors among the inputs too.
    return { inputs: inputs.filter((name) => !initialized.has(name)), outputs, parameters };
  }

  #node(bytes: Uint8Array, depth: number): void {
    if (++this.#nodes > MOST_NODES) this.#fail(because('onnx-nodes', { most: MOST_NODES }));
    let name = '';
    let operator = '';
    let domain = '';
    for (const [field, value] of fields(bytes)) {
      if (field === NODE.name) name = this.#text(value);
      else if (field === NODE.operator) operator = this.#text(value);
      else if (field === NODE.domain) domain = this.#text(value);
      else if (field === NODE.attribute) this.#attribute(message(value), depth);
    }
    const node = name.slice(0, 80) || '—';
    if (!this.#domains.has(domain))
      this.#fail(because('onnx-foreign-operator', { operator: `${domain}.${operator}`, node }));
    if (!this.#rules.allows(operator)) this.#fail(because('onnx-operator', { operator, node }));
  }

  /** Constants are tensors too. */
  #attribute(bytes: Uint8Array, depth: number): void {
    for (const [field, value] of fields(bytes)) {
      if (field === ATTRIBUTE.tensor || field === ATTRIBUTE.tensors) this.#tensor(message(value));
      else if (field === ATTRIBUTE.sparse || field === ATTRIBUTE.sparses) this.#fail(because('onnx-sparse', {}));
      else if (field === ATTRIBUTE.graph || field === ATTRIBUTE.graphs) {
        const { deepest } = this.#rules;
        if (depth >= deepest)
          this.#fail(deepest === 0 ? because('onnx-inner-graph', {}) : because('onnx-deep', { most: deepest }));
        this.#graph(message(value), depth + 1);
      }
    }
  }

  #tensor(bytes: Uint8Array): { readonly name: string; readonly elements: number } {
    let name = '';
    const dims: bigint[] = [];
    let elsewhere = false;
    for (const [field, value] of fields(bytes)) {
      if (field === TENSOR.name) name = this.#text(value);
      else if (field === TENSOR.dims) dims.push(...integers(value));
      else if (field === TENSOR.externalData) elsewhere = true;
      else if (field === TENSOR.location) elsewhere ||= value !== 0n;
    }
    if (elsewhere) this.#fail(because('onnx-elsewhere', { tensor: name }));
    if (dims.some((dim) => dim < 0n || dim > BigInt(Number.MAX_SAFE_INTEGER))) {
      this.#fail(because('tensor-shape', { tensor: name }));
    }
    const elements = dims.reduce((product, dim) => product * Number(dim), 1);
    // Every element takes a bit at the least, so no more can be inside than the message has.
    if (elements > bytes.byteLength * 8)
      this.#fail(because('onnx-numbers', { tensor: name, elements, bytes: bytes.byteLength }));
    return { name, elements };
  }

  #nameOf(bytes: Uint8Array): string {
    let name = '';
    for (const [field, value] of fields(bytes)) if (field === VALUE.name) name = this.#text(value);
    return name;
  }

  #text(value: Value): string {
    const { length } = message(value);
    if (length > NAME_LIMIT) this.#fail(because('onnx-name', { bytes: length }));
    return new TextDecoder().decode(message(value));
  }

  #fail(problem: Reason): never {
    throw new AppError('model.file', { file: this.#file, problem });
  }
}

/** Numbers and values of a message's fields, in order. A field's own wire type decides how it is read, as in every reader of protobuf: one that took a
 *  number for a length would pass over what the next reader finds there. */
function* fields(bytes: Uint8Array): Generator<readonly [number, Value]> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (wire === WireType.LengthDelimited) yield [field, reader.bytes()];
    else if (wire === WireType.Varint) yield [field, BigInt(reader.int64())];
    else if (wire === WireType.Bit32 || wire === WireType.Bit64) reader.skip(wire, field);
    else throw new RangeError(`field ${field} is a group`);
  }
}

function message(value: Value): Uint8Array {
  if (typeof value === 'bigint') throw new RangeError('a number where a message belongs');
  return value;
}

/** One number, or several packed. */
function integers(value: Value): bigint[] {
  if (typeof value === 'bigint') return [value];
  const packed = new BinaryReader(value);
  const found: bigint[] = [];
  while (packed.pos < packed.len) found.push(BigInt(packed.int64()));
  return found;
}
