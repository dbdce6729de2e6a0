/** Many strings in two arrays, so that a hundred thousand texts cross a process border as a copy of bytes. */
export interface StringTable {
  /** UTF-8 of all strings, one after another. */
  readonly bytes: Uint8Array;
  /** Byte offsets, one more than there are strings; string i is bytes[offsets[i], offsets[i + 1]). */
  readonly offsets: Uint32Array;
}

export function packStrings(strings: readonly string[]): StringTable {
  const encoder = new TextEncoder();
  const encoded = strings.map((text) => encoder.encode(text));
  const offsets = new Uint32Array(strings.length + 1);
  encoded.forEach((part, index) => {
    offsets[index + 1] = offsets[index]! + part.length;
  });
  const bytes = new Uint8Array(offsets[strings.length]!);
  encoded.forEach((part, index) => {
    bytes.set(part, offsets[index]!);
  });
  return { bytes, offsets };
}

export function unpackStrings(table: StringTable): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: table.offsets.length - 1 }, (_, index) =>
    decoder.decode(table.bytes.subarray(table.offsets[index], table.offsets[index + 1])),
  );
}
