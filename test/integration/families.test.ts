import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEncoder } from '../../electron/worker/ort/encoder.ts';
import { lowerGraph } from '../../electron/worker/ort/lower.ts';
import { readSafetensors, type StoredTensor } from '../../electron/worker/ort/safetensors.ts';
import { OrtSession } from '../../electron/worker/ort/session.ts';
import { storedTensors } from '../../electron/worker/ort/stored.ts';
import { gatherRows, TokenFeeds } from '../../electron/worker/ort/token-feeds.ts';
import { createTrainer } from '../../electron/worker/ort/trainer.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { openTokenizer } from '../../electron/worker/tokenizer.ts';
import { firstStep } from '../../scripts/reference-case.ts';
import { createRng } from '../../shared/rng.ts';
import { FAMILIES, FAMILY_NAMES, familyTensorName, ourTensorName } from '../../shared/train/families.ts';
import { buildPrefixGraph } from '../../shared/train/inference-graph.ts';
import { LORA_MODULES, WORD_EMBEDDINGS } from '../../shared/train/parameters.ts';
import type {
  LoraTarget,
  NamedTensors,
  Pooling,
  TrainBatch,
  TrainSpec,
  TuningMethod,
} from '../../shared/train/spec.ts';
import { AS_TRAINED } from '../../shared/train/storage.ts';
import { trainableNames } from '../../shared/train/trainable.ts';

/** Every family against transformers and PyTorch (test/golden/families.py): hidden states, logits, loss and gradients of one batch. */
const BAR = 1e-4;
const CLASSES = 3;
const OPTIONS = { threads: 2 } as const;
const LORA_ALL: TuningMethod = {
  type: 'lora',
  rank: 2,
  alpha: 4,
  rankStabilised: false,
  targets: Object.keys(LORA_MODULES) as LoraTarget[],
};

const specOf = ({ config }: EncoderFolder, pooling: Pooling, method: TuningMethod): TrainSpec => ({
  encoder: config,
  pooling,
  head: 'linear',
  labels: CLASSES,
  method,
  dropout: 0,
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  maxGradNorm: null,
});

const worst = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(found.length).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < expected.length; i++) most = Math.max(most, Math.abs(found[i]! - expected[i]!));
  return Number.isFinite(most) ? most : Number.POSITIVE_INFINITY;
};

