import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';
import { createRng } from '../../../shared/rng.ts';
import { withAdaptersOf } from '../../../shared/train/adapters.ts';
import { rowLengths } from '../../../shared/train/batches.ts';
import type { Consolidation } from '../../../shared/train/consolidation.ts';
import { adapterPart } from '../../../shared/train/hub-names.ts';
import { isLora } from '../../../shared/train/lora.ts';
import { lossOptions } from '../../../shared/train/loss-options.ts';
import { trainSpec } from '../../../shared/train/run-config.ts';
import { planRun } from '../../../shared/train/run-plan.ts';
import type { NamedTensors, Trainer, TrainSpec } from '../../../shared/train/spec.ts';
import type { ModelStructure } from '../../../shared/train/structure.ts';
import { taskLoss, unfitOptions } from '../../../shared/train/text-task.ts';
import type { WorkerEvent } from '../../../shared/worker/protocol.ts';
import type { TrainingTick, TrainRequest, TrainResult } from '../../../shared/worker/training.ts';
import { readUnderKey, type SealKey } from '../../files/sealed-file.ts';
import { changedTensors, type ModelRef, type OpenModel, openModel, type Spool } from '../open-model.ts';
import { createTrainer } from '../ort/trainer.ts';
import { readEncoderFolder } from '../ort/weights.ts';
import { structureMetadata } from '../tuned-file.ts';
import { augmentedRows } from './augmented-rows.ts';
import { hasCheckpoint, hashOf, openCheckpoints, type RunHashes, writeTensorsAtomically } from './checkpoint.ts';
import { carriedOver } from './continual.ts';
import { type ContrastiveStart, contrastiveStart } from './contrastive-start.ts';
import { createGradualTrainer } from './gradual-trainer.ts';
import { withLinearHead } from './head-start.ts';
import { openKeptStart } from './kept-start.ts';
import { type LabelledTokens, type LoopOutcome, runTraining } from './loop.ts';
import { startingWeights } from './starting-weights.ts';

const TUNED_FILE = 'tuned.safetensors';
const ADAPTER_FILE = 'adapter.safetensors';

export interface JobControl {
  readonly pause: AbortSignal;
  readonly cancel: AbortSignal;
  readonly emit: (event: WorkerEvent) => void;
}

/** Trains as asked and writes what it changed to the spool folder.
 *  @throws AppError of the model, the data, the checkpoint or the training; the reason of `cancel` */
export async function runTrainJob(request: TrainRequest & Spool, control: JobControl): Promise<TrainResult> {
  const { config, classes, dev, task } = request;
  const prepared = await unlessPaused(control.pause, prepareRun(request, control));
  if (prepared === null) return { type: 'paused' };
  const { trainer, padId, train, devTokens } = prepared;
  // What computes is given up before the tensors are written, which takes memory of its own.
  const outcome = await runTraining({
    trainer,
    config,
    ...(task === undefined ? {} : { task }),
    classes,
    padId,
    train,
    memory: prepared.memory,
    dev: dev === null ? null : devTokens,
    checkpoints: openCheckpoints(request.spool, prepared.hashes, request.spoolKey),
    resume: request.resume,
    checkpointEveryMs: request.checkpointEveryMs,
    pause: control.pause,
    cancel: control.cancel,
    monotonicMs: () => performance.now(),
    onTick: (tick) => control.emit({ type: 'ticked', tick }),
    onEvaluation: (evaluation) => control.emit({ type: 'evaluated', evaluation }),
    onCheckpoint: (step) => control.emit({ type: 'checkpointed', step }),
  }).finally(() => trainer.dispose());
  if (outcome.type === 'paused') return { type: 'paused' };
  return {
    ...(await finished(request, prepared, outcome)),
    truncated: prepared.truncated,
    addedRows: prepared.addedRows,
    contrast: prepared.contrast,
  };
}

/** What `work` gives; null where the pause ended it. */
export async function unlessPaused<T>(pause: AbortSignal, work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (pause.aborted && error === pause.reason) return null;
    throw error;
  }
}

/** Prepares a run that goes on from what it has kept. A pause ends it at once: all but a contrast is quickly made again. */
async function prepareRun(request: TrainRequest & Spool, control: JobControl) {
  const { spool, spoolKey, resume, checkpointEveryMs } = request;
  const run = {
    resume,
    checkpointEveryMs,
    pause: control.pause,
    onTick: (tick: TrainingTick) => control.emit({ type: 'contrasted', tick }),
    onCheckpoint: (step: number) => control.emit({ type: 'checkpointed', step }),
  };
  return prepare(request, AbortSignal.any([control.cancel, control.pause]), {
    resumes: resume && (await hasCheckpoint(spool)),
    contrastWith: (start, hashes) =>
      contrastiveStart(start, {
        ...run,
        checkpoints: openCheckpoints(spool, hashes, spoolKey, 'contrast'),
        start: openKeptStart(spool, hashes, spoolKey),
      }),
  });
}

