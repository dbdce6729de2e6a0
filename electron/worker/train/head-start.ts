import type { DenseRows } from '../../../shared/linear-algebra/sparse.ts';
import { fitLogistic } from '../../../shared/statistics/logistic-regression.ts';
import { pickRows } from '../../../shared/train/batches.ts';
import { type HeadEffort, headSample } from '../../../shared/train/head-sample.ts';
import { fitLinearHead } from '../../../shared/train/linear-head.ts';
import type { EncoderConfig, NamedTensor, NamedTensors, Pooling } from '../../../shared/train/spec.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import { runInBatches } from '../batch-runs.ts';
import { createEncoder } from '../ort/encoder.ts';
import { gatherRows } from '../ort/token-feeds.ts';
import type { LabelledTokens } from './loop.ts';

const C = 10;
/** A number has no margin at which a fit has enough: with more dimensions than rows it would meet every row, and the first updates would pay for it. */
const RIDGE_C = 1;

export interface HeadStart {
  readonly config: EncoderConfig;
  readonly pooling: Pooling;
  readonly weights: NamedTensors;
  readonly train: LabelledTokens;
  readonly classes: number;
  readonly padId: number;
  readonly threads: number;
  readonly seed: number;
  /** Every row that the classifier is made of has to go through the encoder before the first update. */
  readonly effort: HeadEffort;
  /** What the training adds to the logits: the head is begun without it; null for nothing. */
  readonly logitOffset: readonly number[] | null;
  readonly cancel: AbortSignal;
}

/** A classifier for the run to begin with: logistic regression on what the encoder gives before any tuning. A head drawn at random first pulls the encoder about to fit its noise; from this one on, few rows suffice.
 *  @source Kumar et al. 2022, "Fine-tuning can distort pretrained features and underperform out-of-distribution" (LP-FT) */
export async function logisticHead(start: HeadStart): Promise<NamedTensors> {
  const { config, classes } = start;
  const hidden = config.hiddenSize;
  const rows = headSample(start.train.labels, classes, start.effort, start.seed);
  const { unit, scale } = await unitVectors(start, rows);
  const labels = rows.map((row) => start.train.labels[row]!);
  if (new Set(labels).size < 2) return new Map();
  const model = fitLogistic(unit, labels, {
    classes,
    c: C,
    tolerance: start.effort.tolerance,
    onIteration: () => start.cancel.throwIfAborted(),
  });
  const outputs = model.intercepts.length;
  const weight = new Float32Array(classes * hidden);
  const bias = new Float32Array(classes).fill(Math.min(...model.intercepts));
  model.present.forEach((label, place) => {
    // Two classes share one output: each takes half of it, with opposite signs.
    const output = outputs === 1 ? 0 : place;
    const share = outputs === 1 ? place - 0.5 : 1;
    for (let j = 0; j < hidden; j++)
      weight[label * hidden + j] = (share * model.weights[j * outputs + output]!) / scale;
    bias[label] = share * model.intercepts[output]!;
  });
  start.logitOffset?.forEach((offset, label) => {
    bias[label]! -= offset;
  });
  return new Map<string, NamedTensor>([
    ['classifier.weight', { shape: [classes, hidden], data: weight }],
    ['classifier.bias', { shape: [classes], data: bias }],
  ]);
}

/** The same for a task other than classes: the linear head that fits the vectors best (`fitLinearHead`). */
export async function taskHead(start: HeadStart & { readonly task: TextTask }): Promise<NamedTensors> {
  const { task, train, classes: outputs } = start;
  const rows = headSample(train.labels, outputs, start.effort, start.seed);
  const { unit, scale } = await unitVectors(start, rows);
  const targets = gatherRows(train.targets ?? new Float32Array(), rows, outputs);
  const { weight, bias } = fitLinearHead(task, unit, targets, outputs, task === 'regression' ? RIDGE_C : C, () =>
    start.cancel.throwIfAborted(),
  );
  const shape = [weight.length / unit.columns, unit.columns];
  return new Map<string, NamedTensor>([
    ['classifier.weight', { shape, data: Float32Array.from(weight, (value) => value / scale) }],
    ['classifier.bias', { shape: [outputs], data: Float32Array.from(bias) }],
  ]);
}

/** A head whose outputs share one weight, with a row of it for each output: what inference and export take for a linear layer. */
export function withLinearHead(weights: NamedTensors, outputs: number): NamedTensors {
  const head = weights.get('classifier.weight');
  if (head === undefined || head.shape[0] === outputs) return weights;
  const [, hidden = 0] = head.shape;
  const data = new Float32Array(outputs * hidden);
  for (let output = 0; output < outputs; output++) data.set(head.data, output * hidden);
  return new Map([...weights, ['classifier.weight', { shape: [outputs, hidden], data }]]);
}

/** The vectors of these rows at a root mean square length of 1, so that C means the same for every encoder; the factor goes back into the weights. */
async function unitVectors(start: HeadStart, rows: Int32Array) {
  const pooled = await pooledVectors(start, rows);
  const scale = Math.sqrt(pooled.value.reduce((sum, value) => sum + value * value, 0) / Math.max(1, pooled.rows));
  const unit: DenseRows = { ...pooled, value: pooled.value.map((value) => value / scale) };
  return { unit, scale };
}

/** The vectors that the classifier reads: an encoder whose classifier is the identity gives them as its logits. */
async function pooledVectors(
  { config, pooling, weights, train, padId, threads, cancel }: HeadStart,
  rows: Int32Array,
): Promise<DenseRows> {
  const hidden = config.hiddenSize;
  const identity = new Float32Array(hidden * hidden);
  for (let i = 0; i < hidden; i++) identity[i * hidden + i] = 1;
  const reading = new Map(weights);
  reading.set('classifier.weight', { shape: [hidden, hidden], data: identity });
  reading.set('classifier.bias', { shape: [hidden], data: new Float32Array(hidden) });
  const encoder = await createEncoder({ encoder: config, pooling, head: 'linear', labels: hidden }, reading, {
    threads,
  });
  try {
    const run = async (batch: Parameters<typeof encoder.run>[0]) => (await encoder.run(batch)).logits;
    const value = await runInBatches(pickRows(train.tokens, rows), padId, hidden, run, { signal: cancel });
    return { type: 'dense', rows: rows.length, columns: hidden, value };
  } finally {
    await encoder.dispose();
  }
}
