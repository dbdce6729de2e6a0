import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor as OrtTensor, InferenceSession as Session } from 'onnxruntime-node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readLabelled } from '../../bench/labelled-csv.ts';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { openModel } from '../../electron/worker/open-model.ts';
import { createEncoder } from '../../electron/worker/ort/encoder.ts';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { openTokenizer } from '../../electron/worker/tokenizer.ts';
import { predictedClasses } from '../../shared/train/evaluation.ts';
import { suggestConfig } from '../../shared/train/run-config.ts';
import type { TokenBatch } from '../../shared/train/spec.ts';
import { AS_TRAINED } from '../../shared/train/storage.ts';
import { CHECKPOINT_EVERY_MS } from '../../shared/worker/training.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
const MODELS = ['bge-small-zh-v1.5', 'all-MiniLM-L6-v2'] as const;
const MAX_LENGTH = 32;

let home: string;
let model: string;
let client: WorkerClient;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'export-'));
  model = join(home, 'tiny');
  await writeTinyModel(model);
});
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  client = createWorkerClient(() => forkEntry('worker'));
});
afterEach(() => client.dispose());

async function trained() {
  const config = {
    ...suggestConfig({ rowsPerClass: [60, 60, 60, 60], maxLength: MAX_LENGTH, seed: 5 }).config,
    learningRate: 3e-3,
    epochs: 2,
    batchSize: 8,
  };
  const result = await client.run({
    type: 'train',
    folder: model,
    hash: null,
    tuned: null,
    config,
    classes: CLASSES,
    train: tinyTexts(240, CLASSES, 1),
    dev: null,
    spool: mkdtempSync(join(home, 'spool-')),
    resume: false,
    checkpointEveryMs: CHECKPOINT_EVERY_MS,
    threads: 1,
  });
  if (result.type !== 'finished') throw new Error(`the training is ${result.type}`);
  return { folder: model, hash: null, tuned: result.tunedFile, classes: CLASSES };
}

/** What a customer's program does: ids and a mask into the bare file, padded on the right to `width`. */
async function askBareFile(file: string, texts: readonly string[], width: number): Promise<Float32Array> {
  const { default: ort } = (await import('onnxruntime-node')) as unknown as {
    default: { InferenceSession: typeof Session; Tensor: typeof OrtTensor };
  };
  const { tokens, padId } = await (async () => {
    const tokenizer = await openTokenizer(join(model, 'tokenizer.json'));
    return { tokens: tokenizer.encode(texts, MAX_LENGTH).tokens, padId: tokenizer.padId };
  })();
  const ids = new BigInt64Array(texts.length * width).fill(BigInt(padId));
  const mask = new BigInt64Array(texts.length * width);
  for (let row = 0; row < texts.length; row++) {
    const [from, to] = [tokens.offsets[row]!, tokens.offsets[row + 1]!];
    for (let at = from; at < to; at++) {
      ids[row * width + at - from] = BigInt(tokens.ids[at]!);
      mask[row * width + at - from] = 1n;
    }
  }
  const session = await ort.InferenceSession.create(file, { executionProviders: ['cpu'] });
  const shape = [texts.length, width];
  const { logits } = await session.run({
    input_ids: new ort.Tensor('int64', ids, shape),
    attention_mask: new ort.Tensor('int64', mask, shape),
  });
  await session.release();
  return logits!.data as Float32Array;
}

