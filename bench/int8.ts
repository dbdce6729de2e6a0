import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorkerClient } from '../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../electron/hosting/fork.ts';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { createRng } from '../shared/rng.ts';
import { comparePredictions } from '../shared/stages/competitiveness/evaluation/evaluate.ts';
import { devMetrics, predictedClasses } from '../shared/train/evaluation.ts';
import { suggestConfig } from '../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS } from '../shared/worker/protocol.ts';
import type { Bench } from './bench.ts';
import { readLabelled, subset } from './labelled-csv.ts';

const REPEATS = 100;
const TIMED_TEXTS = 100;
const PRECISIONS = ['float32', 'int8'] as const;

/** Tunes a model, and holds its int8 form against it: accuracy on a test file row by row, size, and latency, throughput and memory of the exported files. */
export const int8: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      train: { type: 'string' },
      test: { type: 'string' },
      text: { type: 'string', default: 'text' },
      label: { type: 'string', default: 'label' },
      limit: { type: 'string', default: '2000' },
      'test-limit': { type: 'string', default: '1000' },
      epochs: { type: 'string', default: '3' },
      method: { type: 'string', default: 'full' },
      'max-length': { type: 'string', default: '64' },
      seed: { type: 'string', default: '0' },
    },
  });
  const need = (name: 'model' | 'train' | 'test'): string => {
    const value = values[name];
    if (value === undefined) throw new AppError('request.invalid', { name: 'int8', path: name, problem: 'missing' });
    return value;
  };
  const seed = Number(values.seed);
  const read = (file: string, rows: string) =>
    subset(readLabelled(file, values.text, values.label), Number(rows), null, seed);
  const [train, test] = [read(need('train'), values.limit), read(need('test'), values['test-limit'])];
  const classes = [...new Set([...train.labels, ...test.labels])].sort();
  const indices = (labels: readonly string[]) => Int32Array.from(labels, (label) => classes.indexOf(label));
  const maxLength = Number(values['max-length']);
  const rowsPerClass = classes.map((label) => train.labels.filter((other) => other === label).length);
  const { config } = suggestConfig({ rowsPerClass, maxLength, seed });
  const method = values.method === 'head' ? ({ type: 'head' } as const) : config.method;
  const folder = resolve(need('model'));
  const threads = physicalCores();
  const spool = mkdtempSync(join(tmpdir(), 'bench-int8-'));
  const client = createWorkerClient(() => forkEntry('worker'));
  try {
    const tuned = await client.run({
      type: 'train',
      folder,
      hash: null,
      tuned: null,
      config: { ...config, method, epochs: Number(values.epochs), earlyStopPatience: null },
      classes: classes.length,
      train: { texts: [...train.texts], labels: indices(train.labels) },
      dev: null,
      spool,
      resume: false,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
      threads,
    });
    if (tuned.type !== 'finished') throw new AppError('train.data', { problem: 'the training was paused' });
    const ref = { folder, hash: null, tuned: tuned.tunedFile, classes: classes.length };
    const actual = indices(test.labels);
    const measured = new Map<(typeof PRECISIONS)[number], { logits: Float32Array; figures: object }>();
    for (const precision of PRECISIONS) {
      const asked = { texts: [...test.texts], maxLength, threads };
      const { logits } = await client.run({ type: 'classify', ...ref, precision, ...asked });
      const file = join(spool, `${precision}.onnx`);
      const { bytes } = await client.run({ type: 'export', ...ref, precision, file });
      measured.set(precision, {
        logits,
        figures: { ...devMetrics(logits, actual, classes.length), size_mb: bytes / 1e6, ...(await time(file)) },
      });
    }
    const predicted = (precision: (typeof PRECISIONS)[number]) =>
      predictedClasses(measured.get(precision)!.logits, classes.length);
    const compared = comparePredictions({
      runId: 'int8',
      referenceId: 'float32',
      testLock: '',
      classes: classes.length,
      actual,
      predicted: predicted('int8'),
      reference: predicted('float32'),
      rng: createRng(seed),
    });
    return {
      model: (await readManifest(folder)).id,
      method: method.type,
      train_rows: train.texts.length,
      test_rows: test.texts.length,
      threads,
      float32: measured.get('float32')!.figures,
      int8: measured.get('int8')!.figures,
      accuracy_difference: compared.accuracyDifference,
      fixed: compared.fixed,
      broken: compared.broken,
      mcnemar_p: compared.mcNemar.pValue,
    };
  } finally {
    client.dispose();
    rmSync(spool, { recursive: true });
  }

  /** In a process that does nothing else. */
  async function time(file: string): Promise<object> {
    const fresh = createWorkerClient(() => forkEntry('worker'));
    try {
      const texts = test.texts.slice(0, TIMED_TEXTS);
      const { latency, peakMemoryMb } = await fresh.run({
        type: 'measureFile',
        file,
        tokenizer: join(folder, 'tokenizer.json'),
        classes: classes.length,
        texts: [...texts],
        maxLength,
        repeats: REPEATS,
        threads,
      });
      const { p50Ms, p95Ms, textsPerSecond, tokens } = latency;
      return { p50_ms: p50Ms, p95_ms: p95Ms, tokens, texts_s: textsPerSecond, peak_memory_mb: peakMemoryMb };
    } finally {
      fresh.dispose();
    }
  }
};
