import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor as OrtTensor, InferenceSession as Session } from 'onnxruntime-node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { openTokenizer } from '../../electron/worker/tokenizer.ts';
import { suggestConfig } from '../../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS } from '../../shared/worker/protocol.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
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

test('an exported file answers alone as the model in the product does, padding or not', async () => {
  const ref = await trained();
  const file = join(home, 'model.onnx');
  const written = await client.run({ type: 'export', ...ref, file });
  const bytes = readFileSync(file);
  expect(written).toEqual({
    bytes: bytes.length,
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
  for (const width of [16, MAX_LENGTH]) {
    const alone = await askBareFile(file, texts, width);
    expect(alone.length).toBe(logits.length);
    for (const [at, value] of logits.entries()) expect(Math.abs(alone[at]! - value)).toBeLessThan(1e-4);
  }
});
