import { beforeAll, describe, expect, it } from 'vitest';
import { createEncoder } from '../../electron/worker/ort/encoder.ts';
import { readSafetensors, type StoredTensor } from '../../electron/worker/ort/safetensors.ts';
import { createTrainer } from '../../electron/worker/ort/trainer.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { firstStep } from '../../scripts/reference-case.ts';
import { createRng } from '../../shared/rng.ts';
import { adaptersOf, withAdaptersOf } from '../../shared/train/adapters.ts';
import type { NamedTensor, TrainBatch, TrainSpec, TuningMethod } from '../../shared/train/spec.ts';
import { AS_TRAINED } from '../../shared/train/storage.ts';
import { trainableNames } from '../../shared/train/trainable.ts';

/** Against figures of AdapterHub's library: test/golden/bottleneck-adapters.py. */

let model: EncoderFolder;
let golden: ReadonlyMap<string, StoredTensor>;
let batch: TrainBatch;
beforeAll(async () => {
  model = await readEncoderFolder('test/golden/bert-tiny');
  golden = await readSafetensors('test/golden/bottleneck-adapters.safetensors');
  const stored = await readSafetensors('test/golden/bert-tiny/batch.safetensors');
  const ints = (name: string) => Int32Array.from(stored.get(name)!.data);
  const [rows, length] = stored.get('input_ids')!.shape as readonly [number, number];
  batch = {
    rows,
    length,
    inputIds: ints('input_ids'),
    attentionMask: Uint8Array.from(stored.get('attention_mask')!.data),
    labels: ints('target.single_label'),
  };
});

const REDUCTION = 4;
const CLASSES = 5;

function specOf(
  variant: 'houlsby' | 'pfeiffer',
  method: TuningMethod = { type: 'adapter', variant, reduction: REDUCTION },
): TrainSpec {
  return {
    encoder: model.config,
    pooling: 'mean',
    head: 'linear',
    labels: CLASSES,
    method,
    adapters: { variant, width: model.config.hiddenSize / REDUCTION },
    dropout: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
  };
}

/** Tensors of a golden case by our names. */
function tensorsOf(prefix: string): ReadonlyMap<string, NamedTensor> {
  const found = [...golden].filter(([name]) => name.startsWith(prefix));
  return new Map(
    found.map(([name, { shape, data }]) => [name.slice(prefix.length), { shape, data: Float32Array.from(data) }]),
  );
}

const largestDifference = (found: Float32Array, expected: ArrayLike<number>) =>
  found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);

for (const variant of ['houlsby', 'pfeiffer'] as const) {
  describe(variant, () => {
    it('has the logits, the loss and the gradients of AdapterHub’s library', async () => {
      const spec = specOf(variant);
      const initial = tensorsOf(`${variant}.init.`);
      const weights = new Map([...model.weights, ...initial]);
      expect(adaptersOf(weights)).toEqual(spec.adapters);
      const found = await firstStep(spec, weights, trainableNames(spec), batch, { threads: 1 });
      const [loss, logits] = (['loss', 'logits'] as const).map((name) => golden.get(`${variant}.${name}`)!.data);
      expect(Math.abs(found.loss - loss![0]!)).toBeLessThan(1e-5);
      expect(largestDifference(found.logits, logits!)).toBeLessThan(1e-5);
      const gradients = tensorsOf(`${variant}.grad.`);
      expect([...found.gradients.keys()].sort()).toEqual(
        [...gradients.keys(), 'classifier.weight', 'classifier.bias'].sort(),
      );
      for (const [name, { data }] of gradients) {
        expect(largestDifference(found.gradients.get(name)!.data, data), name).toBeLessThan(1e-5);
      }
    });

    it('stays in the model for inference and for whatever is trained next, in int8 too', async () => {
      const trainer = await createTrainer(specOf(variant), model.weights, { threads: 1, rng: createRng(2) });
      for (let step = 0; step < 4; step++) await trainer.step(batch, 5e-3, new Uint8Array());
      const expected = await trainer.logits(batch);
      const tuned = trainer.mergedWeights();
      await trainer.dispose();
      const described = { encoder: model.config, pooling: 'mean', head: 'linear', labels: CLASSES } as const;
      const encoder = await createEncoder(described, tuned, { threads: 1 });
      expect(largestDifference((await encoder.run(batch)).logits, expected)).toBeLessThan(1e-5);
      await encoder.dispose();
      const small = await createEncoder(described, tuned, { threads: 1 }, { ...AS_TRAINED, format: 'int8' });
      const near = (await small.run(batch)).logits;
      await small.dispose();
      expect(largestDifference(near, expected)).toBeLessThan(0.1);
      expect(largestDifference(near, expected)).toBeGreaterThan(0);
      for (const method of [{ type: 'head' }, { type: 'full', freezeEmbeddings: true }] as const) {
        const { adapters: _, ...bare } = specOf(variant, method);
        const next = await createTrainer(withAdaptersOf(bare, tuned), tuned, { threads: 1, rng: createRng(3) });
        expect(largestDifference(await next.logits(batch), expected)).toBeLessThan(1e-5);
        expect([...next.state().parameters.keys()].some((name) => name.includes('adapter_'))).toBe(
          method.type === 'full',
        );
        await next.dispose();
      }
    });
  });
}

it('adapters of another kind or width cannot be put beside those that a model has', () => {
  const weights = new Map([...model.weights, ...tensorsOf('houlsby.init.')]);
  for (const other of [
    { variant: 'pfeiffer', width: 8 },
    { variant: 'houlsby', width: 4 },
  ] as const) {
    expect(() => withAdaptersOf({ ...specOf('houlsby'), adapters: other }, weights)).toThrow(
      expect.objectContaining({ code: 'model.unsupported' }),
    );
  }
});
