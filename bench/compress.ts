import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import { createRng } from '../shared/rng.ts';
import { comparePredictions } from '../shared/stages/competitiveness/evaluation/evaluate.ts';
import { devMetrics, predictedClasses } from '../shared/train/evaluation.ts';
import type { Pruning } from '../shared/train/pruning.ts';
import { suggestConfig } from '../shared/train/run-config.ts';
import type { StorageFormat } from '../shared/train/storage.ts';
import { CHECKPOINT_EVERY_MS } from '../shared/worker/training.ts';
import type { Bench } from './bench.ts';
import { readLabelled, subset } from './labelled-csv.ts';
import { withModelProcess, withSpool } from './model-process.ts';
import { required } from './required.ts';
import { namedMethod } from './tuning-methods.ts';

const REPEATS = 100;
const TIMED_TEXTS = 100;
const CALIBRATION_TEXTS = 128;
const PERCENTILE = 99.99;
const DECIDING_ROWS = 512;

/** How a model is made smaller, by its name on the command line. Cuts are as they are before any training after them. */
const FORMS: Readonly<Record<string, { readonly precision: StorageFormat; readonly pruning?: Pruning }>> = {
  float32: { precision: 'float32' },
  int8: { precision: 'int8' },
  'int8-static': { precision: 'int8-static' },
  int4: { precision: 'int4' },
  float16: { precision: 'float16' },
  vocabulary: { precision: 'float32', pruning: { technique: 'vocabulary' } },
  heads: { precision: 'float32', pruning: { technique: 'head-pruning', share: 0.25 } },
  columns: { precision: 'float32', pruning: { technique: 'ffn-pruning', share: 0.25 } },
  magnitude: { precision: 'sparse', pruning: { technique: 'magnitude', share: 0.5, keep: [] } },
};

/** `compress --model DIR --train F --test F [--text COL --label COL --forms NAME,… --method NAME --limit N --test-limit N --epochs N]`: tunes a model, and
 *  holds every smaller form of it against it: accuracy on a test file row by row, and size, latency, throughput and memory of the exported files. */
