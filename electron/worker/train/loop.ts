import { createRng, type Rng, restoreRng } from '../../../shared/rng.ts';
import {
  batchRows,
  fillBatch,
  realTokens,
  repeatedBatch,
  rowLengths,
  singlePlan,
  type TokenRows,
} from '../../../shared/train/batches.ts';
import { classWeightsOf } from '../../../shared/train/class-weights.ts';
import { createMaskSource } from '../../../shared/train/dropout-mask.ts';
import { devMetrics } from '../../../shared/train/evaluation.ts';
import { checkFirstStep } from '../../../shared/train/first-step.ts';
import { replayDraw } from '../../../shared/train/replay.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { type Cursor, planRun, type RunPlan } from '../../../shared/train/run-plan.ts';
import type { TrainBatch, Trainer, TrainerState } from '../../../shared/train/spec.ts';
import { classTargets } from '../../../shared/train/targets.ts';
import { type TextTask, taskScore } from '../../../shared/train/text-task.ts';
import type { EpochEvaluation, TrainingTick } from '../../../shared/worker/training.ts';
import { letMessagesIn, runInBatches } from '../batch-runs.ts';
import { gatherRows } from '../ort/token-feeds.ts';
import { type Checkpoints, type LoopState, nothingDone } from './checkpoint.ts';
import { createTicker } from './ticker.ts';

/** Seeds of the streams that must not run in step with each other. */
const MASK_STREAM = 0x6d61736b;

export interface LabelledTokens {
  readonly tokens: TokenRows;
  readonly labels: Int32Array;
  /** What is wanted [rows, outputs], where a task other than classes is learnt. */
  readonly targets?: Float32Array;
  /** Logits [rows, classes] from before the training, where those are learnt too. */
  readonly earlier?: Float32Array;
  /** Logits [rows, classes] of the model that is to be learnt from; none unless the loss distils. */
  readonly teacher?: Float32Array;
}

export interface LoopOptions {
  readonly trainer: Trainer;
  readonly config: RunConfig;
  /** What is learnt; one of the classes where left out. */
  readonly task?: TextTask;
  readonly classes: number;
  readonly padId: number;
  readonly train: LabelledTokens;
  /** Earlier rows, of which some come again in every batch; null for none. */
  readonly memory: LabelledTokens | null;
  /** Rows on which the best weights are chosen; null to keep the last. */
  readonly dev: LabelledTokens | null;
  readonly checkpoints: Checkpoints;
  readonly resume: boolean;
  readonly checkpointEveryMs: number;
  /** Aborted: finish the update, write a checkpoint, return. */
  readonly pause: AbortSignal;
  /** Aborted: throw its reason after the update. */
  readonly cancel: AbortSignal;
  readonly monotonicMs: () => number;
  readonly onTick: (tick: TrainingTick) => void;
  readonly onEvaluation: (evaluation: EpochEvaluation) => void;
  readonly onCheckpoint: (step: number) => void;
}

export interface LoopOutcome {
  readonly type: 'paused' | 'finished';
  readonly state: LoopState;
  readonly totalSteps: number;
  readonly stoppedEarly: boolean;
  /** Logits of the dev rows under the weights that the trainer now holds; null when paused or without dev rows. */
  readonly devLogits: Float32Array | null;
}

/** Trains to the last update, the end of patience or a pause. When it finishes the trainer holds the best weights.
 *  @throws AppError 'train.diverged', 'train.zero-gradient', 'train.checkpoint'; the reason of `cancel` */
