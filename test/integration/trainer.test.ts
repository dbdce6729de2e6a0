import { cp, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lowerGraph, lowerToModel } from '../../electron/worker/ort/lower.ts';
import { writeOnnxModel } from '../../electron/worker/ort/onnx-writer.ts';
import { OrtSession } from '../../electron/worker/ort/session.ts';
import { createTrainer, type TrainerOptions } from '../../electron/worker/ort/trainer.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { Builder } from '../../shared/autodiff/builder.ts';
import { createRng } from '../../shared/rng.ts';
import { checkFirstStep } from '../../shared/train/first-step.ts';
import type {
  LoraTarget,
  NamedTensors,
  TrainBatch,
  Trainer,
  TrainSpec,
  TuningMethod,
} from '../../shared/train/spec.ts';
import { trainableNames } from '../../shared/train/trainable.ts';

const TINY = 'test/golden/bert-tiny';
const TARGETS: readonly LoraTarget[] = ['query', 'key', 'value', 'attention.output', 'intermediate', 'output'];
const LORA: TuningMethod = { type: 'lora', rank: 4, alpha: 8, rankStabilised: false, targets: TARGETS };
const METHODS: Readonly<Record<string, TuningMethod>> = {
  full: { type: 'full', freezeEmbeddings: false },
  'full, embeddings frozen': { type: 'full', freezeEmbeddings: true },
  'frozen prefix': { type: 'frozen-prefix', layers: 1 },
  head: { type: 'head' },
  bitfit: { type: 'bitfit', biases: 'all' },
  'bitfit, query and intermediate': { type: 'bitfit', biases: 'query-intermediate' },
  lora: LORA,
  houlsby: { type: 'adapter', variant: 'houlsby', reduction: 4 },
  pfeiffer: { type: 'adapter', variant: 'pfeiffer', reduction: 4 },
};
let model: EncoderFolder;
beforeAll(async () => {
  const folder = await readEncoderFolder(TINY);
  // The reference's head has five classes; ours is drawn.
  const weights = [...folder.weights].filter(([name]) => !name.startsWith('classifier.'));
  model = { ...folder, weights: new Map(weights) };
});

function specOf(overrides: Partial<TrainSpec> = {}): TrainSpec {
  return {
    encoder: model.config,
    pooling: 'mean',
    head: 'linear',
    labels: 3,
    method: { type: 'full', freezeEmbeddings: false },
    dropout: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
    ...overrides,
  };
}

const open = (spec: TrainSpec, options: Partial<TrainerOptions> = {}, weights: NamedTensors = model.weights) =>
  createTrainer(spec, weights, { threads: 2, rng: createRng(5), ...options });

/** Texts of different lengths; `padding` more columns on the right. */
function batchOf(seed: number, padding = 0, rows = 5): TrainBatch {
  const rng = createRng(seed);
  const lengths = Array.from({ length: rows }, (_, row) => 4 + 2 * row);
  const length = 4 + 2 * (rows - 1) + padding;
  const inputIds = new Int32Array(rows * length);
  const attentionMask = new Uint8Array(rows * length);
  for (const [row, count] of lengths.entries()) {
    for (let i = 0; i < count; i++) inputIds[row * length + i] = 5 + rng.int(90);
    attentionMask.fill(1, row * length, row * length + count);
  }
  return { rows, length, inputIds, attentionMask, labels: Int32Array.from({ length: rows }, (_, row) => row % 3) };
}

function maskFor(trainer: Trainer, batch: TrainBatch, seed: number): Uint8Array {
  const rng = createRng(seed);
  return Uint8Array.from({ length: trainer.maskElements(batch.rows, batch.length) }, () => Number(rng.float() > 0.1));
}

async function losses(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const found: number[] = [];
  for (let step = from; step < to; step++) {
    const batch = batchOf(step);
    found.push((await trainer.step(batch, 1e-3, maskFor(trainer, batch, 100 + step))).loss);
  }
  return found;
}

