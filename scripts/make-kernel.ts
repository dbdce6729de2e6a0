import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './assemble.ts';

/** Writes `electron/worker/adamw/adamw-bytes.ts` after a change of `adamw.wat`. */
const FOLDER = join(import.meta.dirname, '..', 'electron', 'worker', 'adamw');
const base64 = await assemble(readFileSync(join(FOLDER, 'adamw.wat'), 'utf8'));
const lines = base64.match(/.{1,140}/g)!.map((line) => `  '${line}'`);
writeFileSync(
  join(FOLDER, 'adamw-bytes.ts'),
  `/** \`adamw.wat\`, assembled by \`node scripts/make-kernel.ts\`. */\nexport const ADAMW_WASM =\n${lines.join(' +\n')};\n`,
);
