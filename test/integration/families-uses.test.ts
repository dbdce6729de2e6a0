import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordEnds } from '../../electron/compute/segmenter.ts';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { MANIFEST_FILE, type ModelManifest } from '../../electron/models/model-folder.ts';
import { OrtSession } from '../../electron/worker/ort/session.ts';
import { openTokenizer } from '../../electron/worker/tokenizer.ts';
import { runConfigSchema, suggestConfig } from '../../shared/train/run-config.ts';
import type { StorageFormat } from '../../shared/train/storage.ts';
import { CHECKPOINT_EVERY_MS } from '../../shared/worker/training.ts';
import { tinyTexts, WORDS } from './tiny-model.ts';

/** What is done with a tuned model works for families that differ from BERT: no token types, positions that start at two, embeddings of another width. */

const CLASSES = 3;
const LENGTH = 40;
let home: string;
let client: WorkerClient;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'families-uses-'));
  client = createWorkerClient(() => forkEntry('worker'));
});
afterAll(() => {
  client.dispose();
  rmSync(home, { recursive: true, force: true });
});

/** A family's golden folder as a base model. */
function baseModel(family: string): string {
  const folder = join(home, family);
  cpSync(join('test/golden/families', family), folder, { recursive: true });
  rmSync(join(folder, 'expected.safetensors'));
  const files = readdirSync(folder).map((path) => {
    const bytes = readFileSync(join(folder, path));
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  const about = { id: family, name: family, licence: 'MIT', source: 'random weights', languages: ['en'] };
  const manifest: ModelManifest = { ...about, pooling: 'mean', maxLength: LENGTH, files };
  writeFileSync(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
  return folder;
}

const HELD = {
  method: { type: 'full', freezeEmbeddings: true },
  continual: {
    ewc: { strength: 100, rows: 40 },
    lwf: { weight: 1, temperature: 2 },
    replay: { share: 0.2, rows: 50, memory: 'balanced' },
  },
} as const;
const AUGMENTED = {
  augmentation: { techniques: ['synonyms', 'swap', 'typos'], copies: 1, rate: 0.1 },
  adversary: { type: 'pgd', epsilon: 0.1, steps: 2, stepSize: 0.05 },
} as const;
const CONTRASTED = {
  method: { type: 'full', freezeEmbeddings: false },
  headStart: 'logistic',
  contrastive: { loss: 'supcon', rounds: 2, learningRate: 1e-4 },
  rDrop: 1,
  layerDecay: 0.9,
} as const;

const data = tinyTexts(240, CLASSES, 1);
const { texts } = tinyTexts(40, CLASSES, 2);

describe.each(['roberta', 'distilbert', 'electra'])('%s', (family) => {
  let folder: string;
  let model: { folder: string; hash: null; tuned: string; classes: number; maxLength: number; threads: number };
  let logits: Float32Array;
  beforeAll(async () => {
    folder = baseModel(family);
    const { config } = suggestConfig({ rowsPerClass: [80, 80, 80], maxLength: LENGTH, seed: 5 });
    const trained = await client.run({
      type: 'train',
      ...{ folder, hash: null, tuned: null, classes: CLASSES, threads: 1 },
      config: {
        ...config,
        method: { type: 'full', freezeEmbeddings: false },
        learningRate: 5e-3,
        epochs: 6,
        batchSize: 16,
      },
      ...{ train: data, dev: null, spool: mkdtempSync(join(home, 'spool-')), resume: false },
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
    });
    if (trained.type !== 'finished') throw new Error('the training is not finished');
    model = { folder, hash: null, tuned: trained.tunedFile, classes: CLASSES, maxLength: LENGTH, threads: 1 };
    logits = (await client.run({ type: 'classify', ...model, texts })).logits;
  });

  const agreement = (other: Float32Array): number => {
    const answer = (values: Float32Array, row: number) => {
      const scores = [...values.subarray(row * CLASSES, (row + 1) * CLASSES)];
      return scores.indexOf(Math.max(...scores));
    };
    return texts.filter((_, row) => answer(other, row) === answer(logits, row)).length / texts.length;
  };

  it.each<StorageFormat>(['float16', 'int8', 'int4'])('answers alike in %s', async (precision) => {
    const stored = await client.run({ type: 'classify', ...model, precision, texts });
    expect(stored.logits).not.toEqual(logits);
    expect(agreement(stored.logits)).toBeGreaterThanOrEqual(precision === 'int4' ? 0.8 : 0.95);
  });

  it('answers alike in static int8, on measured ranges', async () => {
    const { ranges } = await client.run({ type: 'calibrate', ...model, texts: data.texts, percentile: null });
    const stored = await client.run({ type: 'classify', ...model, precision: 'int8-static', ranges, texts });
    expect(agreement(stored.logits)).toBeGreaterThanOrEqual(0.9);
  });

  it('is one ONNX file that answers the same', async () => {
    const file = join(home, `${family}.onnx`);
    const { maxLength: _length, threads: _threads, ...ref } = model;
    await client.run({ type: 'export', ...ref, file });
    const tokenizer = await openTokenizer(join(folder, 'tokenizer.json'));
    const session = await OrtSession.create(readFileSync(file), { threads: 1 });
    for (const [row, text] of texts.slice(0, 5).entries()) {
      const { ids } = tokenizer.encode([text], LENGTH).tokens;
      const found = new Float32Array(CLASSES);
      const wide = (values: Iterable<number>) => session.tensor(BigInt64Array.from(values, BigInt), [1, ids.length]);
      await session.run(
        { input_ids: wide(ids), attention_mask: wide(ids.map(() => 1)) },
        { logits: session.tensor(found, [1, CLASSES]) },
      );
      const expected = logits.subarray(row * CLASSES, (row + 1) * CLASSES);
      expect(Math.max(...found.map((value, k) => Math.abs(value - expected[k]!)))).toBeLessThan(1e-4);
    }
    await session.dispose();
  });

  it.each([
    ['augmented rows, held by EWC and its earlier answers, with PGD', { ...HELD, ...AUGMENTED }],
    ['a contrastive start, R-Drop and rates by layer', CONTRASTED],
  ] as const)('is trained on with %s', async (_, options) => {
    const { config } = suggestConfig({ rowsPerClass: [80, 80, 80], maxLength: LENGTH, seed: 6 });
    const { maxLength: _length, ...ref } = model;
    // A contrastive start begins from the base model.
    const start = 'contrastive' in options ? { tuned: null, train: data } : { train: tinyTexts(60, CLASSES, 3) };
    const few = { epochs: 'contrastive' in options ? 4 : 1, batchSize: 12, learningRate: 5e-3 };
    const trained = await client.run({
      type: 'train',
      ...{ ...ref, ...start, dev: tinyTexts(30, CLASSES, 4), resume: false },
      config: runConfigSchema.parse({ ...config, ...few, ...options }),
      ...('continual' in options ? { earlier: data } : {}),
      ...{ spool: mkdtempSync(join(home, 'spool-')), checkpointEveryMs: CHECKPOINT_EVERY_MS },
    });
    if (trained.type !== 'finished') throw new Error('the training is not finished');
    const { tunedFile, losses } = trained;
    expect(losses.every(Number.isFinite)).toBe(true);
    const answer = await client.run({ type: 'classify', ...model, tuned: tunedFile, texts });
    expect(agreement(answer.logits)).toBeGreaterThanOrEqual(0.8);
  });

  it('is explained completely, word by word', async () => {
    const text = `${WORDS[1]} please help the card balance`;
    const found = await client.run({ type: 'explain', ...model, text, wordEnds: wordEnds(text), target: null });
    expect(found.words.length).toBeGreaterThan(1);
    expect(found.gap).toBeLessThan(0.05);
  });

  it.each([
    [{ technique: 'head-pruning', share: 0.25 }, 'heads'],
    [{ technique: 'layer-drop', layers: 1 }, 'layers'],
    [{ technique: 'vocabulary' }, 'words'],
  ] as const)('is cut by $technique, and answers', async (pruning, kind) => {
    const file = join(home, `${family}-${pruning.technique}.safetensors`);
    const { before, after } = await client.run({ type: 'prune', ...model, pruning, data, probe: [], file });
    expect(after[kind]).toBeLessThan(before[kind]);
    const answer = await client.run({ type: 'classify', ...model, tuned: file, texts: data.texts });
    const whole = await client.run({ type: 'classify', ...model, texts: data.texts });
    const worst = answer.logits.reduce((most, value, i) => Math.max(most, Math.abs(value - whole.logits[i]!)), 0);
    // Words that no text has take nothing away; the rest does.
    if (kind === 'words') expect(worst).toBeLessThan(1e-4);
    else expect(worst).toBeGreaterThan(1e-3);
  });
});
