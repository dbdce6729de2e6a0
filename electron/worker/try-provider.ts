import { AppError } from '../../shared/errors/app-error.ts';
import { createRng } from '../../shared/rng.ts';
import { initialTensors } from '../../shared/train/initial.ts';
import { encoderTensors } from '../../shared/train/parameters.ts';
import { halfOutcome, type Provider, type ProviderTrial, trialOutcome } from '../../shared/train/provider.ts';
import type { EncoderConfig, NamedTensor, NamedTensors, TrainBatch, TrainSpec } from '../../shared/train/spec.ts';
import { includedProviders } from './ort/session.ts';
import { createTrainer } from './ort/trainer.ts';

/** Small enough for a software driver to answer, large enough for a processor's caches to be left. */
const SMALL: Shape = { hiddenSize: 64, intermediateSize: 128, layers: 1, heads: 4, rows: 4, length: 16, steps: 4 };
const LARGE: Shape = { hiddenSize: 384, intermediateSize: 1536, layers: 3, heads: 12, rows: 32, length: 32, steps: 6 };
/** A provider this much slower on the small model need not be tried on the large one: it would take minutes. */
const HOPELESS = 20;
const VOCABULARY = 200;
const LABELS = 3;
const LEARNING_RATE = 1e-3;
const SEED = 5;
/** So low that no step of the trial is skipped. */
const TRIAL_SCALE = { scale: 256, goodSteps: 0 } as const;

interface Shape {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly rows: number;
  readonly length: number;
  readonly steps: number;
}

/** Trains a model of random weights for a few steps on the provider and on the processor and compares numbers and times.
 *  To be asked of a process of its own: a driver that fails may take its process with it. */
export async function tryProvider(provider: Provider, threads: number): Promise<ProviderTrial> {
  const none = { provider, largestDifference: null, stepMs: null, cpuStepMs: null, detail: null } as const;
  if (!includedProviders().has(provider)) return { ...none, outcome: 'not-included' };
  let small: readonly [Trial, Trial];
  try {
    small = [await train(SMALL, provider, threads), await train(SMALL, 'cpu', threads)];
  } catch (error) {
    if (error instanceof AppError) return { ...none, outcome: 'wrong', detail: error.code };
    return { ...none, outcome: 'no-device', detail: firstLine(error) };
  }
  const largestDifference = difference(...small);
  const hopeless = small[0].stepMs > HOPELESS * small[1].stepMs;
  const [theirs, cpu] = hopeless ? small : [await train(LARGE, provider, threads), await train(LARGE, 'cpu', threads)];
  const half =
    provider === 'cpu' ? {} : { half: await tryHalves(hopeless ? SMALL : LARGE, provider, threads, theirs, cpu) };
  return {
    provider,
    outcome: trialOutcome(largestDifference, theirs.stepMs, cpu.stepMs),
    largestDifference: Number.isFinite(largestDifference) ? largestDifference : null,
    stepMs: theirs.stepMs,
    cpuStepMs: cpu.stepMs,
    detail: null,
    ...half,
  };
}

/** The same model with products in half precision: right by the processor, and faster than the provider is without. */
async function tryHalves(
  shape: Shape,
  provider: Provider,
  threads: number,
  wide: Trial,
  cpu: Trial,
): Promise<NonNullable<ProviderTrial['half']>> {
  try {
    const found = await train(shape, provider, threads, true);
    const apart = difference(found, cpu);
    const largestDifference = Number.isFinite(apart) ? apart : null;
    return { outcome: halfOutcome(apart, found.stepMs, wide.stepMs), largestDifference, stepMs: found.stepMs };
  } catch {
    return { outcome: 'failed', largestDifference: null, stepMs: null };
  }
}

interface Trial {
  readonly values: readonly number[];
  /** Median over the steps but the first, which builds kernels and plans. */
  readonly stepMs: number;
}

async function train(shape: Shape, provider: Provider, threads: number, mixed = false): Promise<Trial> {
  const spec = { ...specOf(shape), ...(mixed ? { mixed } : {}) };
  const trainer = await createTrainer(spec, weightsOf(spec), {
    threads,
    provider,
    rng: createRng(SEED),
    lossScale: TRIAL_SCALE,
  });
  try {
    const batch = batchOf(shape);
    const values: number[] = [];
    const times: number[] = [];
    for (let step = 0; step < shape.steps; step++) {
      const start = performance.now();
      const { loss, gradNorm } = await trainer.step(batch, LEARNING_RATE, new Uint8Array());
      if (step > 0) times.push(performance.now() - start);
      values.push(loss, gradNorm);
    }
    values.push(...(await trainer.logits(batch)));
    times.sort((a, b) => a - b);
    return { values, stepMs: times[Math.floor(times.length / 2)]! };
  } finally {
    await trainer.dispose();
  }
}

function specOf({ hiddenSize, intermediateSize, layers, heads, length }: Shape): TrainSpec {
  const encoder: EncoderConfig = {
    vocabSize: VOCABULARY,
    hiddenSize,
    layers,
    heads,
    intermediateSize,
    maxPositions: length,
    typeVocabSize: 2,
    layerNormEps: 1e-12,
    activation: 'gelu',
  };
  return {
    encoder,
    pooling: 'mean',
    head: 'linear',
    labels: LABELS,
    method: { type: 'full', freezeEmbeddings: false },
    dropout: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
  };
}

/** BERT's own beginning: matrices N(0, 0.02²), scales of one, biases of zero. */
function weightsOf(spec: TrainSpec): NamedTensors {
  const rng = createRng(SEED);
  const weights = new Map<string, NamedTensor>();
  for (const { name, shape } of encoderTensors(spec.encoder, false).flatMap(({ parts }) => parts)) {
    const data = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
    if (name.endsWith('LayerNorm.weight')) data.fill(1);
    else if (!name.endsWith('.bias')) for (let i = 0; i < data.length; i++) data[i] = 0.02 * rng.normal();
    weights.set(name, { shape, data });
  }
  return new Map([...weights, ...initialTensors(spec, weights, rng)]);
}

function batchOf({ rows, length }: Shape): TrainBatch {
  const rng = createRng(SEED);
  const draw = (count: number, below: number) =>
    Int32Array.from({ length: count }, () => Math.floor(rng.float() * below));
  return {
    rows,
    length,
    inputIds: draw(rows * length, VOCABULARY),
    attentionMask: new Uint8Array(rows * length).fill(1),
    labels: draw(rows, LABELS),
  };
}

function difference(a: Trial, b: Trial): number {
  return a.values.reduce((most, value, i) => Math.max(most, Math.abs(value - b.values[i]!)), 0);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // ONNX Runtime begins with the place in its own sources; what went wrong stands at the end of the line.
  const line = text.split('\n', 1)[0] ?? '';
  return (line.split(/ was false\. | : /).at(-1) ?? line).slice(0, 300);
}
