import { createRng } from '../../../shared/rng.ts';
import { type BatchPlan, batchCount, fillInputs, planByLength, rowLengths } from '../../../shared/train/batches.ts';
import { createMaskSource } from '../../../shared/train/dropout-mask.ts';
import { planRun, type RunPlan, START } from '../../../shared/train/run-plan.ts';
import { type MeasuredCost, type SampledCost, spreadPlaces } from '../../../shared/train/training-cost.ts';
import { cutOf } from '../../../shared/train/training-graph.ts';
import { unfrozenInEpoch } from '../../../shared/train/unfreezing.ts';
import type { MeasureTrainingRequest } from '../../../shared/worker/training.ts';
import { type BatchRunOptions, INFERENCE_LIMITS, letMessagesIn } from '../batch-runs.ts';
import type { Spool } from '../open-model.ts';
import { keptShare } from '../ort/prefix-cache.ts';
import { nothingDone, openCheckpoints } from './checkpoint.ts';
import { batchesOf } from './loop.ts';
import { contrastMeter } from './measure-contrast.ts';
import { prepare, writeTuned } from './train-job.ts';

/** Updates that are timed at most, in each stage of a training whose updates change; evaluations likewise. */
const MOST_UPDATES = 7;
const MOST_EVALUATIONS = 3;
/** Fewest that give an interval worth showing; they are made whatever the time. */
const FEWEST = 3;

type Request = MeasureTrainingRequest & Spool;
type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Begins a training as it would begin, computes a few of its updates and evaluations on its own rows, and writes once what it would write.
 *  @throws AppError of the model, the data or the training; the reason of the signal */
