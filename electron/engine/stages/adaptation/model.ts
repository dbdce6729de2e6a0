import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { adaptConfig } from '../../../../shared/stages/adaptation/adapt-config.ts';
import type { AdaptationNotice } from '../../../../shared/stages/adaptation/notices.ts';
import {
  type AdaptedModel,
  adaptedModelSchema,
  type RejectOption,
  recipeIdSchema,
  type Scenario,
} from '../../../../shared/stages/adaptation/results.ts';
import { expectedCostSchema } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { type RunConfig, runConfigSchema } from '../../../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import {
  CHECKPOINT_EVERY_MS,
  CHECKPOINT_INDEX,
  keptEvaluation,
  type TrainResult,
} from '../../../../shared/worker/training.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { defineKind, type SlotReader, type StepContext, type StepOutcome } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { type Trained, trainOn } from '../../jobs/train-on.ts';
import { type CompressionParams, compressionParamsSchema } from '../competitiveness/compress/compress.ts';
import { labelledTextInputs } from '../competitiveness/labels.ts';
import { paraphraseInputs } from '../competitiveness/paraphrases.ts';
import { type modelRequest, modelSlot, type ProjectModel, projectModel } from '../competitiveness/project-model.ts';
import { trainedWith } from '../competitiveness/trained-with.ts';
import { createCurve, type TrainingCurve } from '../competitiveness/training-curve.ts';
import { standing } from '../demand/inputs.ts';
import { compressAdapted, compressedModelInputs } from './compress.ts';
import { dataSlot, type ScenarioRows, scenarioRows } from './data.ts';
import { forgettingOf } from './forgetting.ts';
import { gainOf } from './gain.ts';
import { historyOf } from './history.ts';
import { lineage, type Training } from './lineage.ts';
import { preparedSource, scenarioTraining, sourceAnswers, trainsAnything } from './prepared-source.ts';
import { rejectOption } from './reject.ts';
import { currentScenario, datasetOfScenario, scenarioSlot } from './scenario.ts';
import { trainedRecord } from './source.ts';

export const adaptParamsSchema = z.strictObject({
  scenarioId: z.string(),
  sourceId: z.string(),
  recipe: recipeIdSchema,
  name: z.string(),
  reject: z.boolean(),
  /** Null: as the recipe suggests. */
  config: z.nullable(runConfigSchema),
  /** What the plan of trainings said of it when it was started, where it said anything. */
  planned: expectedCostSchema.optional(),
});
export type AdaptParams = z.output<typeof adaptParamsSchema>;
type Context = StepContext<AdaptParams>;
type Finished = Extract<TrainResult, { type: 'finished' }>;
/** What every request about the adapted model says. */
type Model = Omit<Awaited<ReturnType<typeof modelRequest>>, 'tuned'> & { readonly tuned: string };

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 50;

/** What a model adapted to a scenario is made of. */
export function adaptedModelInputs(
  { scenarioId, sourceId, recipe, config }: Pick<AdaptParams, 'scenarioId' | 'sourceId' | 'recipe' | 'config'>,
  slots: SlotReader,
): string[] {
  const datasetId = datasetOfScenario(slots, scenarioId);
  return [
    ...new Set([
      scenarioSlot(scenarioId),
      dataSlot(scenarioId),
      ...(datasetId === null ? [] : [`demand.clean:${datasetId}`]),
      modelSlot(sourceId),
      ...(config === null ? [] : paraphraseInputs(config, scenarioId)),
      // What is forgotten is measured on the source's own test rows.
      ...(trainsAnything(recipe) ? standing(slots, [...labelledTextInputs(slots), 'competitiveness.split']) : []),
    ]),
  ];
}

/** A model that was adapted is gone on from as it was trained, though its rows may have grown since. */
export const isGoneOnFrom = (sourceId: string, slot: string) =>
  sourceId.startsWith('A') && slot === modelSlot(sourceId);

/** A model of stage 2 adapted to a scenario and measured on the scenario's locked test rows, or such a model made smaller. */
export const adaptedModelKind = defineKind({
  name: 'adaptation.model',
  stage: 'adaptation',
  lane: 'train',
  revision: 1,
  params: z.union([adaptParamsSchema, compressionParamsSchema]),
  result: adaptedModelSchema,
  pausable: true,
  outsideHash: ['latency', 'peakMemoryMb', 'original', 'trainDurationMs', 'planned', 'trainWallMs', 'series'],
  training: true,
  inputs: (params, slots) =>
    isCompression(params) ? compressedModelInputs(params, slots) : adaptedModelInputs(params, slots),
  takesAsItIs: (params, slot) => !isCompression(params) && isGoneOnFrom(params.sourceId, slot),
  defaultParams: () => null,
  run({ params, ...context }) {
    return isCompression(params) ? compressAdapted({ ...context, params }) : adapt({ ...context, params });
  },
});