export async function runTraining(options: LoopOptions): Promise<LoopOutcome> {
  const { trainer, config, checkpoints, monotonicMs } = options;
  const plan = planRun(rowLengths(options.train.tokens), config);
  const { start, rng } = await begin(options);
  let state = start;
  const losses = [...start.losses];
  const masks = createMaskSource(rng, config.dropout);
  const batchAt = batchesOf(options, plan);
  const ticker = createTicker(plan.totalSteps, state.cursor.step, monotonicMs, options.onTick);
  let savedAt = monotonicMs();
  let isProofDue = false;
  ticker.caughtUp(losses.map((loss, step) => ({ step: step + 1, loss, learningRate: plan.learningRate(step) })));
  for (const evaluation of start.evaluations) options.onEvaluation(evaluation);

  const save = async () => {
    await checkpoints.save(state, trainer.state());
    savedAt = monotonicMs();
    options.onCheckpoint(state.cursor.step);
  };
  const outOfPatience = () =>
    config.earlyStopPatience !== null && state.evaluationsSinceBest >= config.earlyStopPatience;

  while (state.cursor.step < plan.totalSteps && !outOfPatience()) {
    await letMessagesIn();
    options.cancel.throwIfAborted();
    if (options.pause.aborted) {
      await save();
      return { type: 'paused', state, totalSteps: plan.totalSteps, stoppedEarly: false, devLogits: null };
    }
    const { cursor } = state;
    const startedAt = monotonicMs();
    const { texts, batch } = batchAt(cursor);
    const learningRate = plan.learningRate(cursor.step);
    const mask = masks.draw(trainer.maskElements(batch.rows, batch.length));
    isProofDue ||= isChecked(plan, config, cursor.step);
    const before = isProofDue ? withoutMoments(trainer.state()) : null;
    const { loss, skipped } = await trainer.step(batch, learningRate, mask);
    // An update that was skipped moves nothing; the next one is looked at in its place.
    if (before !== null && skipped !== true) {
      checkFirstStep(before, trainer.state());
      isProofDue = false;
    }
    const stepMs = monotonicMs() - startedAt;
    losses.push(loss);
    const tokens = realTokens(texts);
    state = {
      ...state,
      cursor: plan.next(cursor),
      rng: rng.state(),
      losses,
      trainMs: state.trainMs + stepMs,
      texts: state.texts + texts.rows,
      tokens: state.tokens + tokens,
    };
    ticker.stepped({ step: state.cursor.step, loss, learningRate }, stepMs, texts.rows, tokens);
    const epochEnded = state.cursor.batch === 0 || state.cursor.step === plan.totalSteps;
    if (epochEnded && options.dev !== null) state = await evaluate(options, options.dev, plan, state);
    if (monotonicMs() - savedAt >= options.checkpointEveryMs) await save();
  }
  ticker.flush();

  const { best } = state;
  const last = state.cursor.step;
  if (best !== null && best.step !== last) {
    await trainer.restore({ ...trainer.state(), parameters: await checkpoints.loadBest(best.file) });
  }
  const devLogits = options.dev === null ? null : await logitsOf(options, options.dev);
  return { type: 'finished', state, totalSteps: plan.totalSteps, stoppedEarly: last < plan.totalSteps, devLogits };
}

/** The state to go on from, with the trainer brought to it. */
async function begin(options: LoopOptions): Promise<{ start: LoopState; rng: Rng }> {
  const kept = options.resume ? await options.checkpoints.load() : null;
  if (kept !== null) {
    await options.trainer.restore(kept.trainer);
    return { start: kept.loop, rng: restoreRng(kept.loop.rng) };
  }
  const rng = createRng((options.config.seed ^ MASK_STREAM) >>> 0);
  const start = nothingDone(rng.state());
  // What came before the training, and may have been long, is over only once a checkpoint says so.
  if (options.config.contrastive === undefined) await options.checkpoints.clear();
  else await options.checkpoints.save(start, options.trainer.state());
  return { start, rng };
}

/** Methods of which a tensor can move only one update after another of its own has. */
const MOVES_IN_TURN: ReadonlySet<RunConfig['method']['type']> = new Set(['lora', 'adalora']);

/** Gradients are proven at the first update that moves anything, and wherever more begins to learn. */
function isChecked(plan: RunPlan, { method, unfreezing }: RunConfig, step: number): boolean {
  const isLater = unfreezing === 'gradual' && step >= plan.stepsPerEpoch;
  const since = isLater ? step % plan.stepsPerEpoch : step - plan.firstMovingStep;
  return since === 0 || (since === 1 && MOVES_IN_TURN.has(method.type));
}

/** The check looks at the parameters before the update alone; the moments would cost twice their memory. */
function withoutMoments(state: TrainerState): TrainerState {
  return { ...state, firstMoments: new Map(), secondMoments: new Map() };
}

