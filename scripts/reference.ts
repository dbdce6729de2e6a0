import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readSafetensors } from '../electron/worker/ort/safetensors.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { PROVIDERS } from '../shared/train/provider.ts';
import { runReferenceCase } from './reference-case.ts';

/** Compares the training engine with what PyTorch computed: `npm run -s reference -- DIR` prints the largest absolute differences.
 *  Ends with 1 where a case could not be computed. */
const NOT_CASES = new Set(['model.safetensors', 'batch.safetensors']);
const [folder, named = 'cpu'] = process.argv.slice(2);
const provider = PROVIDERS.find((known) => known === named);
if (folder === undefined || provider === undefined) {
  console.error(`usage: npm run -s reference -- DIR [${PROVIDERS.join(' | ')}]`);
  process.exit(2);
}
const model = await readEncoderFolder(folder);
const batch = await readSafetensors(join(folder, 'batch.safetensors'));
const meta: unknown = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8'));
const cases: Record<string, unknown> = {};
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.safetensors')).sort()) {
  if (NOT_CASES.has(file)) continue;
  const name = file.slice(0, -'.safetensors'.length);
  try {
    const expected = await readSafetensors(join(folder, file));
    cases[name] = await runReferenceCase(
      { name, model, batch, meta, expected },
      { provider, threads: availableParallelism() },
    );
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name} left out: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(JSON.stringify({ provider, cases }));