test.each(['float32', 'float16', 'sparse', 'int8', 'int4'] as const)(
  'an exported file (%s) answers alone as the model in the product does',
  async (precision) => {
    const ref = { ...(await trained()), precision };
    const file = join(home, 'model.onnx');
    const written = await client.run({ type: 'export', ...ref, file });
    const bytes = readFileSync(file);
    expect(written).toEqual({
      bytes: bytes.length,
      encoder: null,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      inputs: [
        { name: 'input_ids', type: 'int64', shape: ['batch', 'length'] },
        { name: 'attention_mask', type: 'int64', shape: ['batch', 'length'] },
      ],
      outputs: [{ name: 'logits', type: 'float32', shape: ['batch', CLASSES] }],
      opset: 18,
    });
    const { texts } = tinyTexts(12, CLASSES, 9);
    const { logits } = await client.run({ type: 'classify', ...ref, texts, maxLength: MAX_LENGTH, threads: 1 });
    // In int8 a batch shares one scale of its activations, padding included: other widths give slightly other numbers.
    const tolerance = !precision.startsWith('int') ? { 16: 1e-4, [MAX_LENGTH]: 1e-4 } : { 16: 0.1, [MAX_LENGTH]: 0.1 };
    for (const [width, most] of Object.entries(tolerance)) {
      const alone = await askBareFile(file, texts, Number(width));
      expect(alone.length).toBe(logits.length);
      for (const [at, value] of logits.entries()) expect(Math.abs(alone[at]! - value)).toBeLessThan(most);
    }
  },
);

test('int8 is a different, smaller file whose answers are close, and every part alone moves them less than all together', async () => {
  const ref = await trained();
  const { texts } = tinyTexts(40, CLASSES, 9);
  const asked = { texts, maxLength: MAX_LENGTH, threads: 1 };
  const float32 = (await client.run({ type: 'classify', ...ref, ...asked })).logits;
  const int8 = (await client.run({ type: 'classify', ...ref, precision: 'int8', ...asked })).logits;
  const change = (logits: Float32Array) =>
    logits.reduce((sum, value, at) => sum + Math.abs(value - float32[at]!), 0) / logits.length;
  const spread = float32.reduce((sum, value) => sum + Math.abs(value), 0) / float32.length;
  expect(change(int8)).toBeGreaterThan(0);
  expect(change(int8)).toBeLessThan(0.05 * spread);
  const { reference, groups } = await client.run({ type: 'sensitivity', ...ref, precision: 'int8', ...asked });
  expect(reference).toEqual(float32);
  expect(groups.map(({ group }) => group)).toEqual([
    'embeddings',
    'layer.0.attention',
    'layer.0.feed-forward',
    'layer.1.attention',
    'layer.1.feed-forward',
  ]);
  for (const { logits } of groups) {
    expect(change(logits)).toBeGreaterThan(0);
    expect(change(logits)).toBeLessThan(1.5 * change(int8));
  }
});

test('an exported file is measured by loading it alone', async () => {
  const file = join(home, 'measured.onnx');
  const tokenizer = join(home, 'measured.tokenizer.json');
  await client.run({ type: 'export', ...(await trained()), precision: 'int8', file, tokenizer });
  expect(readFileSync(tokenizer)).toEqual(readFileSync(join(model, 'tokenizer.json')));
  const { texts } = tinyTexts(20, CLASSES, 9);
  const asked = { file, tokenizer, classes: CLASSES, texts, maxLength: MAX_LENGTH, repeats: 10, threads: 1 };
  const { latency, peakMemoryMb } = await client.run({ type: 'measureFile', ...asked });
  expect(latency.p50Ms).toBeGreaterThan(0);
  expect(latency.p95Ms).toBeGreaterThanOrEqual(latency.p50Ms);
  expect([latency.repeats, latency.threads]).toEqual([10, 1]);
  expect(peakMemoryMb).toBeGreaterThan(20);
});

