import { createRng, type Rng, restoreRng } from '../../../shared/rng.ts';
import { adaptersOf } from '../../../shared/train/adapters.ts';
import { fillBatch, realTokens, singlePlan } from '../../../shared/train/batches.ts';
import { contrastiveRows, contrastiveSteps } from '../../../shared/train/contrastive-batches.ts';
import type { Contrastive } from '../../../shared/train/contrastive-config.ts';
import { classPairs, neighbourPairs } from '../../../shared/train/contrastive-loss.ts';
import { createMaskSource } from '../../../shared/train/dropout-mask.ts';
import { devMetrics } from '../../../shared/train/evaluation.ts';
import { checkFirstStep } from '../../../shared/train/first-step.ts';
import { learningRateFactor, warmupSteps } from '../../../shared/train/schedule.ts';
import type { NamedTensors, Trainer, TrainSpec } from '../../../shared/train/spec.ts';
import type { TrainingTick } from '../../../shared/worker/training.ts';
import { letMessagesIn, runInBatches } from '../batch-runs.ts';
import { changedTensors } from '../open-model.ts';
import { createEncoder } from '../ort/encoder.ts';
import type { SessionOptions } from '../ort/session.ts';
import { createTrainer } from '../ort/trainer.ts';
import { type Checkpoints, nothingDone } from './checkpoint.ts';
import { type HeadStart, logisticHead } from './head-start.ts';
import type { ContrastiveOutcome, KeptStart } from './kept-start.ts';
import type { LabelledTokens } from './loop.ts';
import { createTicker } from './ticker.ts';

export interface ContrastiveStart {
  readonly plan: Contrastive;
  /** How the run trains; its method, loss and options are not those of this step. */
  readonly spec: TrainSpec;
  readonly batchSize: number;
  readonly dev: LabelledTokens | null;
  readonly head: HeadStart;
  readonly session: SessionOptions;
}

/** How a contrast is kept and told of, so that it goes on after an interruption. */
export interface ContrastRun {
  readonly checkpoints: Checkpoints;
  readonly resume: boolean;
  readonly checkpointEveryMs: number;
  /** Aborted: finish the update, write a checkpoint, then throw its reason. */
  readonly pause: AbortSignal;
  readonly onTick: (tick: TrainingTick) => void;
  readonly onCheckpoint: (step: number) => void;
}

const STREAM = 0x636f6e74;
const WARMUP = 0.1;

/** Brings texts of one class nearer to each other, then fits the classifier. The encoder is kept as it was where that classifies the dev rows no worse.
 *  All layers learn, the embeddings are frozen (SetFit trains them too). With `run` it goes on where an interruption left it.
 *  @throws AppError of the training or a checkpoint; the reason of `head.cancel`
 *  @source Tunstall et al. 2022, "Efficient few-shot learning without prompts" (SetFit): contrast first, then logistic regression on the vectors */
export async function contrastiveStart(
  start: ContrastiveStart,
  run: (ContrastRun & { readonly start: KeptStart }) | null = null,
): Promise<{ readonly weights: NamedTensors; readonly outcome: ContrastiveOutcome }> {
  const { head } = start;
  const before = run?.resume === true ? await run.start.load() : null;
  if (before !== null) {
    run?.onTick(overTick(contrastSteps(start)));
    return { weights: new Map([...head.weights, ...before.changed]), outcome: before.outcome };
  }
  await run?.start.clear();
  const begun = await begunByContrast(start, run);
  await run?.start.save({ changed: changedTensors(head.weights, begun.weights), outcome: begun.outcome });
  return begun;
}

