import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MARK } from '../scripts/icons/mark.ts';
import { draw } from '../scripts/icons/shapes.ts';

const icon = (...name: string[]) => readFileSync(join(import.meta.dirname, 'icons', ...name));

/** Pixels of a PNG of ours: one block of rows without a filter. */
function pixelsOf(png: Buffer): Buffer {
  const size = png.readUInt32BE(16);
  const start = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
  return Buffer.concat(
    Array.from({ length: size }, (_, row) => rows.subarray(row * (size * 4 + 1) + 1).subarray(0, size * 4)),
  );
}

it('the icons that are packed are those that the script draws', () => {
  for (const size of [16, 48, 128]) expect(pixelsOf(icon('png', `${size}x${size}.png`))).toEqual(draw(MARK, size));
});

it('the mark is white on the green of the top bar, with clear corners', () => {
  const pixels = draw(MARK, 64);
  const at = (x: number, y: number) => [...pixels.subarray((y * 64 + x) * 4, (y * 64 + x) * 4 + 4)];
  expect(at(6, 32)).toEqual([0x14, 0x50, 0x4b, 255]);
  expect(at(32, 21)).toEqual([255, 255, 255, 255]);
  expect(at(0, 0)).toEqual([0, 0, 0, 0]);
});

describe.each(['icon', 'project'])('%s', (name) => {
  it('has on Windows every size from 16 to 256, each where its entry says', () => {
    const file = icon(`${name}.ico`);
    const entries = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
      const at = 6 + 16 * index;
      return { size: file[at] || 256, bytes: file.readUInt32LE(at + 8), offset: file.readUInt32LE(at + 12) };
    });
    expect(entries.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 256]);
    for (const { size, bytes, offset } of entries) {
      // A bitmap of four bytes a pixel with its header and an empty mask of whole words a row, or a PNG.
      const bitmap = 40 + size * size * 4 + Math.ceil(size / 32) * 4 * size;
      if (size < 256) expect(bytes).toBe(bitmap);
      else expect(file.subarray(offset + 1, offset + 4).toString()).toBe('PNG');
    }
    const last = entries.at(-1)!;
    expect(last.offset + last.bytes).toBe(file.length);
  });

  it('has on macOS the sizes for plain and for fine screens', () => {
    const file = icon(`${name}.icns`);
    const types: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
      types.push(file.subarray(at, at + 4).toString());
    expect(types).toEqual(['ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14']);
    expect(file.readUInt32BE(4)).toBe(file.length);
  });
});
