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
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { seedsResult } from '../../../../shared/stages/competitiveness/seeds.ts';
import { expectedCostSchema } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { devMetrics } from '../../../../shared/train/evaluation.ts';
import { runConfigSchema } from '../../../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { defineKind, type SlotReader, type StepContext, type StepOutcome } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { type CompressionParams, compressionParamsSchema } from '../competitiveness/compress/compress.ts';
import { labelledTextInputs } from '../competitiveness/labels.ts';
import { paraphraseInputs } from '../competitiveness/paraphrases.ts';
import { type modelRequest, modelSlot, type ProjectModel, projectModel } from '../competitiveness/project-model.ts';
import { seedListSchema, seedRun, trainSeeds } from '../competitiveness/train-seeds.ts';
import { createCurve, type TrainingCurve } from '../competitiveness/training-curve.ts';
import { standing } from '../demand/inputs.ts';
import { compressAdapted, compressedModelInputs } from './compress.ts';
import { dataSlot, rowsAt, type ScenarioRows, scenarioInputs, scenarioRows } from './data.ts';
import { forgettingOf } from './forgetting.ts';
import { gainOf } from './gain.ts';
import { historyOf } from './history.ts';
import { lineage } from './lineage.ts';
import { preparedSource, scenarioTraining, sourceAnswers, sourceNames, trainsAnything } from './prepared-source.ts';
import { rejectOption } from './reject.ts';
import { currentScenario } from './scenario.ts';
import { trainedRecord } from './source.ts';

export const adaptParamsSchema = z.strictObject({
  scenarioId: z.string(),
  sourceId: z.string(),
  recipe: recipeIdSchema,
  name: z.string(),
  reject: z.boolean(),
  /** Null: as the recipe suggests. */
  config: z.nullable(runConfigSchema),
  seeds: seedListSchema,
  /** What the plan of trainings said of it when it was started, where it said anything. */
  planned: expectedCostSchema.optional(),
});
export type AdaptParams = z.output<typeof adaptParamsSchema>;
type Context = StepContext<AdaptParams>;
/** What every request about the adapted model says. */
type Model = Omit<Awaited<ReturnType<typeof modelRequest>>, 'tuned'> & { readonly tuned: string };

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 50;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;

