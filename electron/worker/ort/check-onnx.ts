import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { AppError } from '../../../shared/errors/app-error.ts';
import { ONNX_FILE } from '../../models/onnx-only.ts';
import { OPERATORS } from './operators.ts';

/** Looks through an ONNX file before ONNX Runtime sees it: nothing that lies in another file, no operators but those that encoders are made of, no
 *  graphs inside nodes, no functions. Field numbers are ONNX's. @source onnx/onnx, onnx.proto */

const MOST_NODES = 20_000;
const MOST_INITIALIZERS = 10_000;
const NAME_LIMIT = 512;

export interface CheckedOnnx {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Numbers in all initializers. */
  readonly parameters: number;
}

const fail = (problem: string, cause?: unknown): AppError<'model.file'> =>
  new AppError('model.file', { file: ONNX_FILE, problem }, { cause });

/** @throws AppError 'model.file' naming the node or tensor at fault */
export function checkOnnx(bytes: Uint8Array): CheckedOnnx {
  try {
    return checkModel(bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fail('it is not an ONNX file', error);
  }
}

type Field = (number: number, reader: BinaryReader, wire: WireType) => boolean;

/** Reads the fields of a message; those that `field` leaves are passed over. */
function eachField(bytes: Uint8Array, field: Field): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (!field(number, reader, wire)) reader.skip(wire, number);
  }
}

function checkModel(bytes: Uint8Array): CheckedOnnx {
  let graph: Uint8Array | null = null;
  eachField(bytes, (number, reader) => {
    if (number === 20 || number === 25) throw fail('it has functions or training of its own');
    if (number !== 7) return false;
    if (graph !== null) throw fail('it has two graphs');
    graph = reader.bytes();
    return true;
  });
  if (graph === null) throw fail('it has no graph');
  return checkGraph(graph);
}

function checkGraph(bytes: Uint8Array): CheckedOnnx {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const initialized = new Set<string>();
  let nodes = 0;
  let parameters = 0;
  eachField(bytes, (number, reader) => {
    switch (number) {
      case 1:
        if (++nodes > MOST_NODES) throw fail(`it has over ${MOST_NODES} nodes`);
        checkNode(reader.bytes());
        return true;
      case 5: {
        const tensor = checkTensor(reader.bytes());
        if (initialized.size >= MOST_INITIALIZERS) throw fail(`it has over ${MOST_INITIALIZERS} tensors`);
        initialized.add(tensor.name);
        parameters += tensor.elements;
        return true;
      }
      case 11:
        inputs.push(nameOf(reader.bytes()));
        return true;
      case 12:
        outputs.push(nameOf(reader.bytes()));
        return true;
      case 15:
        throw fail('it has sparse tensors');
      default:
        return false;
    }
  });
  // Old files list their tensors among the inputs too.
  return { inputs: inputs.filter((name) => !initialized.has(name)), outputs, parameters };
}

function checkNode(bytes: Uint8Array): void {
  let name = '';
  let operator = '';
  let domain = '';
  eachField(bytes, (number, reader) => {
    if (number === 3) name = text(reader);
    else if (number === 4) operator = text(reader);
    else if (number === 7) domain = text(reader);
    else if (number === 5) checkAttribute(reader.bytes());
    else return false;
    return true;
  });
  const place = name === '' ? '' : ` (node ${name.slice(0, 80)})`;
  if (domain !== '' && domain !== 'ai.onnx')
    throw fail(`operator ${domain}.${operator} is not one of ONNX's own${place}`);
  if (!OPERATORS.has(operator)) throw fail(`operator ${operator} is none that encoders are made of${place}`);
}

/** Constants are tensors too; graphs inside a node are refused. */
function checkAttribute(bytes: Uint8Array): void {
  eachField(bytes, (number, reader) => {
    if (number === 6 || number === 11) throw fail('a node has a graph inside');
    if (number === 22 || number === 23) throw fail('it has sparse tensors');
    if (number !== 5 && number !== 10) return false;
    checkTensor(reader.bytes());
    return true;
  });
}

function checkTensor(bytes: Uint8Array): { readonly name: string; readonly elements: number } {
  let name = '';
  let elements = 1;
  let elsewhere = false;
  const dimension = (value: number) => {
    if (!Number.isSafeInteger(value) || value < 0) throw fail(`tensor ${name} has no valid shape`);
    elements *= value;
  };
  eachField(bytes, (number, reader, wire) => {
    if (number === 1) {
      if (wire === WireType.Varint) dimension(Number(reader.int64()));
      else {
        const packed = new BinaryReader(reader.bytes());
        while (packed.pos < packed.len) dimension(Number(packed.int64()));
      }
    } else if (number === 8) name = text(reader);
    else if (number === 13) {
      elsewhere = true;
      return false;
    } else if (number === 14) elsewhere ||= reader.int32() !== 0;
    else return false;
    return true;
  });
  if (elsewhere) throw fail(`tensor ${name} lies in another file`);
  // Every element takes a bit at the least, so no more can be inside than the message has.
  if (elements > bytes.byteLength * 8)
    throw fail(`tensor ${name} is said to have ${elements} numbers in ${bytes.byteLength} bytes`);
  return { name, elements };
}

function nameOf(bytes: Uint8Array): string {
  let name = '';
  eachField(bytes, (number, reader) => {
    if (number !== 1) return false;
    name = text(reader);
    return true;
  });
  return name;
}

function text(reader: BinaryReader): string {
  const value = reader.string();
  if (value.length > NAME_LIMIT) throw fail(`a name has ${value.length} characters`);
  return value;
}