describe('the first step', () => {
  for (const [name, method] of Object.entries(METHODS)) {
    for (const head of ['linear', 'bert-pooler'] as const) {
      it(`moves every trained tensor and leaves the frozen ones bit for bit: ${name}, ${head}`, async () => {
        const adapters = method.type === 'adapter' ? { adapters: { variant: method.variant, width: 8 } } : {};
        const trainer = await open(specOf({ method, head, dropout: 0.1, ...adapters }));
        const before = trainer.state();
        const frozenBefore = trainer.mergedWeights();
        const batch = batchOf(1);
        await trainer.step(batch, 1e-3, maskFor(trainer, batch, 2));
        checkFirstStep(before, trainer.state());
        const trained = new Set(before.parameters.keys());
        const adapted = (key: string) =>
          method.type === 'lora' && /layer\.\d.*(query|key|value|dense)\.weight$/.test(key);
        for (const [key, { data }] of trainer.mergedWeights()) {
          if (trained.has(key) || adapted(key)) continue;
          expect(data, key).toEqual(frozenBefore.get(key)!.data);
        }
        await trainer.dispose();
      });
    }
  }
});

describe('training', () => {
  it('lowers the loss on a batch it sees again and again', async () => {
    const trainer = await open(specOf({ pooling: 'cls' }));
    const batch = batchOf(1);
    const found: number[] = [];
    for (let step = 0; step < 30; step++) found.push((await trainer.step(batch, 5e-3, new Uint8Array())).loss);
    expect(found.at(-1)).toBeLessThan(found[0]! / 10);
    await trainer.dispose();
  });

  it('goes on from a saved state bit for bit', async () => {
    const spec = specOf({ dropout: 0.1 });
    const whole = await open(spec);
    const expected = await losses(whole, 0, 6);
    const first = await open(spec);
    await losses(first, 0, 3);
    const saved = first.state();
    const second = await open(spec, { rng: createRng(99) });
    await second.restore(saved);
    expect(await losses(second, 3, 6)).toEqual(expected.slice(3));
    expect(second.state()).toEqual(whole.state());
    for (const trainer of [whole, first, second]) await trainer.dispose();
  });

  it('gives the same losses bit for bit on the same number of threads', async () => {
    const run = async () => {
      const trainer = await open(specOf());
      const found = await losses(trainer, 0, 4);
      await trainer.dispose();
      return found;
    };
    expect(await run()).toEqual(await run());
  });

  it('updates touched words alike whether the embedding update is lazy or dense', async () => {
    const batch = batchOf(4);
    const table = async (embeddingUpdate: 'lazy' | 'dense') => {
      const trainer = await open(specOf(), { embeddingUpdate });
      await trainer.step(batch, 1e-3, new Uint8Array());
      const { data } = trainer.state().parameters.get('bert.embeddings.word_embeddings.weight')!;
      await trainer.dispose();
      return data;
    };
    const [lazy, dense] = [await table('lazy'), await table('dense')];
    const width = model.config.hiddenSize;
    const start = model.weights.get('bert.embeddings.word_embeddings.weight')!.data;
    const touched = new Set(batch.inputIds);
    for (let i = 0; i < lazy.length; i++) {
      if (touched.has(Math.floor(i / width))) expect(Math.abs(lazy[i]! - dense[i]!)).toBeLessThan(1e-6);
      else expect(lazy[i]).toBe(start[i]);
    }
  });

  it('takes soft labels as it takes hard ones', async () => {
    const batch = batchOf(1);
    const targets = new Float32Array(batch.rows * 3);
    for (const [row, label] of batch.labels.entries()) targets[row * 3 + label] = 1;
    const found: number[] = [];
    for (const given of [batch, { ...batch, targets }]) {
      const trainer = await open(specOf());
      found.push((await trainer.step(given, 1e-3, new Uint8Array())).loss);
      await trainer.dispose();
    }
    expect(found[1]).toBe(found[0]);
  });
});