/** What a model adapted to a scenario is made of; `rows`: what its rows are. */
export function adaptedModelInputs(
  { scenarioId, sourceId, recipe, config }: Pick<AdaptParams, 'scenarioId' | 'sourceId' | 'recipe' | 'config'>,
  slots: SlotReader,
  rows = scenarioInputs(slots, scenarioId),
): string[] {
  return [
    ...new Set([
      ...rows,
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
  outsideHash: [
    'latency',
    'peakMemoryMb',
    'original',
    'trainDurationMs',
    'planned',
    'trainWallMs',
    'seeds.runs.*.trainDurationMs',
    'series',
  ],
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
  const { key, params, seed, store, deps, input, worker, compute, spoolKey, signal, progress, series } = context;
  const { scenario } = currentScenario(store, params.scenarioId);
  const data = scenarioRows(store, input(dataSlot(params.scenarioId)));
  const source = projectModel(store, deps, params.sourceId);
  const labels = data.result.classes.map(({ label }) => label);
  const rowsPerClass = data.result.classes.map(({ train }) => train);
  const answers = sourceAnswers(sourceNames(context, params), data, source);
  const trains = trainsAnything(params.recipe);
  assertApplicable(
    params,
    scenario,
    data,
    source,
    answers.outputOf.some((output) => output >= 0),
  );
  const trainings = trains ? lineage(store, params.sourceId, input(modelSlot(params.sourceId))) : [];
  progress({ ...NO_PROGRESS, phase: 'preparing' });

  const { request, selected, keepsHead } = await preparedSource(context, source, params.recipe, answers.outputOf);
  const config = params.config ?? adaptConfig(params.recipe, rowsPerClass, source.maxLength, seed);
  const test = rowsAt(data, data.test);
  const dev = rowsAt(data, data.dev);
  const measure = async (model: Model, curve: TrainingCurve, knownDevLogits: Float32Array | null) => {
    const devLogits =
      dev.texts.length === 0
        ? null
        : (knownDevLogits ?? (await worker.run({ type: 'classify', ...model, texts: dev.texts }, { signal })).logits);
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
    const onDev = devLogits === null ? null : devMetrics(devLogits, dev.labels, labels.length);
    return { model, devLogits, onDev, logits, evaluated };
  };
  const trained =
    !trains || config === null
      ? []
      : await trainSeeds(
          context,
          {
            folder: request.folder,
            hash: request.hash,
            tuned: selected,
            config,
            classes: labels.length,
            ...scenarioTraining(context, params.scenarioId, data, config, trainings, answers.outputOf),
          },
          params.seeds ?? [config.seed],
          async (training) => {
            const { maxLength } = config;
            const model = { ...request, tuned: training.tunedFile, precision: 'float32', maxLength } as const;
            const measured = await measure({ ...model, classes: labels.length }, training.curve, training.devLogits);
            return { training, ...measured };
          },
        );
  if (trained === null) return { type: 'paused' };

  const seeds = trained.length < 2 ? null : seedsResult(trained.map(seedRun));
  const best = trained.find(({ training }) => training.seed === seeds?.kept) ?? trained[0];
  const asItIs = { ...request, tuned: selected, classes: labels.length };
  const kept = best ?? { training: null, ...(await measure(asItIs, createCurve(progress, series), null)) };
  const { training, model, devLogits, onDev, logits, evaluated } = kept;
  const notices: AdaptationNotice[] = [
    ...data.result.notices.filter(({ code }) => code === 'test-rows-few' || code === 'class-not-in-train'),
    ...(keepsHead ? answers.notices : []),
  ];
  for (const notice of training?.record.notices ?? []) {
    if (notice.code === 'provider-failed') notices.push({ ...notice, code: 'provider-failed' });
  }
  const temperature =
    devLogits === null
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
  if (devLogits !== null && (params.recipe === 'threshold' || (params.reject && trains))) {
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
  const record =
    training === null
      ? untrained(trainedRecord(store, params.sourceId), (await worker.run({ type: 'memory' }, { signal })).residentMb)
      : { ...training.record, sizeMb: (BYTES_PER_PARAMETER * training.record.parameters) / BYTES_PER_MB };
  const result: AdaptedModel = {
    id: key,
    name: params.name,
    modelId: source.modelId,
    modelHash: source.hash,
    config: training === null ? null : config,
    compression: null,
    gate: null,
    original: null,
    testLock: data.result.testLock,
    ...record,
    ...(params.planned === undefined ? {} : { planned: params.planned, trainWallMs: training?.wallMs ?? null }),
    ...(seeds === null ? {} : { seeds }),
    dev: training === null || onDev === null ? null : { rows: dev.texts.length, ...onDev },
    test: evaluated.evaluation,
    temperature,
    latency,
    scenarioId: params.scenarioId,
    recipe: params.recipe,
    sourceId: params.sourceId,
    labels,
    precision: model.precision,
    keep: training === null ? [...source.keep] : [],
    ranges: training === null ? source.ranges : {},
    maxLength: model.maxLength,
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
      weights: await readUnderKey(model.tuned, spoolKey),
      ...(past === null ? {} : { remembered: past.remembered }),
      ...(training === null ? {} : { series: Buffer.from(training.series) }),
    },
  };
}

/** What a record says of a source that is taken as it is. */
function untrained({ parameters, sizeMb }: Pick<RunRecord, 'parameters' | 'sizeMb'>, peakMemoryMb: number) {
  return {
    kind: 'tuned',
    trainableParameters: 0,
    parameters,
    sizeMb,
    steps: 0,
    bestStep: null,
    stoppedEarly: false,
    trainDurationMs: 0,
    peakMemoryMb,
    notices: [],
  } as const satisfies Partial<RunRecord>;
}

/** @throws AppError 'adaptation.recipe-not-applicable', 'adaptation.no-common-labels', 'stats.too-few' */
export function assertApplicable(
  { recipe, sourceId, reject }: Pick<AdaptParams, 'recipe' | 'sourceId' | 'reject'>,
  scenario: Pick<Scenario, 'name' | 'humanLook'>,
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
