import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { importOffences } from './import-rules.ts';

const ROOT = join(import.meta.dirname, '..');

/** Prints everything that breaks a rule; exit code 1 when there is one. */
const files = ['shared', 'electron', 'renderer', 'bench', 'scripts', 'packaging', 'resources/package'].flatMap(
  (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|mjs)$/.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
      }),
);
const offences = importOffences(files);
for (const { file, found, rule } of offences) console.error(`${file}: ${found}: ${rule}`);
if (offences.length > 0) process.exit(1);
