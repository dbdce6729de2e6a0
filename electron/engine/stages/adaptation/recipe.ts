import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { createRng, shuffle } from '../../../../shared/rng.ts';
import { adaptConfig, loraParameters } from '../../../../shared/stages/adaptation/adapt-config.ts';
import { answerMap, modelLabels, scenarioLogits } from '../../../../shared/stages/adaptation/label-map.ts';
import { type RECIPES, type RecipeResult, recipeResultSchema } from '../../../../shared/stages/adaptation/results.ts';
import { DOMAIN_FEWEST_ROWS } from '../../../../shared/statistics/domain-classifier.ts';
import { readEncoderConfig } from '../../../models/encoder-config.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { labelledTextInputs } from '../competitiveness/labels.ts';
import { modelRequest, modelSlot, type ProjectModel, projectModel } from '../competitiveness/project-model.ts';
import { standing } from '../demand/inputs.ts';
import { dataSlot, type ScenarioRows, scenarioRows } from './data.ts';
import { lineage } from './lineage.ts';
import { currentScenario, datasetOfScenario, limitsSlot, scenarioSlot } from './scenario.ts';
import { trainedRecord } from './source.ts';
import { adaptedTo } from './tests.ts';

const recipeParamsSchema = z.strictObject({
  sourceId: z.string(),
  /** Another scenario has a model adapted from this source. */
  sourceIsShared: z.boolean(),
});
type Context = StepContext<z.output<typeof recipeParamsSchema>>;

/** Texts of a side that the domain classifier sees, and train rows that the new head is tried on. */
const DISTANCE_TEXTS = 120;
const HEAD_TEXTS = 240;
const PERMUTATIONS = 100;
/** Of the time that full tuning takes for a text: LoRA spares the weight gradients of the encoder, a head on a frozen encoder all but one pass. */
const TIME_SHARE = { 'new-head': 0.35, lora: 0.7, continue: 1 } as const;

export const recipeSlot = (id: string) => `adaptation.recipe:${id}`;

/** How to adapt a model to a scenario, and what speaks for it. */
export const recipeKind = defineKind({
  name: 'adaptation.recipe',
  stage: 'adaptation',
  lane: 'infer',
  revision: 1,
  params: recipeParamsSchema,
  result: recipeResultSchema,
  outsideHash: ['seconds'],
  pausable: false,
  training: false,
  inputs: ({ sourceId }, slots, key) => {
    const datasetId = datasetOfScenario(slots, key);
    return [
      ...new Set([
        scenarioSlot(key),
        dataSlot(key),
        ...standing(slots, [limitsSlot(key)]),
        ...(datasetId === null ? [] : [`demand.clean:${datasetId}`]),
        modelSlot(sourceId),
        ...labelledTextInputs(slots),
        'competitiveness.split',
      ]),
    ];
  },
  defaultParams: () => null,
  async run(context) {
    const { key, params, seed, store, deps, input, worker, compute, signal, progress } = context;
    const { scenario } = currentScenario(store, key);
    const data = scenarioRows(store, input(dataSlot(key)));
    const source = projectModel(store, deps, params.sourceId);
    const run = trainedRecord(store, params.sourceId);
    const trainings = lineage(store, params.sourceId, input(modelSlot(params.sourceId)));
    const request = await modelRequest(context, source);
    const labels = data.result.classes.map(({ label }) => label);
    const rows = data.result.classes.map((of) => of.rows);
    const isOwn = adaptedTo(store, params.sourceId) === key;
    const named = modelLabels(labels, isOwn ? null : scenario.labelMap, source.labels);
    const answers = answerMap(labels, named, source.labels, rows);
    const rowsPerClass = data.result.classes.map(({ train }) => train);
    progress({ ...NO_PROGRESS, phase: 'preparing' });

    const { config: base } = await readEncoderConfig(source.folder);
    const distance = await distanceInput(
      context,
      source,
      data,
      trainings.flatMap(({ train }) => train.texts),
    );
    const devTexts = textsOf(data, data.dev);
    const devLogits =
      named.every((name) => name === null) || devTexts.length === 0
        ? null
        : scenarioLogits(
            (await worker.run({ type: 'classify', ...request, texts: devTexts }, { signal })).logits,
            source.labels.length,
            answers.outputOf,
          );
    const head = source.precision !== 'float32' ? null : await headInput(context, request, data);

    const median = [...rowsPerClass].sort((a, b) => a - b)[Math.floor(rowsPerClass.length / 2)] ?? 0;
    const accuracyLimit = scenario.limits.find(({ test }) => test === 'accuracy')?.value ?? null;
    const knownRows = rows.reduce((sum, count, k) => sum + (named[k] === null ? 0 : count), 0);
    const labelOverlap = knownRows / Math.max(1, data.result.rows);
    const configOf = (recipe: (typeof RECIPES)[number]) => adaptConfig(recipe, rowsPerClass, source.maxLength, seed);
    const headParameters = (base.hiddenSize + 1) * labels.length;
    const {
      recommendation,
      distance: measured,
      reuse,
    } = await compute.run(
      'adaptation.recipe',
      {
        costs: { labels, errorCosts: scenario.errorCosts, humanLook: scenario.humanLook },
        distance,
        devLabels: data.dev.map((at) => data.label[at]!),
        devLogits,
        head,
        facts: {
          labelOverlap,
          allClassesKnown: named.every((name) => name !== null),
          trainRows: data.train.length,
          medianTrainRows: median,
          accuracyLimit,
          sourceIsShared: params.sourceIsShared,
          sourceIsInt8: source.precision !== 'float32',
          parameters: {
            all: run.config?.method.type === 'full' ? run.trainableParameters : run.parameters,
            head: headParameters,
            lora: headParameters + loraParameters(base),
          },
          epochs: {
            head: configOf('new-head')?.epochs ?? 0,
            lora: configOf('lora')?.epochs ?? 0,
            continue: configOf('continue')?.epochs ?? 0,
          },
        },
        permutations: PERMUTATIONS,
        seed,
      },
      { signal, onProgress: progress },
    );
    const textMs =
      run.config?.method.type === 'full' && run.steps > 0
        ? run.trainDurationMs / (run.steps * run.config.batchSize)
        : null;
    const result: RecipeResult = {
      scenarioId: key,
      sourceId: params.sourceId,
      sourceName: source.name,
      labels: labels.map((label, k) => ({ label, modelLabel: named[k] ?? null, rows: rows[k]! })),
      labelOverlap,
      medianTrainRows: median,
      smallestTrainRows: Math.min(...rowsPerClass),
      devRows: data.dev.length,
      distance: measured,
      zeroShot: reuse?.accuracy ?? null,
      accuracyLimit,
      recommended: recommendation.recommended,
      reasons: recommendation.reasons,
      options: recommendation.options,
      seconds: recommendation.options.map(({ recipe, trainingTexts }) => ({
        recipe,
        seconds:
          recipe === 'reuse' || recipe === 'threshold'
            ? 0
            : textMs === null
              ? null
              : (TIME_SHARE[recipe] * textMs * trainingTexts) / 1000,
      })),
      notices: answers.notices,
    };
    return { type: 'done', result };
  },
});

