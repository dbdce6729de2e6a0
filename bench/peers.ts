import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lowerPriority } from '../electron/hosting/fork.ts';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import { suggestConfig } from '../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS } from '../shared/worker/training.ts';
import type { Bench } from './bench.ts';
import { readLabelled, subset } from './labelled-csv.ts';
import { withModelProcess, withSpool } from './model-process.ts';
import { PEERS, type PeerName, startPeer } from './peer-process.ts';
import { median, required, shapesOf } from './required.ts';
import { openTimedTrainer } from './timed-trainer.ts';
import { namedMethod } from './tuning-methods.ts';

const MAX_LENGTH = 128;
const BATCH = 32;
/** The Trainer's own batch is 8 texts; 16 suit it better. */
const TRAINER_BATCH = 16;
const EMBEDDING_BATCH = 32;

/** A slice of our own work. */
interface Slice {
  readonly seconds: number;
  readonly texts: number;
  readonly peakMb?: number;
}

/** `peers --python FILE --model DIR --train F --text COL --label COL [--works step,loop,trainer,embed --limit N --rounds N --shape 16x128 --dropout X]`:
 *  our work and that of PyTorch and transformers on the same texts, taking turns on one machine. */
export const peers: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      python: { type: 'string' },
      model: { type: 'string' },
      train: { type: 'string' },
      text: { type: 'string' },
      label: { type: 'string' },
      works: { type: 'string', default: PEERS.join(',') },
      limit: { type: 'string', default: '750' },
      rounds: { type: 'string', default: '2' },
      shape: { type: 'string', default: '16x128' },
      dropout: { type: 'string', default: '0' },
      threads: { type: 'string' },
      method: { type: 'string', default: 'full' },
    },
  });
  // Our model process runs below normal priority: so do the others, else whatever else the machine does would slow ours alone.
  lowerPriority(process.pid);
  const need = (name: 'python' | 'model' | 'train' | 'text' | 'label') => required('peers', name, values[name]);
  const folder = resolve(need('model'));
  const whole = readLabelled(need('train'), need('text'), need('label'));
  const { texts, labels: names } = subset(whole, Number(values.limit), null, 0);
  const classNames = [...new Set(names)].sort();
  const classes = classNames.length;
  const labels = Int32Array.from(names, (name) => classNames.indexOf(name));
  const { pooling, id } = await readManifest(folder);
  const { config: encoder, weights } = await readEncoderFolder(folder);
  const threads = values.threads === undefined ? physicalCores() : Number(values.threads);
  const rounds = Number(values.rounds);
  const method = namedMethod(values.method, false, encoder.layers);
  const [shape] = shapesOf('peers', values.shape);
  if (shape === undefined)
    throw new AppError('request.invalid', { name: 'peers', path: 'shape', problem: because('missing', {}) });
  const dropout = Number(values.dropout);
  const { gemmGflops } = await withModelProcess((client) => client.run({ type: 'probe', threads }));
  const common = { folder, pooling, threads, classes, maxLength: MAX_LENGTH };
  const data = { texts, labels: [...labels] };

  const train = () =>
    withModelProcess((client) =>
      withSpool(async (spool): Promise<Slice> => {
        const rowsPerClass = classNames.map((_, k) => labels.filter((label) => label === k).length);
        const { config } = suggestConfig({ rowsPerClass, maxLength: MAX_LENGTH, seed: 0 });
        const result = await client.run({
          type: 'train',
          folder,
          hash: null,
          tuned: null,
          config: { ...config, method, batchSize: BATCH, epochs: 1, headStart: 'random' },
          classes,
          train: { texts: [...texts], labels },
          dev: null,
          spool,
          resume: false,
          checkpointEveryMs: CHECKPOINT_EVERY_MS,
          threads,
        });
        if (result.type !== 'finished') throw new AppError('train.data', { problem: because('paused', {}) });
        return { seconds: result.trainMs / 1000, texts: result.texts, peakMb: result.peakMemoryMb };
      }),
    );
  /** Takes turns with a peer; medians over the rounds. */
  const compare = async (peer: PeerName, task: object, ours: () => Promise<Slice>, slices = rounds) =>
    withSpool(async (spool) => {
      const other = await startPeer(peer, need('python'), { ...common, ...task }, spool);
      try {
        const pairs: { ours: Slice; theirs: Slice }[] = [];
        for (let round = 0; round < slices; round++) {
          const mine = await ours();
          const { seconds, texts: count, peak_mb: peakMb } = await other.slice();
          pairs.push({ ours: mine, theirs: { seconds, texts: count, peakMb } });
        }
        const rate = (slice: Slice) => slice.texts / slice.seconds;
        const [mine, theirs] = [pairs.map((pair) => rate(pair.ours)), pairs.map((pair) => rate(pair.theirs))];
        const peak = (side: 'ours' | 'theirs') => Math.max(...pairs.map((pair) => pair[side].peakMb ?? 0));
        return {
          torch: other.torch,
          peer_gemm_gflops: other.gemmGflops,
          texts_s: median(mine),
          peer_texts_s: median(theirs),
          ratio: median(pairs.map((pair) => rate(pair.ours) / rate(pair.theirs))),
          all: { ours: mine, theirs },
          ...(peak('ours') === 0 ? {} : { peak_mb: peak('ours'), peer_peak_mb: peak('theirs') }),
        };
      } finally {
        other.close();
      }
    });
  const embedding = (precision: 'float32' | 'int8', byLength: boolean) =>
    withModelProcess(async (client) => {
      const ask = (some: readonly string[]) => {
        const model = { folder, hash: null, tuned: null, precision };
        return client.run({ type: 'embed', ...model, texts: [...some], maxLength: MAX_LENGTH, threads });
      };
      await ask(texts.slice(0, 1));
      return compare('embed', { texts, batch: EMBEDDING_BATCH, byLength }, async () => {
        const from = performance.now();
        await ask(texts);
        return { seconds: (performance.now() - from) / 1000, texts: texts.length };
      });
    });

  const works: Readonly<Record<PeerName, () => Promise<object>>> = {
    async step() {
      const trainer = await openTimedTrainer({ encoder, weights, pooling, method, classes, threads, dropout });
      const slice = async () => ({ seconds: (await trainer.step(shape)) / 1000, texts: shape.rows });
      await slice();
      const compared = await compare('step', { ...shape, dropout }, slice, 4 * rounds);
      await trainer.dispose();
      return { ...shape, dropout, ...compared };
    },
    loop: () => compare('loop', { ...data, batch: BATCH, learningRate: 1e-4 }, train),
    trainer: () => compare('trainer', { ...data, trainerBatch: TRAINER_BATCH }, train),
    embed: async () => ({
      as_given: await embedding('float32', false),
      by_length: await embedding('float32', true),
      int8_by_length: await embedding('int8', true),
    }),
  };
  const figures: Record<string, object> = {};
  for (const work of PEERS.filter((name) => values.works.split(',').includes(name))) {
    figures[work] = await works[work]();
    process.stderr.write(`${JSON.stringify({ [work]: figures[work] })}\n`);
  }
  return {
    model: id,
    texts: texts.length,
    classes,
    method: values.method,
    threads,
    gemm_gflops: gemmGflops,
    ...figures,
  };
};
