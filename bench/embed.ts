import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { openTokenizer } from '../electron/worker/tokenizer.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import { rowLengths } from '../shared/train/batches.ts';
import { suggestConfig } from '../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS } from '../shared/worker/training.ts';
import type { Bench } from './bench.ts';
import { encoderParameters } from './encoder-parameters.ts';
import { readLabelled } from './labelled-csv.ts';
import { withModelProcess, withSpool } from './model-process.ts';
import { required } from './required.ts';

const PRECISIONS = ['float32', 'int8'] as const;
const MAX_LENGTH = 128;

/** `embed --model DIR --data F --text COL [--rows N --classes N]`: texts to vectors in the product's model process, from the text on, in both
 *  precisions; with `--classes` to so many classes besides, by a classifier that stands on the same encoder and has learnt next to nothing.
 *  Where the file has fewer texts than asked they come again; each is computed all the same. */
export const embed: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      text: { type: 'string' },
      rows: { type: 'string', default: '60000' },
      classes: { type: 'string' },
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
  const classes = values.classes === undefined ? null : Number(values.classes);
  const operations = 2 * encoderParameters(config) * perText * texts.length;
  const figures: Record<string, object> = {};
  let gemm = Number.NaN;
  await withSpool(async (spool) => {
    const base = { folder, hash: null, tuned: null, maxLength: MAX_LENGTH, threads } as const;
    const head = classes === null ? null : { classes, tuned: await untaughtHead({ ...base, texts, classes, spool }) };
    for (const precision of PRECISIONS) {
      figures[precision] = await withModelProcess(async (client) => {
        ({ gemmGflops: gemm } = await client.run({ type: 'probe', threads }));
        const model = { ...base, precision };
        const timed = async (ask: (some: string[]) => Promise<unknown>) => {
          const load = await seconds(() => ask(texts.slice(0, 1)));
          const whole = await seconds(() => ask(texts));
          return {
            load_s: load,
            s: whole,
            texts_s: texts.length / whole,
            nominal_gflops: operations / (whole * 1e9),
          };
        };
        const embedded = await timed((some) => client.run({ type: 'embed', ...model, texts: some }));
        const classified =
          head === null
            ? {}
            : { classify: await timed((some) => client.run({ type: 'classify', ...model, ...head, texts: some })) };
        const { residentMb } = await client.run({ type: 'memory' });
        return { ...embedded, ...classified, resident_mb: residentMb };
      });
    }
  });
  const { id } = await readManifest(folder);
  return { model: id, rows: texts.length, tokens_a_text: perText, threads, gemm_gflops: gemm, ...figures };
};

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** The file of a classifier after a first update on a few texts, whose classes are dealt in turn. */
async function untaughtHead({
  texts,
  classes,
  spool,
  maxLength,
  ...base
}: {
  readonly folder: string;
  readonly hash: null;
  readonly tuned: null;
  readonly maxLength: number;
  readonly threads: number;
  readonly texts: readonly string[];
  readonly classes: number;
  readonly spool: string;
}): Promise<string> {
  const some = texts.slice(0, 2 * classes);
  const { config } = suggestConfig({ rowsPerClass: Array(classes).fill(2), maxLength, seed: 0 });
  return withModelProcess(async (client) => {
    const result = await client.run({
      type: 'train',
      ...base,
      config: { ...config, method: { type: 'head' }, headStart: 'random', epochs: 1, batchSize: some.length },
      classes,
      train: { texts: [...some], labels: Int32Array.from(some, (_, row) => row % classes) },
      dev: null,
      spool,
      resume: false,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
      provider: 'cpu',
    });
    if (result.type !== 'finished') throw new AppError('train.data', { problem: because('paused', {}) });
    return result.tunedFile;
  });
}