/** The config as it is computed: the processor has no half-precision products that would gain anything. */
function computedWith({ config, provider = 'cpu' }: Pick<TrainRequest, 'config' | 'provider'>): TrainRequest['config'] {
  if (provider !== 'cpu' || config.precision === undefined) return config;
  const { precision: _half, ...rest } = config;
  return rest;
}

export function assertLabels({
  config,
  train,
  dev,
  earlier,
  classes,
  distillation,
}: Pick<TrainRequest, 'config' | 'train' | 'dev' | 'earlier' | 'classes' | 'distillation'>): void {
  if (distillation !== undefined && (config.augmentation !== undefined || earlier !== undefined)) {
    throw new AppError('train.data', {
      problem: because('teacher-added', {}),
    });
  }
  const answers = distillation?.teacher.length;
  if (answers !== undefined && answers !== train.texts.length * classes) {
    throw new AppError('train.data', {
      problem: because('teacher-scores', { scores: answers, texts: train.texts.length }),
    });
  }
  for (const part of [train, dev, earlier]) {
    if (!part) continue;
    if (part.labels.length !== part.texts.length) {
      throw new AppError('train.data', {
        problem: because('labels-for', { labels: part.labels.length, texts: part.texts.length }),
      });
    }
    const wrong = part.labels.find((label) => label < 0 || label >= classes);
    if (wrong !== undefined) throw new AppError('train.data', { problem: because('label-outside', { classes }) });
  }
}

/** Whether targets are there where a task asks for them, and nothing of the config is meant for another task. */
function assertTask({ config, train, dev, classes, task }: TrainingToPrepare): void {
  const refuse = (problem: Reason) => new AppError('train.data', { problem });
  const [unfit] = unfitOptions(task ?? 'single-label', config);
  if (unfit !== undefined) throw refuse(because('unfit-option', { option: unfit, task: task ?? 'single-label' }));
  if (task === undefined) {
    if (classes < 2) throw refuse(because('few-classes', { classes }));
    return;
  }
  for (const part of [train, dev]) {
    if (part === null) continue;
    const found = part.targets?.length ?? 0;
    if (found !== part.texts.length * classes)
      throw refuse(because('targets-for', { targets: found, texts: part.texts.length }));
    if (part.targets?.some((target) => !Number.isFinite(target))) throw refuse(because('target-not-number', {}));
  }
}

/** A training without what it writes and how it is begun again. */
export type TrainingToPrepare = Omit<TrainRequest, 'type' | 'resume' | 'checkpointEveryMs'> & Spool;

/** How the weights are begun that updates go on from. */
interface Begins {
  readonly contrastWith: (start: ContrastiveStart, hashes: RunHashes) => ReturnType<typeof contrastiveStart>;
  /** A checkpoint will bring the classifier: none need be made. */
  readonly resumes?: boolean;
}

/** Opens the model, tokenises all texts once and opens the training session. The base's tensors are not kept: the session has its own. */
export async function prepare(
  request: TrainingToPrepare,
  cancel: AbortSignal,
  { contrastWith, resumes = false }: Begins,
) {
  assertLabels(request);
  assertTask(request);
  const { config, classes, dev, earlier, task } = request;
  const model = await openModel(request);
  const train = config.augmentation === undefined ? request.train : augmentedRows(request, config.augmentation, model);
  const maxLength = Math.min(config.maxLength, model.maxTokens);
  const trainRows = model.tokenizer.encode(train.texts, maxLength);
  const devRows = model.tokenizer.encode(dev?.texts ?? [], maxLength);
  const earlierRows = earlier === undefined ? null : model.tokenizer.encode(earlier.texts, maxLength);
  const labelled = (tokens: LabelledTokens['tokens'], labels: Int32Array, targets?: Float32Array): LabelledTokens => ({
    tokens,
    labels,
    ...(targets === undefined ? {} : { targets }),
  });
  const trainTargets = request.train.targets;
  const { distillation } = request;
  const taught = distillation === undefined ? {} : { distillation: distillation.loss };
  const loss = { ...lossOptions(config, train.labels, classes), ...taught };
  const taskSpec =
    task === undefined || trainTargets === undefined
      ? null
      : { type: task, loss: taskLoss(task, config, trainTargets, classes) };
  const described = trainSpec(computedWith(request), model.config, model.manifest.pooling, classes, loss, taskSpec);
  const spec = withAdaptersOf(described, model.weights);
  const none = new Int32Array();
  const data = [trainRows, devRows, ...(earlierRows === null ? [] : [earlierRows])].flatMap(({ tokens }) => [
    tokens.ids,
    tokens.offsets,
  ]);
  const hashes: RunHashes = {
    config: hashOf(
      JSON.stringify([
        config,
        classes,
        ...(distillation === undefined ? [] : [taught]),
        ...(task === undefined ? [] : [task]),
      ]),
    ),
    data: hashOf(
      ...data,
      train.labels,
      dev?.labels ?? none,
      ...[trainTargets, dev?.targets].filter((targets) => targets !== undefined),
      ...(earlier === undefined ? [] : [earlier.labels]),
      ...(distillation === undefined ? [] : [distillation.teacher]),
    ),
    model: await startModelHash(model, request),
  };
  const { weights, keepsHead, contrast } = await startingWeights({
    request,
    model,
    spec,
    loss,
    train: labelled(trainRows.tokens, train.labels, trainTargets),
    dev: dev === null ? null : labelled(devRows.tokens, dev.labels),
    resumes,
    contrastWith: (start) => contrastWith(start, hashes),
    cancel,
  });
  if (config.contrastive !== undefined && contrast === null) {
    throw new AppError('train.data', { problem: because('contrastive-head', {}) });
  }
  const { consolidation, ...known } = await carriedOver({
    config,
    spec,
    weights,
    keepsHead,
    train: labelled(trainRows.tokens, train.labels, trainTargets),
    earlier: earlierRows === null ? null : labelled(earlierRows.tokens, earlier?.labels ?? none),
    padId: model.tokenizer.padId,
    threads: request.threads,
    cancel,
  });
  const trainer = await openTrainer(request, spec, weights, trainRows.tokens, consolidation);
  return {
    trainer,
    spec,
    structure: model.structure,
    padId: model.tokenizer.padId,
    ...known,
    train: distillation === undefined ? known.train : { ...known.train, teacher: distillation.teacher },
    contrast,
    devTokens: labelled(devRows.tokens, dev?.labels ?? none, dev?.targets),
    truncated: trainRows.truncated,
    addedRows: train.texts.length - request.train.texts.length,
    hashes,
  };
}