test.each(MODELS)('%s in int8 is as close to float32 as what ONNX Runtime makes of it in Python', async (id) => {
  const golden = join('test/golden/embeddings', id);
  const reference = JSON.parse(readFileSync('test/golden/int8/quantize_dynamic.json', 'utf8'))[id];
  const { input_ids: ids } = JSON.parse(readFileSync(join(golden, 'sentences.json'), 'utf8')) as {
    input_ids: number[][];
  };
  const { config, weights, manifest } = await openModel({
    folder: join('models', id),
    hash: null,
    tuned: null,
    spoolKey: null,
  });
  const expected = (await readSafetensors(join(golden, 'embeddings.safetensors'))).get(manifest.pooling)!.data;
  const spec = { encoder: config, pooling: manifest.pooling, head: null, labels: 0 } as const;
  const encoder = await createEncoder(spec, weights, { threads: 2 }, { ...AS_TRAINED, format: 'int8' });
  const { embeddings } = await encoder.run(paddedBatch(ids));
  await encoder.dispose();
  const width = config.hiddenSize;
  const cosines = ids.map((_, row) => {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width; at++) sum += embeddings[at]! * expected[at]!;
    return sum;
  });
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  expect(mean).toBeGreaterThan(0.99);
  expect(mean).toBeGreaterThan(reference.cosineMean - 0.002);
  expect(Math.min(...cosines)).toBeGreaterThan(reference.cosineMin - 0.005);
});

// Bounds for a gross defect, not a promise for every model: with a head on 200 to 500 texts the loss measured was between 0 and 1.8 points
// and 94 to 99 % of the answers stayed. Whether one model may be used is the gate's to say, on that model's test rows.
test.each([
  ['en', 'all-MiniLM-L6-v2', 'text', 'category'],
  ['zh-CN', 'bge-small-zh-v1.5', '内容', '类别'],
])(
  'int8 loses under three points of a real encoder on the sample’s messages (%s)',
  async (language, id, text, label) => {
    const table = readLabelled(`resources/samples/${language}/messages.csv`, text, label);
    const classes = [...new Set(table.labels)].sort();
    const labels = Int32Array.from(table.labels, (label) => classes.indexOf(label));
    const TRAIN = 500;
    const asked = { texts: table.texts.slice(TRAIN, 2 * TRAIN), maxLength: MAX_LENGTH, threads: 2 };
    const actual = labels.slice(TRAIN, 2 * TRAIN);
    const folder = join('models', id);
    const { config } = suggestConfig({ rowsPerClass: classes.map(() => 30), maxLength: MAX_LENGTH, seed: 5 });
    const result = await client.run({
      type: 'train',
      folder,
      hash: null,
      tuned: null,
      config: { ...config, method: { type: 'head' }, epochs: 1 },
      classes: classes.length,
      train: { texts: table.texts.slice(0, TRAIN), labels: labels.slice(0, TRAIN) },
      dev: null,
      spool: mkdtempSync(join(home, 'spool-')),
      resume: false,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
      threads: 2,
    });
    if (result.type !== 'finished') throw new Error(`the training is ${result.type}`);
    const predicted = async (precision: 'float32' | 'int8') => {
      const ref = { folder, hash: null, tuned: result.tunedFile, classes: classes.length, precision };
      return predictedClasses((await client.run({ type: 'classify', ...ref, ...asked })).logits, classes.length);
    };
    const [float32, int8] = [await predicted('float32'), await predicted('int8')];
    const share = (a: Int32Array, b: Int32Array) =>
      a.reduce((sum, label, row) => sum + Number(label === b[row]), 0) / a.length;
    expect(share(float32, actual)).toBeGreaterThan(0.6);
    expect(share(int8, actual)).toBeGreaterThan(share(float32, actual) - 0.03);
    expect(share(int8, float32)).toBeGreaterThan(0.93);
  },
);

function paddedBatch(ids: readonly (readonly number[])[]): TokenBatch {
  const length = Math.max(...ids.map((row) => row.length));
  const inputIds = new Int32Array(ids.length * length);
  const attentionMask = new Uint8Array(ids.length * length);
  for (const [row, values] of ids.entries()) {
    inputIds.set(values, row * length);
    attentionMask.fill(1, row * length, row * length + values.length);
  }
  return { rows: ids.length, length, inputIds, attentionMask };
}
