import { beforeAll, describe, expect, it, vi } from 'vitest';
import { OrtSession } from '../../electron/worker/ort/session.ts';
import { createTrainer, type TrainerOptions } from '../../electron/worker/ort/trainer.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { createGradualTrainer } from '../../electron/worker/train/gradual-trainer.ts';
import { createRng } from '../../shared/rng.ts';
import { checkFirstStep } from '../../shared/train/first-step.ts';
import { depthOf, layerRate } from '../../shared/train/parameter-groups.ts';
import type { TrainBatch, Trainer, TrainSpec } from '../../shared/train/spec.ts';

/** What is tuned, and how fast: on the two-layer encoder of the reference files. */

const CLASSES = 3;
let model: EncoderFolder;
beforeAll(async () => {
  const folder = await readEncoderFolder('test/golden/bert-tiny');
  model = { ...folder, weights: new Map([...folder.weights].filter(([name]) => !name.startsWith('classifier.'))) };
});

const specOf = (overrides: Partial<TrainSpec> = {}): TrainSpec => ({
  encoder: model.config,
  pooling: 'mean',
  head: 'linear',
  labels: CLASSES,
  method: { type: 'full', freezeEmbeddings: false },
  dropout: 0,
  weightDecay: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  maxGradNorm: 1,
  ...overrides,
});
const open = (spec: TrainSpec, options: Partial<TrainerOptions> = {}) =>
  createTrainer(spec, model.weights, { threads: 2, rng: createRng(5), ...options });

/** Texts of 4 to 13 tokens of 14, in random classes. */
function batchOf(seed: number, rows = 6): TrainBatch {
  const rng = createRng(seed);
  const length = 14;
  const inputIds = new Int32Array(rows * length);
  const attentionMask = new Uint8Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const count = 4 + rng.int(10);
    for (let i = 0; i < count; i++) inputIds[row * length + i] = 5 + rng.int(90);
    attentionMask.fill(1, row * length, row * length + count);
  }
  return { rows, length, inputIds, attentionMask, labels: Int32Array.from({ length: rows }, () => rng.int(CLASSES)) };
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

const relative = (found: number, expected: number) => Math.abs(found / expected - 1);

describe('a batch computed in parts', () => {
  const settings: readonly (readonly [string, Partial<TrainSpec>, Partial<TrainerOptions>])[] = [
    ['full, with dropout', { dropout: 0.1 }, {}],
    ['full, every embedding updated', {}, { embeddingUpdate: 'dense' }],
    ['frozen prefix, computed once', { method: { type: 'frozen-prefix', layers: 1 }, pooling: 'cls' }, {}],
    ['head', { method: { type: 'head' } }, {}],
    ['bitfit', { method: { type: 'bitfit', biases: 'query-intermediate' } }, {}],
    [
      'adapters',
      { method: { type: 'adapter', variant: 'houlsby', reduction: 4 }, adapters: { variant: 'houlsby', width: 8 } },
      {},
    ],
    [
      'lora, rates by layer',
      {
        method: { type: 'lora', rank: 2, alpha: 4, rankStabilised: false, targets: ['query', 'value'] },
        layerDecay: 0.8,
      },
      {},
    ],
  ];
  for (const [name, spec, options] of settings) {
    it(`has the loss, the gradient norm and the learning of the whole: ${name}`, async () => {
      const whole = await open(specOf(spec), options);
      const batches = Array.from({ length: 5 }, (_, seed) => batchOf(seed));
      const masks = batches.map((batch, seed) => maskFor(whole, batch, seed));
      const expected = [];
      for (const [i, batch] of batches.entries()) expected.push(await whole.step(batch, 1e-3, masks[i]!));
      // 2 and 3 divide the six rows evenly, 4 does not, and 9 is more than there are.
      for (const accumulation of [2, 3, 4, 9]) {
        const parted = await open(specOf(spec), { ...options, accumulation });
        for (const [i, batch] of batches.entries()) {
          const { loss, gradNorm } = await parted.step(batch, 1e-3, masks[i]!);
          expect(relative(loss, expected[i]!.loss)).toBeLessThan(1e-5);
          expect(relative(gradNorm, expected[i]!.gradNorm)).toBeLessThan(1e-4);
        }
        await parted.dispose();
      }
      await whole.dispose();
    });
  }

  it('is what a batch of more tokens than are computed at once becomes by itself, and smaller ones go on whole', async () => {
    const whole = await open(specOf());
    const divided = await open(specOf(), { tokensAtOnce: 30 });
    const noMask = new Uint8Array();
    const runs = vi.spyOn(OrtSession.prototype, 'run');
    // Of 14 tokens a row: one run for each part of 30 tokens at most.
    for (const [step, [rows, parts]] of (
      [
        [6, 3],
        [2, 1],
        [6, 3],
        [1, 1],
        [4, 2],
      ] as const
    ).entries()) {
      const batch = batchOf(step, rows);
      const expected = await whole.step(batch, 1e-3, noMask);
      expect(runs).toHaveBeenCalledTimes(1);
      runs.mockClear();
      const found = await divided.step(batch, 1e-3, noMask);
      expect(runs).toHaveBeenCalledTimes(parts);
      runs.mockClear();
      expect(relative(found.loss, expected.loss)).toBeLessThan(1e-5);
      expect(relative(found.gradNorm, expected.gradNorm)).toBeLessThan(1e-4);
    }
    runs.mockRestore();
    await whole.dispose();
    await divided.dispose();
    expect([...divided.mergedWeights().keys()]).toEqual([...whole.mergedWeights().keys()]);
  });

  it('weighs soft targets by the whole batch, not by a mean of means', async () => {
    const batch = batchOf(3, 5);
    const targets = Float32Array.from({ length: 5 * CLASSES }, (_, i) =>
      i % CLASSES === batch.labels[Math.floor(i / CLASSES)] ? 1 + i / 5 : 0,
    );
    const lossOf = async (accumulation: number) => {
      const trainer = await open(specOf(), { accumulation });
      const { loss } = await trainer.step({ ...batch, targets }, 1e-3, new Uint8Array());
      await trainer.dispose();
      return loss;
    };
    expect(relative(await lossOf(2), await lossOf(1))).toBeLessThan(1e-6);
  });
});