function openTrainer(
  { config, threads, provider }: TrainingToPrepare,
  spec: TrainSpec,
  weights: NamedTensors,
  tokens: LabelledTokens['tokens'],
  consolidation: Consolidation | null,
): Promise<Trainer> {
  const { accumulation = 1 } = config;
  const held = consolidation === null ? {} : { consolidation };
  const { stepsPerEpoch, totalSteps } = planRun(rowLengths(tokens), config);
  const options = { threads, provider, rng: createRng(config.seed), accumulation, totalSteps, ...held };
  if (config.unfreezing === undefined) return createTrainer(spec, weights, options);
  return createGradualTrainer(spec, weights, { ...options, stepsPerEpoch });
}

async function finished(
  request: TrainRequest & Spool,
  { trainer, structure }: { readonly trainer: Trainer; readonly structure: ModelStructure | null },
  outcome: LoopOutcome,
) {
  const { state } = outcome;
  const { tuned, path } = await writeTuned(request, trainer, structure);
  return {
    type: 'finished',
    steps: state.cursor.step,
    totalSteps: outcome.totalSteps,
    bestStep: state.best?.step ?? state.cursor.step,
    stoppedEarly: outcome.stoppedEarly,
    evaluations: state.evaluations,
    losses: Float64Array.from(state.losses),
    devLogits: outcome.devLogits,
    tunedFile: path,
    tunedSha256: await contentSha256(path, request.spoolKey),
    tunedBytes: (await stat(path)).size,
    adapterFile: await writeAdapter(request, trainer.state().parameters),
    trainableParameters: countParameters(trainer.state().parameters),
    parameters: countParameters(tuned),
    encoderParameters: countParameters(new Map([...tuned].filter(([name]) => name.startsWith('bert.encoder.')))),
    trainMs: state.trainMs,
    texts: state.texts,
    tokens: state.tokens,
    peakMemoryMb: process.resourceUsage().maxRSS / 1000,
  } as const;
}

/** Writes what the training has changed to the spool folder; gives all tensors as tuned, and the file. */
export async function writeTuned(
  { folder, spool, spoolKey, classes }: Pick<TrainingToPrepare, 'folder' | 'spool' | 'spoolKey' | 'classes'>,
  trainer: Trainer,
  structure: ModelStructure | null,
): Promise<{ readonly tuned: NamedTensors; readonly path: string }> {
  const tuned = trainer.mergedWeights();
  const base = (await readEncoderFolder(folder)).weights;
  const changed = changedTensors(base, withLinearHead(tuned, classes));
  await writeTensorsAtomically(spool, TUNED_FILE, changed, spoolKey, structureMetadata(structure));
  return { tuned, path: join(spool, TUNED_FILE) };
}

/** LoRA's matrices by themselves: merged into the encoder they could not be had back. Beside a source that was tuned already they would say nothing. */
async function writeAdapter(
  { config, spool, spoolKey, tuned }: TrainRequest & Spool,
  parameters: NamedTensors,
): Promise<string | null> {
  if (!isLora(config.method) || tuned !== null) return null;
  await writeTensorsAtomically(spool, ADAPTER_FILE, adapterPart(parameters), spoolKey);
  return join(spool, ADAPTER_FILE);
}

/** Of what a training begins with: the base model, and what was tuned over it. */
export async function startModelHash({ hash }: OpenModel, { tuned, spoolKey }: ModelRef): Promise<string> {
  return hashOf(hash, tuned === null ? '' : await contentSha256(tuned, spoolKey));
}

async function contentSha256(path: string, key: SealKey): Promise<string> {
  return createHash('sha256')
    .update(await readUnderKey(path, key))
    .digest('hex');
}

export const countParameters = (tensors: NamedTensors) =>
  [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
