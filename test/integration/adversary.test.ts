import { expect, test } from 'vitest';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { createTrainer } from '../../electron/worker/ort/trainer.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { createRng } from '../../shared/rng.ts';
import { attackPlan } from '../../shared/train/adversary.ts';
import { checkFirstStep } from '../../shared/train/first-step.ts';
import type { Adversary } from '../../shared/train/robustness-config.ts';
import type { TrainBatch, TrainSpec } from '../../shared/train/spec.ts';
import golden from '../golden/adversary.json' with { type: 'json' };

/** Golden values: PyTorch and transformers (test/golden/adversary.py). */
const TINY = 'test/golden/bert-tiny';
const BETA1 = 0.9;

async function setting(adversary: Adversary | null) {
  const { config, weights } = await readEncoderFolder(TINY);
  const spec: TrainSpec = {
    encoder: config,
    pooling: 'cls',
    head: 'bert-pooler',
    labels: 5,
    method: { type: 'full', freezeEmbeddings: false },
    dropout: 0,
    weightDecay: 0.01,
    beta1: BETA1,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
    ...(adversary === null ? {} : { attack: attackPlan(adversary, golden.seed) }),
  };
  return { spec, weights };
}

async function goldenBatch(): Promise<TrainBatch> {
  const stored = await readSafetensors(`${TINY}/batch.safetensors`);
  const { shape, data: ids } = stored.get('input_ids')!;
  const numbers = (name: string) => Array.from(stored.get(name)!.data, Number);
  return {
    rows: shape[0]!,
    length: shape[1]!,
    inputIds: Int32Array.from(ids, Number),
    attentionMask: Uint8Array.from(numbers('attention_mask')),
    labels: Int32Array.from(numbers('target.single_label')),
  };
}

test.each<readonly [keyof typeof golden.cases, Adversary, accumulation: number]>([
  ['fgm', { type: 'fgm', epsilon: 0.5 }, 1],
  ['pgd', { type: 'pgd', steps: 3, stepSize: 0.3, epsilon: 0.5 }, 1],
  ['freelb', { type: 'freelb', steps: 3, stepSize: 0.2, initialSize: 0.6, limit: 0.7 }, 1],
  ['freelb', { type: 'freelb', steps: 3, stepSize: 0.2, initialSize: 0.6, limit: 0.7 }, 2],
])('one update under %s has the loss and the gradients of PyTorch: %o, batch in %i', async (name, adversary, parts) => {
  const { spec, weights } = await setting(adversary);
  const trainer = await createTrainer(spec, weights, { threads: 2, rng: createRng(1), accumulation: parts });
  const { loss, gradNorm } = await trainer.step(await goldenBatch(), 1e-3, new Uint8Array());
  const expected = golden.cases[name];
  expect(loss).toBeCloseTo(expected.loss, 5);
  expect(gradNorm).toBeCloseTo(expected.gradNorm, 4);
  // After the first update a first moment is (1 − β₁) times the clipped gradient.
  const { firstMoments } = trainer.state();
  for (const [tensor, { norm, first }] of Object.entries(expected.gradients)) {
    const gradient = firstMoments.get(tensor)!.data.map((value) => value / (1 - BETA1));
    expect(Math.hypot(...gradient), tensor).toBeCloseTo(norm, 4);
    for (const [i, value] of first.entries()) expect(Math.abs(gradient[i]! - value), tensor).toBeLessThan(2e-5 * norm);
  }
  await trainer.dispose();
});

test('FGM tells the loss of the texts as they are, FreeLB the mean of its passes, which an attack raises', async () => {
  const batch = await goldenBatch();
  const lossAfter = async (adversary: Adversary | null) => {
    const { spec, weights } = await setting(adversary);
    const trainer = await createTrainer(spec, weights, { threads: 2, rng: createRng(1) });
    const { loss } = await trainer.step(batch, 1e-3, new Uint8Array());
    await trainer.dispose();
    return loss;
  };
  const plain = await lossAfter(null);
  expect(await lossAfter({ type: 'fgm', epsilon: 0.5 })).toBeCloseTo(plain, 5);
  expect(await lossAfter({ type: 'freelb', steps: 2, stepSize: 0.5, initialSize: 0, limit: null })).toBeGreaterThan(
    plain,
  );
});

test.each<TrainSpec['method']>([
  { type: 'full', freezeEmbeddings: true },
  { type: 'lora', rank: 2, alpha: 4, rankStabilised: false, targets: ['query', 'value'] },
])('an adversary leaves every frozen tensor bit for bit, and every trained one moves: %o', async (method) => {
  const { spec, weights } = await setting({ type: 'pgd', steps: 2, stepSize: 0.2, epsilon: 0.3 });
  const trainer = await createTrainer({ ...spec, method }, weights, { threads: 2, rng: createRng(1) });
  const before = trainer.state();
  const all = trainer.mergedWeights();
  await trainer.step(await goldenBatch(), 1e-3, new Uint8Array());
  checkFirstStep(before, trainer.state());
  const adapted = (name: string) => method.type === 'lora' && /attention\.self\.(query|value)\.weight$/.test(name);
  for (const [name, { data }] of trainer.mergedWeights()) {
    if (!before.parameters.has(name) && !adapted(name)) expect(data, name).toEqual(all.get(name)!.data);
  }
  await trainer.dispose();
});
