import { z } from 'zod';
import { lowerGraph } from '../electron/worker/ort/lower.ts';
import { pack, unpack } from '../electron/worker/ort/packed.ts';
import type { StoredTensor } from '../electron/worker/ort/safetensors.ts';
import { OrtSession, type SessionOptions } from '../electron/worker/ort/session.ts';
import { type Feed, TokenFeeds } from '../electron/worker/ort/token-feeds.ts';
import { createTrainer } from '../electron/worker/ort/trainer.ts';
import type { EncoderFolder } from '../electron/worker/ort/weights.ts';
import { createRng } from '../shared/rng.ts';
import { lossWeight, oneHot } from '../shared/train/loss.ts';
import { LORA_MODULES, usesClsOnly } from '../shared/train/parameters.ts';
import type { LoraTarget, NamedTensor, TrainBatch, TrainSpec, TrainTask, TuningMethod } from '../shared/train/spec.ts';
import { buildTrainingGraph, gradientOutput } from '../shared/train/training-graph.ts';

/** One case of a reference folder, computed by the product's own graph and trainer. */

type Stored = ReadonlyMap<string, StoredTensor>;

export interface ReferenceCase {
  readonly name: string;
  readonly model: EncoderFolder;
  readonly batch: Stored;
  readonly meta: unknown;
  readonly expected: Stored;
}

/** The largest absolute difference of each kind: loss, logits and gradients of the first step, parameters after the last. */
export interface ReferenceDifferences {
  readonly loss: number;
  readonly logits: number;
  readonly grad: number;
  readonly after5: number;
}

const LORA_ALPHA = 8;

const Meta = z.object({
  optimizer: z.object({
    lr: z.number(),
    betas: z.tuple([z.number(), z.number()]),
    eps: z.number(),
    weight_decay: z.number(),
    max_grad_norm: z.number().nullable(),
    steps: z.number().int(),
    schedule: z.string(),
  }),
  cases: z.record(z.string(), z.object({ losses: z.array(z.number()) })),
});

/** The factors in "lr * (1, 1, .75, .5, .25) at steps 1..5". */
function scheduleFactors(text: string): readonly number[] {
  const factors = /\(([^)]*)\)/.exec(text)?.[1]?.split(',').map(Number) ?? [];
  if (factors.length === 0 || factors.some(Number.isNaN)) throw new Error(`schedule not understood: ${text}`);
  return factors;
}

/** peft's and transformers' names as ours. */
function ourName(name: string): string {
  return name.replace('base_model.model.', '').replace('.default', '').replace('.modules_to_save', '');
}

function withPrefix(expected: Stored, prefix: string): ReadonlyMap<string, NamedTensor> {
  const found = new Map<string, NamedTensor>();
  for (const [name, { shape, data }] of expected) {
    if (!name.startsWith(prefix)) continue;
    if (!(data instanceof Float32Array)) throw new Error(`${name} is not a float tensor`);
    found.set(ourName(name.slice(prefix.length)), { shape, data });
  }
  return found;
}

function methodOf(name: string, initial: ReadonlyMap<string, NamedTensor>): TuningMethod {
  const matrices = [...initial].filter(([key]) => key.endsWith('.lora_A.weight'));
  if (matrices.length === 0) return { type: 'full', freezeEmbeddings: false };
  const targets = (Object.keys(LORA_MODULES) as LoraTarget[]).filter((target) =>
    matrices.some(([key]) => new RegExp(`layer\\.\\d+\\.${LORA_MODULES[target]}\\.lora_A`).test(key)),
  );
  const rank = matrices[0]![1].shape[0]!;
  return { type: 'lora', rank, alpha: LORA_ALPHA, rankStabilised: name.startsWith('rslora'), targets };
}

function taskOf(name: string): TrainTask {
  if (name.includes('multi_label')) return 'multi-label';
  return name.includes('regression') ? 'regression' : 'single-label';
}

/** The head's first rows, as many as the case has outputs (regression uses one of the classifier's). */
function firstRows({ shape, data }: NamedTensor, rows: number): NamedTensor {
  const width = shape.slice(1).reduce((product, dim) => product * dim, 1);
  return { shape: [rows, ...shape.slice(1)], data: data.slice(0, rows * width) };
}

function batchOf(stored: Stored, task: TrainTask): TrainBatch {
  const tensor = (name: string) => {
    const found = stored.get(name);
    if (found === undefined) throw new Error(`batch has no ${name}`);
    return found;
  };
  const ids = tensor('input_ids');
  const [rows, length] = ids.shape as readonly [number, number];
  const types = stored.get('token_type_ids');
  const target = tensor(`target.${task.replace('-', '_')}`).data;
  return {
    rows,
    length,
    inputIds: Int32Array.from(ids.data),
    attentionMask: Uint8Array.from(tensor('attention_mask').data),
    labels: task === 'single-label' ? Int32Array.from(target) : new Int32Array(rows),
    ...(task === 'single-label' ? {} : { targets: Float32Array.from(target) }),
    ...(types === undefined ? {} : { tokenTypes: Int32Array.from(types.data) }),
  };
}