async function begunByContrast(start: ContrastiveStart, run: ContrastRun | null) {
  const { head, dev } = start;
  const { parameters } = await contrasted(start, run);
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

/** The encoder's tensors after the contrast, how many updates made them and how long these took, those before an interruption among them.
 *  @throws AppError of the training or a checkpoint; the reason of `head.cancel`, and of `run.pause` with a checkpoint written */
export async function contrasted(
  start: Omit<ContrastiveStart, 'dev'>,
  run: ContrastRun | null,
): Promise<{ readonly parameters: NamedTensors; readonly steps: number; readonly trainMs: number }> {
  const kept = run?.resume === true ? await run.checkpoints.load() : null;
  if (kept === null) await run?.checkpoints.clear();
  const { trainer, steps, step, rng } = await openContrast(start, kept);
  let state = kept?.loop ?? nothingDone(rng.state());
  const losses = [...state.losses];
  const monotonicMs = () => performance.now();
  const ticker = createTicker(steps, state.cursor.step, monotonicMs, (tick) => run?.onTick(tick));
  let savedAt = monotonicMs();
  let savedStep = state.cursor.step;
  const save = async () => {
    await run?.checkpoints.save(state, trainer.state());
    savedAt = monotonicMs();
    savedStep = state.cursor.step;
    run?.onCheckpoint(savedStep);
  };
  try {
    while (state.cursor.step < steps) {
      await letMessagesIn();
      if (run?.pause.aborted === true) {
        await save();
        throw run.pause.reason;
      }
      start.head.cancel.throwIfAborted();
      const { cursor } = state;
      const startedAt = monotonicMs();
      const { loss, learningRate, texts, tokens } = await step(cursor.step);
      const stepMs = monotonicMs() - startedAt;
      losses.push(loss);
      state = {
        ...state,
        cursor: { epoch: 0, batch: cursor.batch + 1, step: cursor.step + 1 },
        rng: rng.state(),
        losses,
        trainMs: state.trainMs + stepMs,
        texts: state.texts + texts,
        tokens: state.tokens + tokens,
      };
      ticker.stepped({ step: state.cursor.step, loss, learningRate }, stepMs, texts, tokens);
      if (run !== null && monotonicMs() - savedAt >= run.checkpointEveryMs) await save();
    }
    ticker.flush();
    // What follows may take long too: it is not to cost the contrast.
    if (savedStep < steps) await save();
    return { parameters: trainer.state().parameters, steps, trainMs: state.trainMs };
  } finally {
    await trainer.dispose();
  }
}

/** Updates of a contrast. */
const contrastSteps = ({ plan, head, batchSize }: Omit<ContrastiveStart, 'dev'>) =>
  contrastiveSteps(plan.loss, head.train.labels.length, plan.rounds, batchSize);

/** Tells that an earlier process of this run has made all updates. */
const overTick = (totalSteps: number): TrainingTick => ({
  step: totalSteps,
  totalSteps,
  steps: [],
  textsPerSecond: null,
  tokensPerSecond: null,
  etaMs: null,
  memoryMb: null,
});

/** The training that the contrast is, begun or where `kept` left it: `step(k)` makes update k, to be called in order. `rng` draws what it drops. */
export async function openContrast(
  start: Omit<ContrastiveStart, 'dev'>,
  kept: Awaited<ReturnType<Checkpoints['load']>> = null,
): Promise<{
  readonly trainer: Trainer;
  readonly steps: number;
  readonly rng: Rng;
  readonly step: (k: number) => Promise<{
    readonly loss: number;
    readonly learningRate: number;
    readonly texts: number;
    readonly tokens: number;
  }>;
}> {
  const { plan, spec, batchSize, head, session } = start;
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
  if (kept !== null) await trainer.restore(kept.trainer);
  const rng = kept === null ? createRng(streamSeed) : restoreRng(kept.loop.rng);
  const masks = createMaskSource(rng, spec.dropout);
  const steps = contrastSteps(start);
  const warmup = warmupSteps(WARMUP, steps);
  const step = async (k: number) => {
    const rows = contrastiveRows(plan.loss, train.labels, batchSize, k, streamSeed);
    const batch = fillBatch(train.tokens, train.labels, singlePlan(train.tokens, rows), 0, padId);
    const pairs = plan.loss === 'supcon' ? classPairs(batch.labels) : neighbourPairs(batch.labels);
    const learningRate = plan.learningRate * learningRateFactor('linear', k, warmup, steps);
    const isFirst = k === (warmup > 0 ? 1 : 0);
    const before = isFirst ? trainer.state() : null;
    const mask = masks.draw(trainer.maskElements(batch.rows, batch.length));
    const { loss } = await trainer.step({ ...batch, pairs }, learningRate, mask);
    if (before !== null) checkFirstStep(before, trainer.state());
    return { loss, learningRate, texts: batch.rows, tokens: realTokens(batch) };
  };
  return { trainer, steps, rng, step };
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