export const compress: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      train: { type: 'string' },
      test: { type: 'string' },
      text: { type: 'string', default: 'text' },
      label: { type: 'string', default: 'label' },
      forms: { type: 'string', default: Object.keys(FORMS).join(',') },
      limit: { type: 'string', default: '2000' },
      'test-limit': { type: 'string', default: '1000' },
      epochs: { type: 'string', default: '3' },
      method: { type: 'string' },
      'max-length': { type: 'string', default: '64' },
      seed: { type: 'string', default: '0' },
    },
  });
  const need = (name: 'model' | 'train' | 'test') => required('compress', name, values[name]);
  const seed = Number(values.seed);
  const read = (file: string, rows: string) =>
    subset(readLabelled(file, values.text, values.label), Number(rows), null, seed);
  const [train, test] = [read(need('train'), values.limit), read(need('test'), values['test-limit'])];
  const names = [...new Set([...train.labels, ...test.labels])].sort();
  const classes = names.length;
  const indices = (labels: readonly string[]) => Int32Array.from(labels, (label) => names.indexOf(label));
  const maxLength = Number(values['max-length']);
  const labels = indices(train.labels);
  const rowsPerClass = names.map((_, k) => labels.filter((label) => label === k).length);
  const { config } = suggestConfig({ rowsPerClass, maxLength, seed });
  const folder = resolve(need('model'));
  const { config: encoder } = await readEncoderFolder(folder);
  const method = values.method === undefined ? config.method : namedMethod(values.method, false, encoder.layers);
  const forms = values.forms.split(',').filter((name) => name !== 'float32');
  const unknown = forms.find((name) => FORMS[name] === undefined);
  if (unknown !== undefined) {
    const problem = because('one-of', { values: Object.keys(FORMS).join(', ') });
    throw new AppError('request.invalid', { name: 'compress', path: 'forms', problem });
  }
  const threads = physicalCores();
  const { id } = await readManifest(folder);
  return withModelProcess((client) =>
    withSpool(async (spool) => {
      const { gemmGflops } = await client.run({ type: 'probe', threads });
      const data = { texts: [...train.texts], labels };
      const tuned = await client.run({
        type: 'train',
        folder,
        hash: null,
        tuned: null,
        config: { ...config, method, epochs: Number(values.epochs), earlyStopPatience: null },
        classes,
        train: data,
        dev: null,
        spool,
        resume: false,
        checkpointEveryMs: CHECKPOINT_EVERY_MS,
        threads,
      });
      if (tuned.type !== 'finished') throw new AppError('train.data', { problem: because('paused', {}) });
      const ref = { folder, hash: null, tuned: tuned.tunedFile, classes, maxLength, threads };
      const actual = indices(test.labels);

      /** The model in this form, as a request names it. */
      const made = async (name: string) => {
        const { precision, pruning } = FORMS[name]!;
        if (pruning !== undefined) {
          const file = join(spool, `${name}.safetensors`);
          const deciding =
            pruning.technique === 'vocabulary'
              ? data
              : { texts: data.texts.slice(0, DECIDING_ROWS), labels: labels.slice(0, DECIDING_ROWS) };
          await client.run({ type: 'prune', ...ref, pruning, data: deciding, probe: [], file });
          return { ...ref, tuned: file, precision };
        }
        if (precision !== 'int8-static') return { ...ref, precision };
        const texts = data.texts.slice(0, CALIBRATION_TEXTS);
        const { ranges } = await client.run({ type: 'calibrate', ...ref, texts, percentile: PERCENTILE });
        return { ...ref, precision, ranges };
      };
      const measure = async (name: string) => {
        const request = await made(name);
        const { logits } = await client.run({ type: 'classify', ...request, texts: [...test.texts] });
        const file = join(spool, `${name}.onnx`);
        const tokenizer = join(spool, `${name}.tokenizer.json`);
        const { maxLength: _, threads: _threads, ...model } = request;
        const { bytes } = await client.run({ type: 'export', ...model, file, tokenizer });
        const timed = await time(file, tokenizer);
        const figures = { ...devMetrics(logits, actual, classes), size_mb: bytes / 1e6, ...timed };
        return { predicted: predictedClasses(logits, classes), figures };
      };
      const original = await measure('float32');
      const figures: Record<string, object> = { float32: original.figures };
      for (const name of forms) {
        const form = await measure(name);
        const compared = comparePredictions({
          runId: name,
          referenceId: 'float32',
          testLock: '',
          classes,
          actual,
          predicted: form.predicted,
          reference: original.predicted,
          rng: createRng(seed),
        });
        figures[name] = {
          ...form.figures,
          faster: form.figures.texts_s / original.figures.texts_s,
          accuracy_difference: compared.accuracyDifference,
          fixed: compared.fixed,
          broken: compared.broken,
          mcnemar_p: compared.mcNemar.pValue,
        };
      }
      const rows = { train_rows: train.texts.length, test_rows: test.texts.length };
      return { model: id, method: method.type, ...rows, threads, gemm_gflops: gemmGflops, figures };
    }),
  );

  /** In a process that does nothing else. */
  function time(file: string, tokenizer: string) {
    return withModelProcess(async (fresh) => {
      const texts = test.texts.slice(0, TIMED_TEXTS);
      const asked = { file, tokenizer, classes, texts: [...texts], maxLength, repeats: REPEATS, threads };
      const { latency, peakMemoryMb } = await fresh.run({ type: 'measureFile', ...asked });
      const { p50Ms, p95Ms, textsPerSecond, tokens } = latency;
      return { p50_ms: p50Ms, p95_ms: p95Ms, tokens, texts_s: textsPerSecond, peak_memory_mb: peakMemoryMb };
    });
  }
};
