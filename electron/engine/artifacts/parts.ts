import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';

/** Parts are bytes in the file's own (little-endian) order; these are the ways in which they are read and written. */
export function asInt32(bytes: Uint8Array<ArrayBuffer>): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
}

export function asFloat32(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
}

function asUint32(bytes: Uint8Array<ArrayBuffer>): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Uint32Array.BYTES_PER_ELEMENT);
}

export function asFloat64(bytes: Uint8Array<ArrayBuffer>): Float64Array {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Float64Array.BYTES_PER_ELEMENT);
}

export function bytesOf(array: Int32Array | Uint32Array | Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** A string table from its two parts, as it travels to another process. */
export function asStringTable(bytes: Uint8Array<ArrayBuffer>, offsets: Uint8Array<ArrayBuffer>): StringTable {
  return { bytes, offsets: asUint32(offsets) };
}

export function asStrings(bytes: Uint8Array<ArrayBuffer>, offsets: Uint8Array<ArrayBuffer>): string[] {
  return unpackStrings(asStringTable(bytes, offsets));
}

/** One string of a table, without unpacking the others. */
export function stringAt(bytes: Uint8Array<ArrayBuffer>, offsets: Uint8Array<ArrayBuffer>, index: number): string {
  const at = asUint32(offsets);
  return new TextDecoder().decode(bytes.subarray(at[index], at[index + 1]));
}
