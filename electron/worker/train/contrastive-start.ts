import { createRng } from '../../../shared/rng.ts';
import { adaptersOf } from '../../../shared/train/adapters.ts';
import { fillBatch, singlePlan } from '../../../shared/train/batches.ts';
import { contrastiveRows, contrastiveSteps } from '../../../shared/train/contrastive-batches.ts';
import type { Contrastive } from '../../../shared/train/contrastive-config.ts';
import { classPairs, neighbourPairs } from '../../../shared/train/contrastive-loss.ts';
import { createMaskSource } from '../../../shared/train/dropout-mask.ts';
import { devMetrics } from '../../../shared/train/evaluation.ts';
import { checkFirstStep } from '../../../shared/train/first-step.ts';
import { learningRateFactor, warmupSteps } from '../../../shared/train/schedule.ts';
import type { NamedTensors, Trainer, TrainSpec } from '../../../shared/train/spec.ts';
import { letMessagesIn, runInBatches } from '../batch-runs.ts';
import { createEncoder } from '../ort/encoder.ts';
import type { SessionOptions } from '../ort/session.ts';
import { createTrainer } from '../ort/trainer.ts';
import { type HeadStart, logisticHead } from './head-start.ts';
import type { LabelledTokens } from './loop.ts';

export interface ContrastiveStart {
  readonly plan: Contrastive;
  /** How the run trains; its method, loss and options are not those of this step. */
  readonly spec: TrainSpec;
  readonly batchSize: number;
  readonly dev: LabelledTokens | null;
  readonly head: HeadStart;
  readonly session: SessionOptions;
}

/** Macro-F1 on the dev rows of a classifier on the encoder as it was and as it has become; null without dev rows. */
export interface ContrastiveOutcome {
  readonly before: number | null;
  readonly after: number | null;
  readonly kept: boolean;
}

const STREAM = 0x636f6e74;
const WARMUP = 0.1;

/** Brings texts of one class nearer to each other, then fits the classifier. The encoder is kept as it was where that classifies the dev rows no worse.
 *  All layers learn, the embeddings are frozen (SetFit trains them too). Made of seed and rows alone: a run that is resumed makes it again.
 *  @source Tunstall et al. 2022, "Efficient few-shot learning without prompts" (SetFit): contrast first, then logistic regression on the vectors */
export async function contrastiveStart(
  start: ContrastiveStart,
): Promise<{ readonly weights: NamedTensors; readonly outcome: ContrastiveOutcome }> {
  const { head, dev } = start;
  const { parameters } = await contrasted(start);
  const changed = new Map([...head.weights, ...parameters]);
  const withHead = async (weights: NamedTensors) =>
    new Map([...weights, ...(await logisticHead({ ...head, weights }))]);
  const after = await withHead(changed);
  if (dev === null || dev.labels.length === 0)
    return { weights: after, outcome: { before: null, after: null, kept: true } };
  const before = await withHead(head.weights);
  const scores = { before: await devScore(start, before, dev), after: await devScore(start, after, dev) };
  const kept = scores.after > scores.before;
  return { weights: kept ? after : before, outcome: { ...scores, kept } };
}

/** The encoder's tensors after the contrast, and how many updates made them. */
export async function contrasted(
  start: Omit<ContrastiveStart, 'dev'>,
  onStep?: (done: number, total: number) => void,
): Promise<{ readonly parameters: NamedTensors; readonly steps: number }> {
  const { trainer, steps, step } = await openContrast(start);
  try {
    for (let k = 0; k < steps; k++) {
      await letMessagesIn();
      start.head.cancel.throwIfAborted();
      await step(k);
      onStep?.(k + 1, steps);
    }
    return { parameters: trainer.state().parameters, steps };
  } finally {
    await trainer.dispose();
  }
}

/** The training that the contrast is, not begun: `step(k)` makes update k, to be called in order. */
export async function openContrast({ plan, spec, batchSize, head, session }: Omit<ContrastiveStart, 'dev'>): Promise<{
  readonly trainer: Trainer;
  readonly steps: number;
  readonly step: (k: number) => Promise<void>;
}> {
  const { train, padId, seed } = head;
  const {
    loss: _loss,
    attack: _attack,
    consolidates: _consolidates,
    earlierAnswers: _earlier,
    adapters: _adapters,
    layerDecay: _decay,
    ...plain
  } = spec;
  const adapters = adaptersOf(head.weights);
  const bodySpec: TrainSpec = {
    ...plain,
    ...(adapters === undefined ? {} : { adapters }),
    method: { type: 'full', freezeEmbeddings: true },
    contrast: plan.loss,
  };
  const streamSeed = (seed ^ STREAM) >>> 0;
  const trainer = await createTrainer(bodySpec, head.weights, { ...session, rng: createRng(streamSeed) });
  const masks = createMaskSource(createRng(streamSeed), spec.dropout);
  const steps = contrastiveSteps(plan.loss, train.labels.length, plan.rounds, batchSize);
  const warmup = warmupSteps(WARMUP, steps);
  const step = async (k: number) => {
    const rows = contrastiveRows(plan.loss, train.labels, batchSize, k, streamSeed);
    const batch = fillBatch(train.tokens, train.labels, singlePlan(train.tokens, rows), 0, padId);
    const pairs = plan.loss === 'supcon' ? classPairs(batch.labels) : neighbourPairs(batch.labels);
    const rate = plan.learningRate * learningRateFactor('linear', k, warmup, steps);
    const isFirst = k === (warmup > 0 ? 1 : 0);
    const before = isFirst ? trainer.state() : null;
    await trainer.step({ ...batch, pairs }, rate, masks.draw(trainer.maskElements(batch.rows, batch.length)));
    if (before !== null) checkFirstStep(before, trainer.state());
  };
  return { trainer, steps, step };
}

/** Macro-F1 on the dev rows. */
export async function devScore(
  { spec, head, session }: ContrastiveStart,
  weights: NamedTensors,
  dev: LabelledTokens,
): Promise<number> {
  const { classes, padId, cancel, config, pooling } = head;
  if (!weights.has('classifier.weight')) return 0;
  const encoder = await createEncoder({ encoder: config, pooling, head: spec.head, labels: classes }, weights, session);
  try {
    const run = async (batch: Parameters<typeof encoder.run>[0]) => (await encoder.run(batch)).logits;
    const logits = await runInBatches(dev.tokens, padId, classes, run, { signal: cancel });
    return devMetrics(logits, dev.labels, classes).macroF1;
  } finally {
    await encoder.dispose();
  }
}
