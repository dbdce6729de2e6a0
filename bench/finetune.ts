import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { readManifest } from '../electron/models/model-folder.ts';
import { readEncoderFolder } from '../electron/worker/ort/weights.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import { devMetrics } from '../shared/train/evaluation.ts';
import { type Provider, providerSchema } from '../shared/train/provider.ts';
import { learningRateFor, type RunConfig, runConfigSchema, suggestConfig } from '../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS } from '../shared/worker/training.ts';
import { answersMoved } from './answers-moved.ts';
import type { Bench } from './bench.ts';
import { type Labelled, readLabelled, subset } from './labelled-csv.ts';
import { withModelProcess, withSpool } from './model-process.ts';
import { namedMethod } from './tuning-methods.ts';

/** Fine-tunes on a CSV file and measures on another, in the product's own model process. What is not given follows the product's recipe. */
export const finetune: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      train: { type: 'string' },
      test: { type: 'string' },
      text: { type: 'string' },
      label: { type: 'string' },
      epochs: { type: 'string' },
      batch: { type: 'string' },
      lr: { type: 'string' },
      'max-length': { type: 'string', default: '128' },
      method: { type: 'string' },
      seed: { type: 'string', default: '0' },
      threads: { type: 'string' },
      dropout: { type: 'string' },
      schedule: { type: 'string' },
      'train-embeddings': { type: 'boolean', default: false },
      limit: { type: 'string' },
      'per-class': { type: 'string' },
      'layer-decay': { type: 'string' },
      gradual: { type: 'boolean', default: false },
      accumulate: { type: 'string' },
      /** Any other option of a run, as NAME=JSON. */
      set: { type: 'string', multiple: true, default: [] },
      provider: { type: 'string', default: 'cpu' },
      /** Also asks for the test rows after harmless changes: answers that change with them. */
      perturb: { type: 'boolean', default: false },
    },
  });
  const need = (name: 'model' | 'train' | 'test' | 'text' | 'label'): string => {
    const value = values[name];
    if (value === undefined)
      throw new AppError('request.invalid', { name: 'finetune', path: name, problem: because('missing', {}) });
    return value;
  };
  const seed = Number(values.seed);
  const read = (file: string) => readLabelled(file, need('text'), need('label'));
  const whole = read(need('train'));
  const limit = values['per-class'] === undefined ? null : Number(values['per-class']);
  const train = subset(whole, values.limit === undefined ? null : Number(values.limit), limit, seed);
  const test = read(need('test'));
  const classes = [...new Set(whole.labels)].sort();
  const labelsOf = (rows: Labelled) => Int32Array.from(rows.labels, (label) => classes.indexOf(label));
  const trainLabels = labelsOf(train);
  const rowsPerClass = classes.map((_, k) => trainLabels.filter((label) => label === k).length);
  const recipe = suggestConfig({ rowsPerClass, maxLength: Number(values['max-length']), seed }).config;
  const { config: encoder } = await readEncoderFolder(resolve(need('model')));
  const method =
    values.method === undefined
      ? recipe.method
      : namedMethod(values.method, values['train-embeddings'], encoder.layers);
  const optional = (text: string | undefined, fallback: number) => (text === undefined ? fallback : Number(text));
  const config = runConfigSchema.parse({
    ...recipe,
    method,
    epochs: optional(values.epochs, recipe.epochs),
    batchSize: optional(values.batch, recipe.batchSize),
    learningRate: optional(values.lr, values.method === undefined ? recipe.learningRate : learningRateFor(method.type)),
    dropout: optional(values.dropout, recipe.dropout),
    schedule: values.schedule ?? recipe.schedule,
    earlyStopPatience: null,
    ...(values['layer-decay'] === undefined ? {} : { layerDecay: Number(values['layer-decay']) }),
    ...(values.gradual ? { unfreezing: 'gradual' } : {}),
    ...(values.accumulate === undefined ? {} : { accumulation: Number(values.accumulate) }),
    ...Object.fromEntries(values.set.map(optionOf)),
  });
  return await measure(resolve(need('model')), config, classes.length, train, trainLabels, test, labelsOf(test), {
    threads: optional(values.threads, physicalCores()),
    provider: providerSchema.parse(values.provider),
    perturb: values.perturb,
  });
};

/** @throws AppError 'request.invalid' */
function optionOf(text: string): readonly [name: string, value: unknown] {
  const [name = '', ...rest] = text.split('=');
  try {
    return [name, JSON.parse(rest.join('='))];
  } catch {
    throw new AppError('request.invalid', {
      name: 'finetune',
      path: `set ${name}`,
      problem: because('form', { form: 'NAME=JSON' }),
    });
  }
}

async function measure(
  folder: string,
  config: RunConfig,
  classes: number,
  train: Labelled,
  trainLabels: Int32Array,
  test: Labelled,
  testLabels: Int32Array,
  { threads, provider, perturb }: { readonly threads: number; readonly provider: Provider; readonly perturb: boolean },
): Promise<object> {
  return withModelProcess((client) =>
    withSpool(async (spool) => {
      const { gemmGflops } = await client.run({ type: 'probe', threads });
      const ref = { folder, hash: null, tuned: null, threads };
      const startedAt = performance.now();
      let firstStepS: number | null = null;
      const result = await client.run(
        {
          type: 'train',
          ...ref,
          config,
          classes,
          train: { texts: [...train.texts], labels: trainLabels },
          dev: null,
          spool,
          resume: false,
          checkpointEveryMs: CHECKPOINT_EVERY_MS,
          provider,
        },
        {
          onEvent(event) {
            if (event.type !== 'ticked') return;
            firstStepS ??= (performance.now() - startedAt) / 1000;
            const { step, totalSteps, textsPerSecond, steps } = event.tick;
            process.stderr.write(
              `\r${step}/${totalSteps} loss ${steps.at(-1)?.loss.toFixed(3)} ${textsPerSecond?.toFixed(0)} texts/s `,
            );
          },
        },
      );
      if (result.type !== 'finished') throw new AppError('train.data', { problem: because('paused', {}) });
      const trainS = (performance.now() - startedAt) / 1000;
      process.stderr.write('\n');
      const predictedAt = performance.now();
      const tuned = { ...ref, tuned: result.tunedFile, classes, maxLength: config.maxLength };
      const classify = async (texts: readonly string[]) =>
        (await client.run({ type: 'classify', ...tuned, texts: [...texts] })).logits;
      const logits = await classify(test.texts);
      const predictS = (performance.now() - predictedAt) / 1000;
      const { accuracy, macroF1 } = devMetrics(logits, testLabels, classes);
      const operations = 6 * result.encoderParameters * result.tokens;
      return {
        accuracy,
        macro_f1: macroF1,
        train_s: trainS,
        samples_s: result.texts / trainS,
        predict_s: predictS,
        rss_mb: result.peakMemoryMb,
        provider,
        threads,
        gemm_gflops: gemmGflops,
        train_gflops: operations / (result.trainMs * 1e6),
        steps_s: result.trainMs / 1000,
        first_step_s: firstStepS,
        model: (await readManifest(folder)).id,
        rows: train.texts.length,
        added_rows: result.addedRows,
        ...(perturb ? { perturbed: await answersMoved(test.texts, logits, classes, classify) } : {}),
        config,
      };
    }),
  );
}
