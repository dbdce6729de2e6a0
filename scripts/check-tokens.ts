import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { tokenOffences } from './token-rules.ts';

const ROOT = join(import.meta.dirname, '..');

/** Prints every colour and size that a screen writes past the tokens; exit code 1 when there is one. */
const files = readdirSync(join(ROOT, 'renderer'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(css|tsx?)$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
  });
const offences = tokenOffences(files);
for (const { file, line, found, instead } of offences) console.error(`${file}:${line}: ${found}\n  use ${instead}`);
if (offences.length > 0) process.exit(1);
