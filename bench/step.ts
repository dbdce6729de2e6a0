import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { measureGemm } from '../electron/worker/probe.ts';
import type { Bench } from './bench.ts';
import { encoderParameters } from './encoder-parameters.ts';
import { median, required, shapesOf } from './required.ts';
import { openTimedTrainer } from './timed-trainer.ts';
import { namedMethod } from './tuning-methods.ts';

const SHAPES = '16x128,32x32,32x16,8x256';
const METHODS = 'full,lora,frozen-1';

/** `step --model DIR [--shapes ROWSxTOKENS,… --methods NAME,… --classes N --rounds N --dropout X]`: time of an update, the methods taking turns. */
export const step: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      shapes: { type: 'string', default: SHAPES },
      methods: { type: 'string', default: METHODS },
      classes: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '7' },
      dropout: { type: 'string' },
    },
  });
  const folder = resolve(required('step', 'model', values.model));
  const { config: encoder, weights } = await readEncoderFolder(folder);
  const manifest = await readManifest(folder);
  const threads = physicalCores();
  const gemm = await measureGemm(threads);
  const names = values.methods.split(',');
  const shapes = shapesOf('step', values.shapes);
  const trainers = await Promise.all(
    names.map((name) =>
      openTimedTrainer({
        encoder,
        weights,
        pooling: manifest.pooling,
        method: namedMethod(name, false, encoder.layers),
        classes: Number(values.classes),
        threads,
        ...(values.dropout === undefined ? {} : { dropout: Number(values.dropout) }),
      }),
    ),
  );
  const figures: object[] = [];
  for (const shape of shapes) {
    const times = names.map((): number[] => []);
    // The first update of a shape plans memory, or fills the cache of a prefix.
    for (const trainer of trainers) await trainer.step(shape);
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [i, trainer] of trainers.entries()) times[i]!.push(await trainer.step(shape));
    }
    const full = median(times[names.indexOf('full')] ?? []);
    const operations = 6 * encoderParameters(encoder) * shape.rows * shape.length;
    for (const [i, method] of names.entries()) {
      const ms = median(times[i]!);
      figures.push({
        method,
        ...shape,
        ms,
        best_ms: Math.min(...times[i]!),
        texts_s: (1000 * shape.rows) / ms,
        /** As if everything had been computed: more than the processor's rate where work is left out. */
        nominal_gflops: operations / (ms * 1e6),
        of_gemm: operations / (ms * 1e6) / gemm,
        ...(Number.isNaN(full) ? {} : { times_full: full / ms }),
      });
    }
  }
  for (const trainer of trainers) await trainer.dispose();
  return { model: manifest.id, threads, gemm_gflops: gemm, rounds: Number(values.rounds), figures };
};