describe('the part of the model below the lowest trained layer, computed once per text,', () => {
  for (const [name, method] of Object.entries({ 'frozen prefix': METHODS['frozen prefix']!, head: METHODS.head! })) {
    for (const pooling of ['cls', 'mean'] as const) {
      it(`gives the losses and logits of computing all: ${name}, ${pooling}`, async () => {
        const spec = specOf({ method, pooling });
        const cached = await open(spec);
        // Naming the trained parameters turns the cache off.
        const plain = await open(spec, { trainable: trainableNames(spec) });
        for (let step = 0; step < 4; step++) {
          // The same texts come back with other padding.
          const batch = batchOf(1, step);
          const [found, expected] = [
            await cached.step(batch, 1e-3, new Uint8Array()),
            await plain.step(batch, 1e-3, new Uint8Array()),
          ];
          expect(found.loss).toBeCloseTo(expected.loss, 5);
          expect(found.gradNorm).toBeCloseTo(expected.gradNorm, 4);
        }
        const [found, expected] = [await cached.logits(batchOf(2)), await plain.logits(batchOf(2))];
        for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 4);
        for (const trainer of [cached, plain]) await trainer.dispose();
      });
    }
  }

  it('lets a run resume bit for bit, whichever texts were seen before', async () => {
    const spec = specOf({ method: METHODS['frozen prefix']! });
    const whole = await open(spec);
    const expected = await losses(whole, 0, 4);
    const first = await open(spec);
    await losses(first, 0, 2);
    const second = await open(spec);
    await second.restore(first.state());
    expect(await losses(second, 2, 4)).toEqual(expected.slice(2));
    for (const trainer of [whole, first, second]) await trainer.dispose();
  });
});

describe('logits', () => {
  it('of merged LoRA weights are those of the adapter', async () => {
    const trainer = await open(specOf({ method: LORA }));
    await losses(trainer, 0, 5);
    const batch = batchOf(9);
    const expected = await trainer.logits(batch);
    const merged = await open(specOf({ method: { type: 'head' } }), {}, trainer.mergedWeights());
    const found = await merged.logits(batch);
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
    for (const each of [trainer, merged]) await each.dispose();
  });

  it('follow the parameters and leave out dropout', async () => {
    const trainer = await open(specOf({ dropout: 0.5 }));
    const batch = batchOf(1);
    const before = await trainer.logits(batch);
    expect(await trainer.logits(batch)).toEqual(before);
    await losses(trainer, 0, 1);
    expect(await trainer.logits(batch)).not.toEqual(before);
    await trainer.dispose();
  });
});

describe('refusals', () => {
  const refused = (code: string, params: object = {}) => ({ code, params: expect.objectContaining(params) });

  it('a loss that is not finite ends the step with train.diverged and leaves the state as it was', async () => {
    const weights = new Map(model.weights);
    const name = 'bert.encoder.layer.0.output.dense.bias';
    const { shape, data } = weights.get(name)!;
    weights.set(name, { shape, data: data.map(() => Number.NaN) });
    const trainer = await open(specOf(), {}, weights);
    const before = trainer.state();
    await expect(trainer.step(batchOf(1), 1e-3, new Uint8Array())).rejects.toMatchObject(
      refused('train.diverged', { step: 1 }),
    );
    expect(trainer.state()).toEqual(before);
    await trainer.dispose();
  });

  it('names a missing tensor and one of another shape', async () => {
    const name = 'bert.encoder.layer.1.attention.self.key.weight';
    const missing = new Map(model.weights);
    missing.delete(name);
    await expect(open(specOf(), {}, missing)).rejects.toMatchObject(refused('model.tensor-missing', { tensor: name }));
    const wrong = new Map(model.weights).set(name, { shape: [2, 2], data: new Float32Array(4) });
    const expected = refused('model.tensor-shape', { tensor: name, found: '[2,2]', expected: '[32,32]' });
    await expect(open(specOf(), {}, wrong)).rejects.toMatchObject(expected);
  });

  it('token ids outside the vocabulary, labels outside the classes, texts longer than the positions', async () => {
    const trainer = await open(specOf());
    const batch = batchOf(1);
    const bad: readonly TrainBatch[] = [
      { ...batch, inputIds: batch.inputIds.with(0, 97) },
      { ...batch, labels: batch.labels.with(0, 3) },
      batchOf(1, 60),
    ];
    for (const each of bad) {
      await expect(trainer.step(each, 1e-3, new Uint8Array())).rejects.toMatchObject(refused('train.data'));
    }
    await trainer.dispose();
  });

  it('a model folder that is cut short, of another family or without its config', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'model-'));
    await expect(readEncoderFolder(folder)).rejects.toMatchObject(refused('model.file', { file: 'config.json' }));
    await cp(TINY, folder, { recursive: true });
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as object;
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, model_type: 'gpt2' }));
    await expect(readEncoderFolder(folder)).rejects.toMatchObject(refused('model.unsupported', { model: 'gpt2' }));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, hidden_size: -1 }));
    await expect(readEncoderFolder(folder)).rejects.toMatchObject(refused('model.file', { file: 'config.json' }));
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    await truncate(join(folder, 'model.safetensors'), 50_000);
    await expect(readEncoderFolder(folder)).rejects.toMatchObject(refused('model.file', { file: 'model.safetensors' }));
  });
});

