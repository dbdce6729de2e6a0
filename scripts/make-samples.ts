import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeSampleFiles, SAMPLE_LANGUAGES, SHIPPED_SIZE } from './samples/files.ts';

/** Writes `resources/samples/<language>/`: the article's case 4.3 as data of our own making, the same bytes every time. */
const folder = path.join(import.meta.dirname, '..', 'resources', 'samples');
for (const language of SAMPLE_LANGUAGES) {
  mkdirSync(path.join(folder, language), { recursive: true });
  for (const [name, text] of Object.entries(makeSampleFiles(language, SHIPPED_SIZE))) {
    writeFileSync(path.join(folder, language, name), text);
    console.log(`${language}/${name}: ${Buffer.byteLength(text)} bytes`);
  }
}