function textsOf(data: ScenarioRows, indices: Int32Array): string[] {
  return Array.from(indices, (at) => data.texts[at]!);
}

function drawn(indices: Int32Array, most: number, seed: number): Int32Array {
  return indices.length <= most ? indices : shuffle(indices.slice(), createRng(seed)).slice(0, most).sort();
}

/** Vectors of scenario texts and of the source's training texts by the base encoder, before any tuning; null with too few of either. */
async function distanceInput(
  { worker, deps, seed, signal }: Context,
  source: ProjectModel,
  data: ScenarioRows,
  trained: readonly string[],
) {
  const reference = Array.from(drawn(Int32Array.from(trained.keys()), DISTANCE_TEXTS, seed), (at) => trained[at]!);
  const current = textsOf(data, drawn(Int32Array.from(data.row.keys()), DISTANCE_TEXTS, seed));
  if (Math.min(reference.length, current.length) < DOMAIN_FEWEST_ROWS) return null;
  const texts = [...reference, ...current];
  const { vectors, dimensions } = await worker.run(
    {
      type: 'embed',
      folder: source.folder,
      hash: source.hash,
      tuned: null,
      texts,
      maxLength: source.maxLength,
      threads: deps.threads(),
    },
    { signal },
  );
  return {
    reference: vectors.slice(0, reference.length * dimensions),
    current: vectors.slice(reference.length * dimensions),
    dimensions,
    texts: packStrings(texts),
  };
}

/** Vectors of the source's own encoder for train and dev rows; null where a head could not be tried. */
async function headInput(
  { worker, seed, signal }: Context,
  request: Awaited<ReturnType<typeof modelRequest>>,
  data: ScenarioRows,
) {
  const train = drawn(data.train, HEAD_TEXTS, seed);
  const labels = train.map((at) => data.label[at]!);
  if (new Set(labels).size < 2 || data.dev.length === 0) return null;
  const { classes: _classes, ...encoder } = request;
  const { vectors, dimensions } = await worker.run(
    { type: 'embed', ...encoder, texts: [...textsOf(data, train), ...textsOf(data, data.dev)] },
    { signal },
  );
  return {
    train: vectors.slice(0, train.length * dimensions),
    trainLabels: labels,
    dev: vectors.slice(train.length * dimensions),
    dimensions,
  };
}