export async function runReferenceCase(input: ReferenceCase, options: SessionOptions): Promise<ReferenceDifferences> {
  const { name, model, expected } = input;
  const { optimizer, cases } = Meta.parse(input.meta);
  const logits = expected.get('logits');
  if (logits === undefined) throw new Error('the case has no logits');
  const labels = logits.shape[1]!;
  const gradients = withPrefix(expected, 'grad.');
  const initial = withPrefix(expected, 'init.');
  const task = taskOf(name);
  const spec: TrainSpec = {
    encoder: model.config,
    pooling: 'cls',
    head: 'bert-pooler',
    labels,
    task,
    method: methodOf(name, initial),
    dropout: 0,
    weightDecay: optimizer.weight_decay,
    beta1: optimizer.betas[0],
    beta2: optimizer.betas[1],
    epsilon: optimizer.eps,
    maxGradNorm: optimizer.max_grad_norm,
  };
  const weights = new Map([...model.weights, ...initial]);
  for (const part of ['classifier.weight', 'classifier.bias']) weights.set(part, firstRows(weights.get(part)!, labels));
  const batch = batchOf(input.batch, task);
  const trainable = new Set(gradients.keys());

  const first = await firstStep(spec, weights, trainable, batch, options);
  const trainer = await createTrainer(spec, weights, {
    ...options,
    trainable,
    embeddingUpdate: 'dense',
    rng: createRng(0),
  });
  const factors = scheduleFactors(optimizer.schedule);
  for (let step = 0; step < optimizer.steps; step++) {
    await trainer.step(batch, optimizer.lr * factors[step]!, new Uint8Array());
  }
  const after = trainer.state().parameters;
  await trainer.dispose();
  const wanted = new Map([...withPrefix(expected, 'after5.')].filter(([key]) => !key.endsWith('.self.key.bias')));
  return {
    loss: largestDifference([first.loss], (cases[name]?.losses ?? []).slice(0, 1)),
    logits: largestDifference(first.logits, logits.data),
    grad: largestOf(gradients, first.gradients),
    after5: largestOf(wanted, after),
  };
}

/** Loss, logits and every gradient of the first step, from a graph of its own that puts them out. */
export async function firstStep(
  spec: TrainSpec,
  weights: ReadonlyMap<string, NamedTensor>,
  trainable: ReadonlySet<string>,
  batch: TrainBatch,
  options: SessionOptions,
) {
  const plan = buildTrainingGraph(spec, trainable);
  const session = await OrtSession.create(lowerGraph(plan.graph), options);
  const targets = batch.targets ?? oneHot(batch.labels, spec.labels);
  const inputs: Record<string, Feed> = {
    ...new TokenFeeds(spec.encoder, usesClsOnly(spec)).feeds(batch, batch.inputIds),
    targets: { data: targets, shape: [batch.rows, spec.labels] },
    loss_weight: { data: Float32Array.of(lossWeight(spec.task ?? 'single-label', batch.rows, spec.labels)), shape: [] },
  };
  for (const tensor of [...plan.frozen, ...plan.trainable]) {
    inputs[tensor.name] = { data: pack(tensor, weights), shape: tensor.shape };
  }
  const results = new Map(plan.trainable.map((tensor) => [tensor, pack(tensor, weights).fill(0)]));
  const loss = new Float32Array(1);
  const logits = new Float32Array(batch.rows * spec.labels);
  const fetches = [
    ['loss', loss, []] as const,
    ['logits', logits, [batch.rows, spec.labels]] as const,
    ...[...results].map(([{ name, shape }, data]) => [gradientOutput(name), data, shape] as const),
  ];
  await session.run(
    Object.fromEntries(Object.entries(inputs).map(([key, { data, shape }]) => [key, session.tensor(data, shape)])),
    Object.fromEntries(fetches.map(([key, data, shape]) => [key, session.tensor(data, shape)])),
  );
  await session.dispose();
  return { loss: loss[0]!, logits, gradients: new Map([...results].flatMap(([tensor, data]) => unpack(tensor, data))) };
}

/** Infinity where a value is missing, is not finite, or the lengths differ: a comparison that cannot be made must not pass. */
function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length || expected.length === 0) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!);
    if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY;
    if (difference > largest) largest = difference;
  }
  return largest;
}

function largestOf(expected: ReadonlyMap<string, NamedTensor>, found: ReadonlyMap<string, NamedTensor>): number {
  const differences = [...expected].map(([name, { data }]) => largestDifference(found.get(name)?.data ?? [], data));
  return differences.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...differences);
}