describe('learning rates by layer', () => {
  it('move every tensor by its share of the rate in the first update, where Adam moves all alike', async () => {
    const decay = 0.5;
    const spec = specOf({ weightDecay: 0, maxGradNorm: null });
    const movedBy = async (layerDecay: number | undefined) => {
      const trainer = await open({ ...spec, ...(layerDecay === undefined ? {} : { layerDecay }) });
      const before = trainer.state().parameters;
      await trainer.step(batchOf(1), 1e-3, new Uint8Array());
      const after = trainer.state().parameters;
      await trainer.dispose();
      return new Map(
        [...after].map(([name, { data }]) => [name, data.map((value, i) => value - before.get(name)!.data[i]!)]),
      );
    };
    const [plain, decayed] = [await movedBy(undefined), await movedBy(decay)];
    const { layers } = model.config;
    for (const [name, changes] of decayed) {
      const share = layerRate(depthOf(name, layers), layers, decay);
      const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (name.endsWith('self.key.bias')) continue;
      expect([name, relative(largest(changes), share * largest(plain.get(name)!)) < 1e-3]).toEqual([name, true]);
    }
  });
});

describe('gradual unfreezing', () => {
  const STEPS = 3;
  const gradual = (spec: TrainSpec, options: Partial<TrainerOptions> = {}) =>
    createGradualTrainer(spec, model.weights, {
      threads: 2,
      rng: createRng(5),
      stepsPerEpoch: STEPS,
      totalSteps: 4 * STEPS,
      ...options,
    });

  it('trains the head and the top layer first, a layer more each epoch, the embeddings last; the rest stays bit for bit', async () => {
    const trainer = await gradual(specOf({ dropout: 0.1 }));
    const layersOf = () =>
      [
        ...new Set(
          [...trainer.state().parameters.keys()].map((name) =>
            /layer\.(\d)|^bert\.(embeddings)|^(classifier)/.exec(name)?.slice(1).join(''),
          ),
        ),
      ].sort();
    const seen: (string | undefined)[][] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      seen.push(layersOf());
      const before = trainer.state();
      const all = trainer.mergedWeights();
      await losses(trainer, epoch * STEPS, epoch * STEPS + 1);
      if (epoch < 2) {
        for (const [name, { data }] of trainer.mergedWeights()) {
          if (!before.parameters.has(name)) expect(data, name).toEqual(all.get(name)!.data);
        }
      }
      checkFirstStep(before, trainer.state());
      await losses(trainer, epoch * STEPS + 1, (epoch + 1) * STEPS);
    }
    expect(seen).toEqual([
      ['1', 'classifier'],
      ['0', '1', 'classifier'],
      ['0', '1', 'classifier', 'embeddings'],
    ]);
    await trainer.dispose();
  });

  it('begins Adam anew for what begins to learn: its first update is as large as the rate', async () => {
    const trainer = await gradual(specOf({ weightDecay: 0, maxGradNorm: null }));
    await losses(trainer, 0, STEPS);
    const name = 'bert.encoder.layer.0.output.dense.weight';
    const before = trainer.state().parameters.get(name)!.data;
    await losses(trainer, STEPS, STEPS + 1);
    const after = trainer.state().parameters.get(name)!.data;
    // Adam's first update is lr·g/(|g| + ε): 1e-3 for all but the smallest gradients. With the count of the whole run it would be 0.58 times that.
    const largest = after.reduce((most, value, i) => Math.max(most, Math.abs(value - before[i]!)), 0);
    expect(largest).toBeGreaterThan(0.99e-3);
    expect(largest).toBeLessThan(1.01e-3);
    await trainer.dispose();
  });

  it('goes on from a saved state bit for bit, in the same epoch and in a later one', async () => {
    const spec = specOf({ dropout: 0.1 });
    const whole = await gradual(spec);
    const expected = await losses(whole, 0, 8);
    for (const at of [2, 3, 5]) {
      const first = await gradual(spec);
      await losses(first, 0, at);
      const second = await gradual(spec);
      await second.restore(first.state());
      expect([at, await losses(second, at, 8)]).toEqual([at, expected.slice(at)]);
      expect(second.state()).toEqual(whole.state());
      for (const trainer of [first, second]) await trainer.dispose();
    }
    await whole.dispose();
  });

  it('takes weights of an earlier epoch back: what was frozen then stands as it began', async () => {
    const trainer = await gradual(specOf());
    await losses(trainer, 0, 1);
    const best = trainer.state().parameters;
    const expected = trainer.mergedWeights();
    await losses(trainer, 1, 7);
    await trainer.restore({ ...trainer.state(), parameters: best });
    for (const [name, { data }] of trainer.mergedWeights()) expect(data, name).toEqual(expected.get(name)!.data);
    await trainer.dispose();
  });
});
