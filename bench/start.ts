import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { WorkerClient } from '../electron/engine/jobs/worker-client.ts';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { openTokenizer } from '../electron/worker/tokenizer.ts';
import { rowLengths } from '../shared/train/batches.ts';
import { type RunConfig, suggestConfig } from '../shared/train/run-config.ts';
import { planRun } from '../shared/train/run-plan.ts';
import { CHECKPOINT_EVERY_MS, type TrainRequest } from '../shared/worker/training.ts';
import type { Bench } from './bench.ts';
import { type Labelled, readLabelled, subset } from './labelled-csv.ts';
import { withModelProcess, withSpool } from './model-process.ts';
import { median, required } from './required.ts';
import { openTimedTrainer } from './timed-trainer.ts';
import { namedMethod } from './tuning-methods.ts';

/** `start --model DIR --train F --text COL --label COL [--method NAME --limit N --rounds N]`: from asking for a run with the product's recipe until its
 *  first update begins, and until that is done. Cold: the model process is started for it; warm: it has begun such a run before. */
export const start: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      train: { type: 'string' },
      text: { type: 'string' },
      label: { type: 'string' },
      method: { type: 'string', default: 'full' },
      limit: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const need = (name: 'model' | 'train' | 'text' | 'label') => required('start', name, values[name]);
  const folder = resolve(need('model'));
  const whole = readLabelled(need('train'), need('text'), need('label'));
  const train = subset(whole, values.limit === undefined ? null : Number(values.limit), null, 0);
  const classes = [...new Set(train.labels)].sort();
  const labels = Int32Array.from(train.labels, (label) => classes.indexOf(label));
  const { config: encoder, weights } = await readEncoderFolder(folder);
  const rowsPerClass = classes.map((_, k) => labels.filter((label) => label === k).length);
  const { config: recipe } = suggestConfig({ rowsPerClass, maxLength: 128, seed: 0 });
  const method = namedMethod(values.method, false, encoder.layers);
  const config = { ...recipe, method, batchSize: 32, epochs: 1 };
  const threads = physicalCores();
  const { gemmGflops } = await withModelProcess((client) => client.run({ type: 'probe', threads }));
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    await withModelProcess((client) =>
      withSpool(async (spool) => {
        const request: TrainRequest = {
          type: 'train',
          folder,
          hash: null,
          tuned: null,
          config,
          classes: classes.length,
          train: { texts: [...train.texts], labels },
          dev: null,
          spool,
          resume: false,
          checkpointEveryMs: CHECKPOINT_EVERY_MS,
          threads,
        };
        cold.push(await untilFirstUpdate(client, request));
        warm.push(await untilFirstUpdate(client, request));
      }),
    );
  }
  const { pooling, id } = await readManifest(folder);
  const shape = await firstShape(folder, train, config);
  const trainer = await openTimedTrainer({ encoder, weights, pooling, method, classes: classes.length, threads });
  const updateS = (await trainer.step(shape)) / 1000;
  await trainer.dispose();
  const figures = (times: readonly number[]) => ({
    begins_s: Math.max(0, median(times) - updateS),
    done_s: median(times),
    all_done_s: times,
  });
  return {
    model: id,
    rows: train.texts.length,
    classes: classes.length,
    method: method.type,
    threads,
    gemm_gflops: gemmGflops,
    first_update: { ...shape, s: updateS },
    cold: figures(cold),
    warm: figures(warm),
  };
};

/** Seconds until the first update is done; the run is cancelled then. */
async function untilFirstUpdate(client: WorkerClient, request: TrainRequest): Promise<number> {
  const stop = new AbortController();
  const enough = new Error('the first update is done');
  const from = performance.now();
  let seconds = Number.NaN;
  const onEvent = ({ type }: { readonly type: string }) => {
    if (type !== 'ticked' || stop.signal.aborted) return;
    seconds = (performance.now() - from) / 1000;
    stop.abort(enough);
  };
  await client.run(request, { signal: stop.signal, onEvent }).catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  return seconds;
}

/** The batch that a run begins with. */
async function firstShape(folder: string, { texts }: Labelled, config: RunConfig) {
  const { tokens } = (await openTokenizer(`${folder}/tokenizer.json`)).encode(texts, config.maxLength);
  const plan = planRun(rowLengths(tokens), config).epoch(0);
  return { rows: plan.starts[1]!, length: plan.lengths[0]! };
}
