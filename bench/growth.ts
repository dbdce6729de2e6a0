import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { measureGemm } from '../electron/worker/probe.ts';
import { openTokenizer } from '../electron/worker/tokenizer.ts';
import { type BatchLimits, planEpoch, rowLengths } from '../shared/train/batches.ts';
import type { EncoderConfig } from '../shared/train/spec.ts';
import type { Bench } from './bench.ts';
import { readLabelled } from './labelled-csv.ts';
import { median, required } from './required.ts';
import { openTimedTrainer, type Shape } from './timed-trainer.ts';
import { namedMethod } from './tuning-methods.ts';

const ROWS = 16;
const LENGTH = 32;
const LENGTHS = [16, 32, 64, 128, 256];
const BATCHES = [4, 8, 16, 32, 64];
const CLASSES = [2, 20, 200, 2000];
const DATA_ROWS = [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000];
const LIMITS: BatchLimits = { batchSize: 32, tokenBudget: null, lengthMultiple: 1 };
const MAX_LENGTH = 128;

interface Point {
  readonly at: number;
  readonly ms: number;
}

/** `growth --model DIR --data F --text COL [--rounds N]`: time of an update against length, texts in the batch, layers and classes, and of preparing a run
 *  against rows, each with the exponent of the power of it that fits best. Linear is 1; below, a fixed part shows. */
export const growth: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      text: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const need = (name: 'model' | 'data' | 'text') => required('growth', name, values[name]);
  const folder = resolve(need('model'));
  const rounds = Number(values.rounds);
  const { config: encoder, weights } = await readEncoderFolder(folder);
  const { pooling, id } = await readManifest(folder);
  const threads = physicalCores();
  const gemm = await measureGemm(threads);
  const method = namedMethod('full', false, encoder.layers);

  const updates = async (
    change: { readonly encoder?: EncoderConfig; readonly classes?: number },
    shapes: readonly Shape[],
  ) => {
    const trainer = await openTimedTrainer({ encoder, classes: 2, ...change, weights, pooling, method, threads });
    const durations: number[] = [];
    for (const shape of shapes) {
      await trainer.step(shape);
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await trainer.step(shape));
      durations.push(median(times));
    }
    await trainer.dispose();
    return durations;
  };
  const overShapes = async (shapes: readonly Shape[], at: (shape: Shape) => number) => {
    const durations = await updates({}, shapes);
    return shapes.map((shape, i): Point => ({ at: at(shape), ms: durations[i]! }));
  };
  const shape = { rows: ROWS, length: LENGTH };
  const layers: Point[] = [];
  for (let count = 1; count <= encoder.layers; count++) {
    const [ms] = await updates({ encoder: { ...encoder, layers: count } }, [shape]);
    layers.push({ at: count, ms: ms! });
  }
  const classes: Point[] = [];
  for (const count of CLASSES) {
    const [ms] = await updates({ classes: count }, [shape]);
    classes.push({ at: count, ms: ms! });
  }
  const { texts } = readLabelled(need('data'), need('text'), need('text'));
  const tokenizer = await openTokenizer(join(folder, 'tokenizer.json'));
  const prepared = (count: number): Point => {
    const some = Array.from({ length: count }, (_, row) => texts[row % texts.length]!);
    const from = performance.now();
    planEpoch(rowLengths(tokenizer.encode(some, MAX_LENGTH).tokens), LIMITS, 0, 0);
    return { at: count, ms: performance.now() - from };
  };
  // The first rows compile the code, which would count as theirs.
  prepared(DATA_ROWS[0]!);
  const rows = DATA_ROWS.map(prepared);
  const lengths = LENGTHS.filter((length) => length <= encoder.maxPositions).map((length) => ({ rows: ROWS, length }));
  return {
    model: id,
    threads,
    gemm_gflops: gemm,
    length: fitted(await overShapes(lengths, ({ length }) => length)),
    batch: fitted(
      await overShapes(
        BATCHES.map((count) => ({ rows: count, length: LENGTH })),
        (s) => s.rows,
      ),
    ),
    layers: fitted(layers),
    classes: fitted(classes),
    rows_prepared: fitted(rows),
  };
};

/** The slope of log(ms) on log(at), by least squares. */
function fitted(points: readonly Point[]): { readonly exponent: number; readonly points: readonly Point[] } {
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const x = points.map(({ at }) => Math.log(at));
  const y = points.map(({ ms }) => Math.log(ms));
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0);
  return { exponent: covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0), points };
}
