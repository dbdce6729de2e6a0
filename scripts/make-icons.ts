import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { icns, ico, png } from './icons/files.ts';
import { MARK, PROJECT } from './icons/mark.ts';
import { draw, type Layer } from './icons/shapes.ts';

/** Draws the icons of the program and of its project files into packaging/icons. */
const FOLDER = join(import.meta.dirname, '..', 'packaging', 'icons');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

const pictures = (layers: readonly Layer[]) => SIZES.map((size) => ({ size, pixels: draw(layers, size) }));

mkdirSync(join(FOLDER, 'png'), { recursive: true });
for (const [name, layers] of [
  ['icon', MARK],
  ['project', PROJECT],
] as const) {
  const drawn = pictures(layers);
  writeFileSync(join(FOLDER, `${name}.ico`), ico(drawn.filter(({ size }) => size <= 64 || size === 256)));
  writeFileSync(join(FOLDER, `${name}.icns`), icns(drawn));
  if (name !== 'icon') continue;
  for (const picture of drawn) writeFileSync(join(FOLDER, 'png', `${picture.size}x${picture.size}.png`), png(picture));
}