export async function measureTraining(request: Request, options: BatchRunOptions): Promise<MeasuredCost> {
  const { signal } = options;
  const contrast = contrastMeter(signal);
  const startedAt = performance.now();
  const prepared = await prepare(request, signal, { contrastWith: contrast.start });
  const { trainer } = prepared;
  const preparedMs = performance.now() - startedAt - contrast.spentMs();
  try {
    const plan = planRun(rowLengths(prepared.train.tokens), request.config);
    const updates = await timedUpdates(request, prepared, plan, options);
    const rounds = request.dev === null ? 0 : Math.ceil(plan.totalSteps / plan.stepsPerEpoch);
    // The weights that are kept are evaluated once more.
    const evaluated = rounds === 0 ? null : await timedEvaluations(request, prepared, rounds + 1, signal);
    const checkpoints = openCheckpoints(request.spool, prepared.hashes, request.spoolKey);
    const checkpointMs = await timed(() => checkpoints.save(nothingDone(createRng(0).state()), trainer.state()));
    const bestMs = await timed(() => checkpoints.saveBest(0, trainer.state().parameters));
    const endMs = await timed(() => writeTuned(request, trainer, prepared.structure));
    return {
      updates: plan.totalSteps,
      startMs: preparedMs + (evaluated?.openMs ?? 0) + endMs,
      samples: [...contrast.samples(), ...updates, ...(evaluated?.samples ?? [])],
      checkpointMs,
      bestMs,
      evaluations: rounds,
      trainableParameters: [...trainer.state().parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
      // As a training says it of itself.
      peakMemoryMb: process.resourceUsage().maxRSS / 1000,
    };
  } finally {
    await trainer.dispose();
  }
}

/** Updates from a stage of the training on, whose cost does not change until the next. */
interface Stage {
  readonly step: number;
  /** Epochs that it lasts. */
  readonly epochs: number;
}

/** The stages of a training: one, but for layers that begin to learn one after another. */
function stagesOf({ config }: Request, { spec }: Prepared, plan: RunPlan): readonly Stage[] {
  const epochs = plan.totalSteps / plan.stepsPerEpoch;
  if (config.unfreezing === undefined) return [{ step: 0, epochs }];
  const growing = Math.min(Math.ceil(epochs), unfrozenInEpoch(0, spec.encoder.layers) + 1);
  return Array.from({ length: growing }, (_, epoch) => ({
    step: epoch * plan.stepsPerEpoch,
    epochs: epoch === growing - 1 ? epochs - epoch : 1,
  }));
}

/** Updates on batches that are spread over all lengths. Where the frozen part of a text is computed once, each batch is computed twice: as in the first
 *  epoch and as in those after it. */
async function timedUpdates(
  request: Request,
  prepared: Prepared,
  plan: RunPlan,
  { signal, onProgress }: BatchRunOptions,
): Promise<SampledCost[]> {
  const { trainer, spec, train, memory, padId } = prepared;
  const { config, classes, task, mostMs } = request;
  const masks = createMaskSource(createRng(config.seed), config.dropout);
  const batchAt = batchesOf({ train, memory, config, ...(task === undefined ? {} : { task }), classes, padId }, plan);
  const first = plan.epoch(0);
  const sizes = sizesOf(first);
  const perEpoch = sizes.reduce((sum, size) => sum + size, 0);
  const bySize = [...sizes.keys()].sort((a, b) => sizes[a]! - sizes[b]!);
  const places = spreadPlaces(bySize.length, MOST_UPDATES).map((place) => bySize[place]!);
  const stages = stagesOf(request, prepared, plan);
  const cut = spec.attack === undefined ? cutOf(spec) : null;
  const isCached = cut !== null;
  const { length: tokens } = train.tokens.ids;
  const kept = cut === null ? 0 : keptShare(cut, spec.encoder.hiddenSize, train.labels.length, tokens);
  const update = async (batch: number) => {
    await letMessagesIn();
    signal.throwIfAborted();
    const made = batchAt({ ...START, batch }).batch;
    const mask = masks.draw(trainer.maskElements(made.rows, made.length));
    return timed(() => trainer.step(made, plan.learningRate(plan.firstMovingStep), mask));
  };
  const samples: SampledCost[] = [];
  for (const [at, { step, epochs }] of stages.entries()) {
    if (step > 0) await trainer.restore({ ...trainer.state(), step });
    // The first batch is the largest: the memory that it takes counts, its time does not, as ONNX Runtime plans its memory in it.
    await update(0);
    const startedAt = performance.now();
    const fresh: number[] = [];
    const again: number[] = [];
    for (const [done, batch] of places.entries()) {
      if (done >= FEWEST && performance.now() - startedAt > mostMs / stages.length) break;
      fresh.push(await update(batch));
      if (isCached) again.push(await update(batch));
      onProgress?.(at * places.length + done + 1, stages.length * places.length);
    }
    const sampled = places.slice(0, fresh.length).map((batch) => sizes[batch]!);
    const fromCache = kept * Math.max(0, epochs - 1);
    samples.push({ part: 'updates', ms: fresh, sizes: sampled, totalSize: (epochs - fromCache) * perEpoch });
    if (isCached) {
      samples.push({ part: 'updates', ms: again, sizes: sampled, totalSize: fromCache * perEpoch });
    }
  }
  return samples;
}

/** Batches of dev rows that are asked, spread over all lengths, and how long it takes to open what asks them. */
async function timedEvaluations(
  { config }: Request,
  { trainer, devTokens: { tokens }, padId, spec }: Prepared,
  times: number,
  signal: AbortSignal,
): Promise<{ readonly openMs: number; readonly samples: readonly SampledCost[] }> {
  const plan = planByLength(rowLengths(tokens), INFERENCE_LIMITS);
  const sizes = sizesOf(plan);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const ask = async (batch: number) => {
    await letMessagesIn();
    signal.throwIfAborted();
    return timed(() => trainer.logits(fillInputs(tokens, plan, batch, padId)));
  };
  const openMs = await ask(0);
  const places = spreadPlaces(sizes.length, MOST_EVALUATIONS);
  const sampled = places.map((place) => sizes[place]!);
  const fresh: number[] = [];
  for (const place of places) fresh.push(await ask(place));
  if (cutOf(spec) === null || config.adversary !== undefined) {
    return { openMs, samples: [{ part: 'evaluations', ms: fresh, sizes: sampled, totalSize: times * total }] };
  }
  const again: number[] = [];
  for (const place of places) again.push(await ask(place));
  return {
    openMs,
    samples: [
      { part: 'evaluations', ms: fresh, sizes: sampled, totalSize: total },
      { part: 'evaluations', ms: again, sizes: sampled, totalSize: (times - 1) * total },
    ],
  };
}

/** Padded tokens of each batch: what its duration goes with. */
function sizesOf(plan: BatchPlan): number[] {
  return Array.from({ length: batchCount(plan) }, (_, k) => (plan.starts[k + 1]! - plan.starts[k]!) * plan.lengths[k]!);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
