import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { importOffences } from './import-rules.ts';

const ROOT = join(import.meta.dirname, '..');

/** Prints every import that breaks a rule; exit code 1 when there is one. */
const files = ['shared', 'electron', 'renderer', 'bench', 'packaging', 'scripts'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
    }),
);
const offences = importOffences(files);
for (const { file, imports, rule } of offences) console.error(`${file} imports ${imports}: ${rule}`);
if (offences.length > 0) process.exit(1);
