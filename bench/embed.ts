import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { openTokenizer } from '../electron/worker/tokenizer.ts';
import { rowLengths } from '../shared/train/batches.ts';
import type { Bench } from './bench.ts';
import { encoderParameters } from './encoder-parameters.ts';
import { readLabelled } from './labelled-csv.ts';
import { withModelProcess } from './model-process.ts';
import { required } from './required.ts';

const PRECISIONS = ['float32', 'int8'] as const;
const MAX_LENGTH = 128;

/** `embed --model DIR --data F --text COL [--rows N]`: texts to vectors in the product's model process, from the text on, in both precisions.
 *  A classifier costs one product more for each text. Where the file has fewer texts than asked they come again; each is computed all the same. */
export const embed: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      text: { type: 'string' },
      rows: { type: 'string', default: '60000' },
    },
  });
  const need = (name: 'model' | 'data' | 'text') => required('embed', name, values[name]);
  const folder = resolve(need('model'));
  const { texts: found } = readLabelled(need('data'), need('text'), need('text'));
  const texts = Array.from({ length: Number(values.rows) }, (_, row) => found[row % found.length]!);
  const { tokens } = (await openTokenizer(join(folder, 'tokenizer.json'))).encode(texts, MAX_LENGTH);
  const perText = rowLengths(tokens).reduce((sum, length) => sum + length, 0) / texts.length;
  const { config } = await readEncoderFolder(folder);
  const threads = physicalCores();
  const figures: Record<string, object> = {};
  let gemm = Number.NaN;
  for (const precision of PRECISIONS) {
    figures[precision] = await withModelProcess(async (client) => {
      ({ gemmGflops: gemm } = await client.run({ type: 'probe', threads }));
      const ask = (some: readonly string[]) =>
        client.run({
          type: 'embed',
          folder,
          hash: null,
          tuned: null,
          precision,
          texts: [...some],
          maxLength: MAX_LENGTH,
          threads,
        });
      const loadedFrom = performance.now();
      await ask(texts.slice(0, 1));
      const loadS = (performance.now() - loadedFrom) / 1000;
      const from = performance.now();
      await ask(texts);
      const seconds = (performance.now() - from) / 1000;
      const operations = 2 * encoderParameters(config) * perText * texts.length;
      const { residentMb } = await client.run({ type: 'memory' });
      return {
        load_s: loadS,
        s: seconds,
        texts_s: texts.length / seconds,
        nominal_gflops: operations / (seconds * 1e9),
        resident_mb: residentMb,
      };
    });
  }
  const { id } = await readManifest(folder);
  return { model: id, rows: texts.length, tokens_a_text: perText, threads, gemm_gflops: gemm, ...figures };
};