it('FusedMatMul computes what transposing, multiplying and scaling do', async () => {
  const b = new Builder();
  const [x, y] = [b.input('x', 'float32', [2, 3, 4]), b.input('y', 'float32', [2, 5, 4])];
  const fused = b.op('FusedMatMul', [x, y], { transB: 1, alpha: 0.5 });
  const plain = b.op('Mul', [b.op('MatMul', [x, b.transpose(y, [0, 2, 1])]), b.scalar(0.5)]);
  const session = await OrtSession.create(lowerGraph(b.graph({ fused, plain })), {
    threads: 1,
    optimisation: 'disabled',
  });
  const rng = createRng(1);
  const random = (n: number) => Float32Array.from({ length: n }, () => rng.normal());
  const results = [new Float32Array(30), new Float32Array(30)] as const;
  await session.run(
    { x: session.tensor(random(24), [2, 3, 4]), y: session.tensor(random(40), [2, 5, 4]) },
    { fused: session.tensor(results[0], [2, 3, 5]), plain: session.tensor(results[1], [2, 3, 5]) },
  );
  await session.dispose();
  for (const [i, value] of results[0].entries()) expect(value).toBeCloseTo(results[1][i]!, 5);
  expect(results[0].some((value) => value !== 0)).toBe(true);
});

it('LayerNormalization as our sessions compute it is what its operator gives', async () => {
  const b = new Builder();
  const [x, scale, bias] = [
    b.input('x', 'float32', ['rows', 48]),
    b.input('scale', 'float32', [48]),
    b.input('bias', 'float32', [48]),
  ];
  const [y, mean, inverseDeviation] = b.emit('LayerNormalization', [x, scale, bias], { axis: -1, epsilon: 1e-12 });
  const graph = b.graph({ y: y!, mean: mean!, inverse_deviation: inverseDeviation! });
  const rng = createRng(2);
  const rows = 7;
  const values = Float32Array.from({ length: rows * 48 }, () => 3 + 2 * rng.normal());
  const [scales, biases] = [0, 1].map(() => Float32Array.from({ length: 48 }, () => rng.normal()));
  const run = async (model: Uint8Array) => {
    const session = await OrtSession.create(model, { threads: 2 });
    const [all, means, deviations] = [new Float32Array(rows * 48), new Float32Array(rows), new Float32Array(rows)];
    await session.run(
      {
        x: session.tensor(values, [rows, 48]),
        scale: session.tensor(scales!, [48]),
        bias: session.tensor(biases!, [48]),
      },
      {
        y: session.tensor(all, [rows, 48]),
        mean: session.tensor(means, [rows, 1]),
        inverse_deviation: session.tensor(deviations, [rows, 1]),
      },
    );
    await session.dispose();
    return [...all, ...means, ...deviations];
  };
  const ours = await run(lowerGraph(graph));
  const operator = await run(writeOnnxModel(lowerToModel(graph)));
  for (const [i, value] of ours.entries()) expect(Math.abs(value - operator[i]!)).toBeLessThan(2e-6);
  expect(new Set(ours.map((value) => value.toFixed(3))).size).toBeGreaterThan(100);
});