const isCompression = (params: AdaptParams | CompressionParams): params is CompressionParams => 'technique' in params;

async function adapt(context: Context): Promise<StepOutcome<AdaptedModel>> {
  const { key, params, seed, store, deps, input, worker, compute, spoolFolder, spoolKey, signal, progress, series } =
    context;
  const { scenario } = currentScenario(store, params.scenarioId);
  const data = scenarioRows(store, input(dataSlot(params.scenarioId)));
  const source = projectModel(store, deps, params.sourceId);
  const labels = data.result.classes.map(({ label }) => label);
  const rowsPerClass = data.result.classes.map(({ train }) => train);
  const answers = sourceAnswers(context, params, data, source);
  const trains = trainsAnything(params.recipe);
  assertApplicable(
    params,
    scenario,
    data,
    source,
    answers.outputOf.some((output) => output >= 0),
  );
  const trainings = trains ? lineage(store, params.sourceId, input(modelSlot(params.sourceId))) : [];
  const curve = createCurve(progress, series);
  progress({ ...NO_PROGRESS, phase: 'preparing' });

  const { request, selected, keepsHead } = await preparedSource(context, source, params.recipe, answers.outputOf);
  const config = params.config ?? adaptConfig(params.recipe, rowsPerClass, source.maxLength, seed);
  const isResumed = existsSync(join(spoolFolder, CHECKPOINT_INDEX));
  const startedMs = deps.monotonicMs();
  const trained =
    trains && config !== null
      ? await train(context, request, selected, data, labels.length, config, trainings, answers.outputOf, curve)
      : null;
  const wallMs = isResumed || trained === null ? null : deps.monotonicMs() - startedMs;
  if (trained?.type === 'paused') return { type: 'paused' };

  const maxLength = trained === null ? source.maxLength : (config?.maxLength ?? source.maxLength);
  const precision = trained === null ? source.precision : 'float32';
  const tuned = trained?.tunedFile ?? selected;
  const model: Model = { ...request, tuned, precision, maxLength, classes: labels.length };
  const pick = (indices: Int32Array) => ({
    texts: Array.from(indices, (at) => data.texts[at]!),
    labels: indices.map((at) => data.label[at]!),
  });
  const test = pick(data.test);
  const evaluating = (event: WorkerEvent) => {
    if (event.type === 'progress') curve.evaluating(event.done, event.total);
  };
  const { logits } = await worker.run(
    { type: 'classify', ...model, texts: test.texts },
    { signal, onEvent: evaluating },
  );
  const evaluated = await compute.run(
    'competitiveness.evaluate',
    { classes: labels, actual: test.labels, logits, seed },
    { signal },
  );
  const notices: AdaptationNotice[] = [
    ...data.result.notices.filter(({ code }) => code === 'test-rows-few' || code === 'class-not-in-train'),
    ...(keepsHead ? answers.notices : []),
  ];
  const failed = trained?.failed ?? null;
  if (failed !== null) notices.push({ code: 'provider-failed', severity: 'warning', params: { provider: failed } });
  const dev = pick(data.dev);
  const { logits: devLogits } = await worker.run({ type: 'classify', ...model, texts: dev.texts }, { signal });
  const temperature =
    dev.texts.length === 0
      ? null
      : await compute.run(
          'competitiveness.calibrate',
          {
            classes: labels.length,
            dev: { labels: dev.labels, logits: devLogits },
            test: { labels: test.labels, logits },
            seed,
          },
          { signal },
        );
  let reject: RejectOption | null = null;
  if (params.recipe === 'threshold' || (params.reject && trains)) {
    const chosen = await rejectOption(context, scenario, { labels, dev, devLogits, test, testLogits: logits });
    reject = chosen.reject;
    notices.push(...chosen.notices);
  }
  const { outputOf } = answers;
  const continued = { id: key, name: params.name, trainings, outputOf, model, data };
  const past = trains ? await historyOf(context, { ...continued, predicted: evaluated.predictions }) : null;
  const forgetting =
    past === null
      ? ({ forgetting: null, forgettingReason: 'source-unchanged' } as const)
      : await forgettingOf(context, { source: trainings.at(-1)!, outputOf, ...past.before });
  const gain = trains
    ? await gainOf(context, {
        source,
        request,
        outputOf,
        test,
        testLock: data.result.testLock,
        predicted: evaluated.predictions,
      })
    : null;
  const latency = await worker.run(
    { type: 'latency', ...model, texts: test.texts.slice(0, LATENCY_TEXTS), repeats: LATENCY_REPEATS },
    { signal },
  );
  const { residentMb } = await worker.run({ type: 'memory' }, { signal });
  const sourceRun = trainedRecord(store, params.sourceId);
  const best = trained === null ? undefined : keptEvaluation(trained);
  const result: AdaptedModel = {
    id: key,
    name: params.name,
    modelId: source.modelId,
    modelHash: source.hash,
    kind: 'tuned',
    config: trained === null ? null : config,
    compression: null,
    gate: null,
    original: null,
    trainableParameters: trained?.trainableParameters ?? 0,
    parameters: trained?.parameters ?? sourceRun.parameters,
    testLock: data.result.testLock,
    steps: trained?.steps ?? 0,
    bestStep: trained?.bestStep ?? null,
    stoppedEarly: trained?.stoppedEarly ?? false,
    ...(trained === null || trained.contrast === null ? {} : { contrast: trained.contrast }),
    ...(trained === null || config?.augmentation === undefined ? {} : { addedRows: trained.addedRows }),
    dev:
      best === undefined
        ? null
        : { rows: data.dev.length, accuracy: best.accuracy, macroF1: best.macroF1, loss: best.loss },
    test: evaluated.evaluation,
    temperature,
    latency,
    sizeMb: trained === null ? sourceRun.sizeMb : (4 * trained.parameters) / 1_000_000,
    peakMemoryMb: trained?.peakMemoryMb ?? residentMb,
    trainDurationMs: trained?.trainMs ?? 0,
    ...(params.planned === undefined
      ? {}
      : { planned: params.planned, trainWallMs: trained?.failed === null ? wallMs : null }),
    ...(trained === null ? { notices: [] } : trainedWith(trained)),
    scenarioId: params.scenarioId,
    recipe: params.recipe,
    sourceId: params.sourceId,
    labels,
    precision,
    keep: trained === null ? [...source.keep] : [],
    ranges: trained === null ? source.ranges : {},
    maxLength,
    reject,
    ...forgetting,
    gain,
    history: past?.history ?? null,
    adaptationNotices: notices,
  };
  return {
    type: 'done',
    result,
    parts: {
      predictions: bytesOf(evaluated.predictions),
      confidence: bytesOf(evaluated.confidence),
      weights: await readUnderKey(tuned, spoolKey),
      ...(past === null ? {} : { remembered: past.remembered }),
      ...(trained === null ? {} : { series: Buffer.from(JSON.stringify(curve.finished(trained))) }),
    },
  };
}

