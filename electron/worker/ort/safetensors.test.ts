import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSafetensors, readSafetensors, writeSafetensors } from './safetensors.ts';

function file(header: string | object, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const entry = (dtype: string, shape: readonly number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const bytesOf = (data: Uint16Array | Float32Array | BigInt64Array) => new Uint8Array(data.buffer);

describe('values', () => {
  it('widens half precision, subnormals and negative zero included', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x8000, 0x3555);
    const data = parseSafetensors(file({ a: entry('F16', [7], 0, 14) }, bytesOf(halves)), 'f').get('a')!.data;
    expect([...data]).toEqual([1, -2, 2 ** -24, 1023 * 2 ** -24, 65504, -0, 0.333251953125]);
  });

  it('widens bfloat16', () => {
    const halves = Uint16Array.of(0x3f80, 0xc049);
    const data = parseSafetensors(file({ a: entry('BF16', [2], 0, 4) }, bytesOf(halves)), 'f').get('a')!.data;
    expect([...data]).toEqual([1, -3.140625]);
  });

  it('come back as they were written', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'safetensors-')), 'x.safetensors');
    const tensors = new Map([
      ['b', { shape: [2, 2], data: Float32Array.of(1, -2.5, 3e-30, 4) }],
      ['a', { shape: [], data: Float32Array.of(7) }],
    ]);
    await writeSafetensors(path, tensors);
    const written = new Map([...tensors].map(([name, tensor]) => [name, { ...tensor, storedAs: 'F32' }]));
    expect(await readSafetensors(path)).toEqual(written);
  });
});

describe('a hostile or broken file is refused with its name', () => {
  const four = bytesOf(Float32Array.of(1));
  const cases: Readonly<Record<string, Uint8Array>> = {
    'no header': new Uint8Array(4),
    'a header longer than the file': file('{}').subarray(0, 9),
    'a header over the limit': Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0x7b),
    'a header that is no object': file('[]'),
    'a header that is no JSON': file('{"a":'),
    'data cut short': file({ a: entry('F32', [2], 0, 8) }, four),
    'bytes that belong to no tensor': file({ a: entry('F32', [1], 0, 4) }, new Uint8Array(8)),
    'a gap between tensors': file({ a: entry('F32', [1], 4, 8) }, new Uint8Array(8)),
    'overlapping tensors': file({ a: entry('F32', [1], 0, 4), b: entry('F32', [1], 0, 4) }, four),
    'a size that is not that of the shape': file({ a: entry('F32', [2], 0, 4) }, four),
    'a shape whose size overflows': file({ a: entry('F32', [2 ** 40, 2 ** 40], 0, 4) }, four),
    'a negative dimension': file({ a: entry('F32', [-1], 0, 4) }, four),
    'an unknown type': file({ a: entry('Q4', [1], 0, 4) }, four),
    'a type named like a property of objects': file({ a: entry('constructor', [1], 0, 4) }, four),
    'a tensor named twice': file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      four,
    ),
    'a name of 300 characters': file({ ['n'.repeat(300)]: entry('F32', [1], 0, 4) }, four),
    'a value that is not finite': file({ a: entry('F32', [1], 0, 4) }, bytesOf(Float32Array.of(Number.NaN))),
    'an integer over 32 bits': file({ a: entry('I64', [1], 0, 8) }, bytesOf(BigInt64Array.of(2n ** 40n))),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    it(name, () => {
      const refusal = expect.objectContaining({
        code: 'model.file',
        params: expect.objectContaining({ file: 'm.safetensors' }),
      });
      expect(() => parseSafetensors(bytes, 'm.safetensors')).toThrow(refusal);
    });
  }

  it('and one that does not exist', async () => {
    await expect(readSafetensors('/nowhere/m.safetensors')).rejects.toMatchObject({ code: 'model.file' });
  });
});