describe.each(FAMILY_NAMES)('%s', (name) => {
  const path = join('test/golden/families', name);
  const family = FAMILIES[name];
  let model: EncoderFolder;
  let expected: ReadonlyMap<string, StoredTensor>;
  let weights: NamedTensors;
  let batch: TrainBatch;
  const told = (key: string) => expected.get(key)!.data as Float32Array;
  beforeAll(async () => {
    model = await readEncoderFolder(path);
    expected = await readSafetensors(join(path, 'expected.safetensors'));
    const head = ['classifier.weight', 'classifier.bias'].map(
      (key) => [key, { shape: expected.get(key)!.shape, data: told(key) }] as const,
    );
    weights = new Map([...[...model.weights].filter(([key]) => key.startsWith('bert.')), ...head]);
    const ids = expected.get('input_ids')!;
    const [rows, length] = ids.shape as readonly [number, number];
    batch = {
      rows,
      length,
      inputIds: Int32Array.from(ids.data),
      attentionMask: Uint8Array.from(expected.get('attention_mask')!.data),
      labels: Int32Array.from(expected.get('labels')!.data),
    };
  });

  it('the tokenizer gives the ids that its own library gives', async () => {
    const { sentences, input_ids: ids } = JSON.parse(await readFile(join(path, 'sentences.json'), 'utf8')) as {
      sentences: string[];
      input_ids: number[][];
    };
    const { tokens } = (await openTokenizer(join(path, 'tokenizer.json'))).encode(sentences, 512);
    const rows = sentences.map((_, i) => [...tokens.ids.subarray(tokens.offsets[i], tokens.offsets[i + 1])]);
    expect(rows).toEqual(ids);
  });

  it('the last hidden state of every token is that of transformers', async () => {
    const spec = { encoder: model.config, pooling: 'mean', head: null, labels: 0 } as const;
    const tensors = storedTensors(spec, weights, AS_TRAINED);
    const graph = buildPrefixGraph(spec, { type: 'hidden', layer: model.config.layers }, tensors);
    const session = await OrtSession.create(lowerGraph(graph), OPTIONS);
    const feeds = new TokenFeeds(model.config, false);
    const { words, index } = feeds.uniqueWords(batch);
    const table = tensors.get(WORD_EMBEDDINGS)!;
    const hidden = told('last_hidden_state');
    const found = new Float32Array(hidden.length);
    const wanted = new Set(graph.inputs.map((input) => input.name));
    const given = Object.entries(feeds.feeds(batch, index)).filter(([key]) => wanted.has(key));
    await session.run(
      {
        ...Object.fromEntries(given.map(([key, { data, shape }]) => [key, session.tensor(data, shape)])),
        [WORD_EMBEDDINGS]: session.tensor(gatherRows(table, words, feeds.width), [words.length, feeds.width]),
      },
      { prefix: session.tensor(found, [batch.rows * batch.length, model.config.hiddenSize]) },
    );
    await session.dispose();
    const counted = (values: Float32Array) =>
      values.filter((_, i) => batch.attentionMask[Math.floor(i / model.config.hiddenSize)] === 1);
    expect(worst(counted(found), counted(hidden))).toBeLessThan(BAR);
  });

  it.each(['mean', 'cls'] as const)('logits on the %s-pooled vector are those of transformers', async (pooling) => {
    const spec = { encoder: model.config, pooling, head: 'linear', labels: CLASSES } as const;
    const encoder = await createEncoder(spec, weights, OPTIONS);
    const { logits } = await encoder.run(batch);
    await encoder.dispose();
    expect(worst(logits, told(`logits.${pooling}`))).toBeLessThan(BAR);
  });

  it('the loss and the gradient of every parameter are those of PyTorch', async () => {
    const spec = specOf(model, 'mean', { type: 'full', freezeEmbeddings: false });
    const gradients = new Map(
      [...expected]
        .filter(([key]) => key.startsWith('grad.'))
        .map(([key, { data }]) => [ourTensorName(family, key.slice('grad.'.length)), data]),
    );
    expect(new Set(gradients.keys())).toEqual(trainableNames(spec));
    const found = await firstStep(spec, weights, trainableNames(spec), batch, OPTIONS);
    expect(worst([found.loss], told('loss.mean'))).toBeLessThan(BAR);
    for (const [key, data] of gradients) expect(worst(found.gradients.get(key)!.data, data), key).toBeLessThan(BAR);
  });

  it.each<readonly [string, TuningMethod]>([
    ['full', { type: 'full', freezeEmbeddings: false }],
    ['full, embeddings frozen', { type: 'full', freezeEmbeddings: true }],
    ['the top layer', { type: 'frozen-prefix', layers: 1 }],
    ['head', { type: 'head' }],
    ['BitFit', { type: 'bitfit', biases: 'all' }],
    ['LoRA', LORA_ALL],
  ])('%s learns a batch by heart, and moves what it trains alone', async (_, method) => {
    const spec = specOf(model, 'cls', method);
    const trainer = await createTrainer(spec, weights, { ...OPTIONS, rng: createRng(1) });
    const losses: number[] = [];
    for (let step = 0; step < 40; step++) losses.push((await trainer.step(batch, 0.02, new Uint8Array())).loss);
    const after = trainer.mergedWeights();
    await trainer.dispose();
    expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.5);
    const trained = trainableNames(spec);
    // LoRA's matrices are merged into the linear layers.
    const merged = method.type === 'lora' ? /^bert\.encoder\..*\.(query|key|value|dense)\.weight$/ : /^$/;
    const still = [...after].filter(([key]) => !trained.has(key) && !merged.test(key));
    for (const [key, { data }] of still) expect(data, key).toEqual(weights.get(key)!.data);
  });

  it('our names go back to the names of the file', () => {
    const names = [...expected.keys()].filter((key) => key.startsWith('grad.') && !key.includes('classifier'));
    for (const key of names.map((grad) => grad.slice('grad.'.length))) {
      expect(familyTensorName(family, ourTensorName(family, key))).toBe(`${family.prefix}${key}`);
    }
  });
});