/** What the batches of a training are made of. */
export type BatchSource = Pick<LoopOptions, 'train' | 'memory' | 'config' | 'task' | 'classes' | 'padId'>;

/** Gives the batch of the update at a place: its texts, and these as the trainer takes them. */
export function batchesOf(
  source: BatchSource,
  plan: RunPlan,
): (cursor: Cursor) => { readonly texts: TrainBatch; readonly batch: TrainBatch } {
  const { padId, classes, config, task, train, memory } = source;
  const weights = task === undefined ? classWeightsOf(config, train.labels, classes) : null;
  const rows = memory === null ? train : joined(train, memory);
  const smoothing = config.labelSmoothing ?? 0;
  return (cursor) => {
    const picked = rowsAt(source, plan, cursor);
    const filled = fillBatch(rows.tokens, rows.labels, singlePlan(rows.tokens, picked), 0, padId);
    const { earlier, teacher, targets } = rows;
    const plain = {
      ...filled,
      ...(targets === undefined ? {} : { targets: gatherRows(targets, picked, classes) }),
      ...(earlier === undefined ? {} : { earlier: gatherRows(earlier, picked, classes) }),
      ...(teacher === undefined ? {} : { teacher: gatherRows(teacher, picked, classes) }),
    };
    const isSoft = weights !== null || smoothing > 0;
    const texts = isSoft ? { ...plain, targets: classTargets(plain.labels, classes, weights, smoothing) } : plain;
    return { texts, batch: config.rDrop ? repeatedBatch(texts) : texts };
  };
}

/** Rows of the batch at `cursor`: those of the training, and behind them those that come again from the memory. */
function rowsAt({ train, memory, config }: BatchSource, plan: RunPlan, { epoch, batch, step }: Cursor): Int32Array {
  const fresh = batchRows(plan.epoch(epoch), batch);
  if (memory === null) return fresh;
  const drawn = replayDraw(memory.labels.length, fresh.length, step, config, config.seed);
  return Int32Array.from([...fresh, ...drawn.map((place) => train.labels.length + place)]);
}

function joined(first: LabelledTokens, second: LabelledTokens): LabelledTokens {
  const shift = first.tokens.ids.length;
  return {
    tokens: {
      ids: behind(first.tokens.ids, second.tokens.ids),
      offsets: behind(
        first.tokens.offsets,
        second.tokens.offsets.subarray(1).map((at) => at + shift),
      ),
    },
    labels: behind(first.labels, second.labels),
    ...(first.earlier === undefined || second.earlier === undefined
      ? {}
      : { earlier: Float32Array.from([...first.earlier, ...second.earlier]) }),
  };
}

function behind(first: Int32Array, second: Int32Array): Int32Array {
  const all = new Int32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

async function evaluate(
  options: LoopOptions,
  dev: LabelledTokens,
  plan: RunPlan,
  state: LoopState,
): Promise<LoopState> {
  const { metrics, score } = devScore(options, await logitsOf(options, dev), dev);
  const { step } = state.cursor;
  const evaluation = { step, epoch: step / plan.stepsPerEpoch, ...metrics };
  options.onEvaluation(evaluation);
  const evaluations = [...state.evaluations, evaluation];
  if (state.best !== null && score <= state.best.score) {
    return { ...state, evaluations, evaluationsSinceBest: state.evaluationsSinceBest + 1 };
  }
  const file = await options.checkpoints.saveBest(step, options.trainer.state().parameters);
  return { ...state, evaluations, best: { step, score, file }, evaluationsSinceBest: 0 };
}

/** How the weights of now do, and the figure of it by which the best are chosen. */
function devScore({ task, classes }: LoopOptions, logits: Float32Array, dev: LabelledTokens) {
  if (task === undefined || dev.targets === undefined) {
    const metrics = devMetrics(logits, dev.labels, classes);
    return { metrics, score: metrics.macroF1 };
  }
  const metrics = taskScore(task, logits, dev.targets, classes);
  return { metrics, score: metrics.score };
}

function logitsOf({ trainer, padId, classes, cancel }: LoopOptions, { tokens }: LabelledTokens): Promise<Float32Array> {
  return runInBatches(tokens, padId, classes, (batch) => trainer.logits(batch), { signal: cancel });
}
