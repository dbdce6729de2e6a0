import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';
import { readUnderKey, type SealKey, writeUnderKey } from '../../files/sealed-file.ts';
import { MOST_FILE_BYTES } from '../../models/model-folder.ts';

/** safetensors: an 8-byte header length, a JSON header, then the tensors' bytes. @source huggingface/safetensors, tensor.rs */

const HEADER_LIMIT = 10 * 1024 * 1024;
const TENSOR_LIMIT = 10_000;
const NAME_LIMIT = 256;
const BYTES_PER_ELEMENT = { F32: 4, F16: 2, BF16: 2, I64: 8 } as const;
type StoredType = keyof typeof BYTES_PER_ELEMENT;

export interface StoredTensor {
  readonly shape: readonly number[];
  /** F16 and BF16 are widened; I64 is narrowed to numbers that must be safe integers. */
  readonly data: Float32Array | Int32Array;
  readonly storedAs: StoredType;
}

/** Texts that travel in a file's header beside its tensors. */
export type Metadata = Readonly<Record<string, string>>;

interface Entry {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** @throws AppError 'model.file' when the file is missing, truncated or its header is not strictly valid */
export async function readSafetensors(path: string, key: SealKey = null): Promise<ReadonlyMap<string, StoredTensor>> {
  const file = basename(path);
  const unreadable = (cause: unknown) => {
    throw new AppError('model.file', { file, problem: because('unreadable', {}) }, { cause });
  };
  const { size } = await stat(path).catch(unreadable);
  if (size > MOST_FILE_BYTES)
    throw new AppError('model.file', { file, problem: because('over-bytes', { bytes: size }) });
  return parseSafetensors(await readUnderKey(path, key).catch(unreadable), file);
}

/** @throws AppError 'model.file' naming `file` and the tensor at fault */
export function parseSafetensors(bytes: Uint8Array, file: string): ReadonlyMap<string, StoredTensor> {
  const fail = (problem: Reason): never => {
    throw new AppError('model.file', { file, problem });
  };
  if (bytes.byteLength < 8) fail(because('header-short', {}));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > BigInt(HEADER_LIMIT)) fail(because('header-over', { bytes: String(headerLength) }));
  const dataStart = 8 + Number(headerLength);
  if (dataStart > bytes.byteLength) fail(because('header-beyond', { bytes: String(headerLength) }));
  const header = parseHeader(bytes.subarray(8, dataStart), fail);
  const dataLength = bytes.byteLength - dataStart;
  const tensors = new Map<string, StoredTensor>();
  let expected = 0;
  for (const [name, entry] of [...header].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== expected) fail(because('tensor-begins', { tensor: name, begin: entry.begin, expected }));
    if (entry.end > dataLength) fail(because('tensor-ends', { tensor: name, end: entry.end, bytes: dataLength }));
    expected = entry.end;
    const data = decode(bytes.subarray(dataStart + entry.begin, dataStart + entry.end), entry.dtype, name, fail);
    tensors.set(name, { shape: entry.shape, data, storedAs: entry.dtype });
  }
  if (expected !== dataLength) fail(because('bytes-of-none', { bytes: dataLength - expected }));
  return tensors;
}

/** The texts of a file's header, whose tensors `parseSafetensors` has checked. */
export function safetensorsMetadata(bytes: Uint8Array): Metadata {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header: unknown = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, 8 + Number(view.getBigUint64(0, true)))),
  );
  const metadata = (header as { readonly __metadata__?: unknown }).__metadata__;
  if (typeof metadata !== 'object' || metadata === null) return {};
  return Object.fromEntries(
    Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function parseHeader(bytes: Uint8Array, fail: (problem: Reason) => never): Map<string, Entry> {
  if (bytes[0] !== 0x7b) fail(because('header-start', {}));
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    assertNoDuplicateKeys(text, fail);
    header = JSON.parse(text);
  } catch (error) {
    if (error instanceof AppError) throw error;
    fail(because('header-json', {}));
  }
  const entries = Object.entries(header as object).filter(([name]) => name !== '__metadata__');
  if (entries.length > TENSOR_LIMIT) fail(because('tensors-over', { count: entries.length }));
  return new Map(entries.map(([name, value]) => [name, parseEntry(name, value, fail)]));
}

/** Top-level keys must differ: JSON.parse would keep the last one silently. */
function assertNoDuplicateKeys(text: string, fail: (problem: Reason) => never): void {
  const seen = new Set<string>();
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    const token = match[0];
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && match[1] !== undefined) {
      const key = JSON.parse(token.slice(0, token.length - match[1].length)) as string;
      if (seen.has(key)) fail(because('tensor-twice', { tensor: key }));
      seen.add(key);
    }
  }
}

function parseEntry(name: string, value: unknown, fail: (problem: Reason) => never): Entry {
  if (name.length > NAME_LIMIT) fail(because('tensor-name', { characters: name.length }));
  const entry = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(BYTES_PER_ELEMENT, dtype)) {
    fail(because('tensor-type', { tensor: name, type: String(dtype) }));
  }
  const isCount = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isCount)) fail(because('tensor-shape', { tensor: name }));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    fail(because('tensor-offsets', { tensor: name }));
  }
  const [begin, end] = offsets as [number, number];
  const type = dtype as StoredType;
  const size = (shape as number[]).reduce((product, dim) => product * BigInt(dim), BigInt(BYTES_PER_ELEMENT[type]));
  if (BigInt(end) - BigInt(begin) !== size)
    fail(because('tensor-bytes', { tensor: name, bytes: end - begin, shape: String(shape) }));
  return { dtype: type, shape: shape as number[], begin, end };
}

function decode(
  bytes: Uint8Array,
  dtype: StoredType,
  name: string,
  fail: (problem: Reason) => never,
): StoredTensor['data'] {
  // A copy that is aligned: Buffer's own slice would be a view of the file.
  const copy = new Uint8Array(bytes);
  if (dtype === 'I64') {
    const wide = new BigInt64Array(copy.buffer);
    const narrow = Int32Array.from(wide, Number);
    if (narrow.some((value, i) => BigInt(value) !== wide[i])) fail(because('tensor-over-32', { tensor: name }));
    return narrow;
  }
  const data = dtype === 'F32' ? new Float32Array(copy.buffer) : widen(new Uint16Array(copy.buffer), dtype);
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i])) fail(because('tensor-not-finite', { tensor: name }));
  return data;
}

function widen(halves: Uint16Array, dtype: 'F16' | 'BF16'): Float32Array {
  const bits = new Uint32Array(halves.length);
  if (dtype === 'BF16') {
    for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
    return new Float32Array(bits.buffer);
  }
  halfBits ??= Uint32Array.from({ length: 2 ** 16 }, (_, half) => bitsOfHalf(half));
  for (let i = 0; i < halves.length; i++) bits[i] = halfBits[halves[i]!]!;
  return new Float32Array(bits.buffer);
}

/** The float32 of every half: a base model has tens of millions of them and is read at the start of every run. */
let halfBits: Uint32Array | null = null;

/** Bits of the float32 that equals a half. */
function bitsOfHalf(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  const float = Float32Array.of(fraction * 2 ** -24);
  return sign | new Uint32Array(float.buffer)[0]!;
}

/** Writes float32 tensors in the order of the map, sealed where there is a key. */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>,
  key: SealKey = null,
  metadata: Metadata = {},
): Promise<void> {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = JSON.stringify(header);
  const headerBytes = new TextEncoder().encode(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  const bytes = [...tensors.values()].map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  await writeUnderKey(path, key, [length, headerBytes, ...bytes]);
}