/** @throws AppError 'adaptation.recipe-not-applicable', 'adaptation.no-common-labels', 'stats.too-few' */
export function assertApplicable(
  { recipe, sourceId, reject }: Pick<AdaptParams, 'recipe' | 'sourceId' | 'reject'>,
  scenario: Scenario,
  data: ScenarioRows,
  source: ProjectModel,
  knowsSome: boolean,
): void {
  const trains = trainsAnything(recipe);
  if (!trains && !knowsSome) {
    throw new AppError('adaptation.no-common-labels', { modelId: sourceId, scenario: scenario.name });
  }
  const rejects = recipe === 'threshold' || (reject && trains);
  const unfit =
    (rejects && scenario.humanLook === null) ||
    (trains && (source.precision !== 'float32' || new Set(data.train.map((at) => data.label[at]!)).size < 2));
  if (unfit) throw new AppError('adaptation.recipe-not-applicable', { sourceId, scenario: scenario.name, recipe });
  if (rejects && data.dev.length === 0) throw new AppError('stats.too-few', { what: 'dev', n: 0, needed: 1 });
}

async function train(
  context: Context,
  request: Model,
  tuned: string,
  data: ScenarioRows,
  classes: number,
  config: RunConfig,
  trainings: readonly Training[],
  outputOf: Int32Array,
  curve: TrainingCurve,
): Promise<(Finished & Omit<Trained, 'result'>) | { readonly type: 'paused' }> {
  const { params, spoolFolder, worker, deps, signal, pause } = context;
  const { result, ...on } = await trainOn(
    worker,
    {
      type: 'train',
      folder: request.folder,
      hash: request.hash,
      tuned,
      config,
      classes,
      ...scenarioTraining(context, params.scenarioId, data, config, trainings, outputOf),
      spool: spoolFolder,
      resume: true,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
      threads: deps.threads(),
    },
    deps.provider(),
    { signal, pause, onEvent: curve.onEvent },
  );
  return result.type === 'paused' ? { type: 'paused' } : { ...result, ...on };
}
