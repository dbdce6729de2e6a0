import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { adaptConfig, continuedRate } from '../../../../shared/stages/adaptation/adapt-config.ts';
import { ticketPlanSlot } from '../../../../shared/stages/adaptation/plan-slots.ts';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { suggestLimits } from '../../../../shared/stages/adaptation/suggest-limits.ts';
import { DEFAULT_SEED_COUNT } from '../../../../shared/stages/competitiveness/seeds.ts';
import type { TrainingPlan } from '../../../../shared/stages/competitiveness/training-plan.ts';
import type { ContinuedSetup, service } from '../../../../shared/stages/service/contract.ts';
import { CONTINUAL } from '../../../../shared/train/continual-config.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { nextNumber } from '../../artifacts/next-number.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import { adaptParams } from '../adaptation/adapt-params.ts';
import { sourceModel } from '../adaptation/candidates.ts';
import { dataSlot } from '../adaptation/data.ts';
import { saveScenario } from '../adaptation/save-scenario.ts';
import { currentScenario, limitSources, scenarioIds } from '../adaptation/scenario.ts';
import { rowLabels } from '../adaptation/take-rows.ts';
import { encoderLayers } from '../competitiveness/encoder-layers.ts';
import { required } from '../competitiveness/predictions.ts';
import type { ProjectModel } from '../competitiveness/project-model.ts';
import { fittedHere } from '../competitiveness/suggestion.ts';
import { datasetName } from '../demand/columns.ts';
import { cleanedTexts } from './cleaned-texts.ts';
import { ticketData, ticketDataParams, ticketRows } from './ticket-rows.ts';
import { corrections } from './triaged-rows.ts';

type Names = 'service.continuedSetup' | 'service.planTraining' | 'service.trainingPlan' | 'service.continueTraining';
type Choice = Parameters<HandlersFor<typeof service.requests>['service.continuedSetup']>[0];

/** Of fewer than these a quarter, the test rows, are fewer than five. */
const FEWEST_LABELS = 20;
const FEWEST_CLASSES = 2;

/** Training on with what people say of tickets: the model keeps its classes and its earlier rows come again, so that it learns what is new beside what
 *  it knew. The rows, the models and their tests are those of a scenario of stage 3. */
export const continuedTrainingHandlers = (
  context: EngineContext,
): Pick<HandlersFor<typeof service.requests>, Names> => ({
  'service.continuedSetup': (choice) => setupOf(context, choice),
  'service.planTraining': async ({ configs, ...choice }) => {
    const { datasetId, sourceId } = choice;
    learnable(context, choice, await setupOf(context, choice));
    trainable(context, sourceId, datasetName(context.store, datasetId));
    const params = { sourceId, recipe: 'continue', configs } as const;
    return context.start([{ slot: ticketPlanSlot(choice), params, seed: DEFAULT_SEED }]);
  },
  'service.trainingPlan': (choice) => context.view<TrainingPlan>(ticketPlanSlot(choice)),
  'service.continueTraining': async ({ name, scenarioName, config, seeds = DEFAULT_SEED_COUNT, seed, ...choice }) => {
    const { datasetId, sourceId } = choice;
    const setup = await setupOf(context, choice);
    const suggested = learnable(context, choice, setup);
    const source = trainable(context, sourceId, scenarioName);
    const data = ticketData(choice, source);
    const scenarioId = setup.scenarioId ?? `S${nextNumber(context, 'adaptation.scenario')}`;
    const scenario =
      setup.scenarioId === null
        ? newScenario(context, scenarioName, data)
        : { ...currentScenario(context.store, scenarioId).scenario, data };
    const params = adaptParams(
      context,
      { scenarioId, sourceId, recipe: 'continue', name, reject: false, config: config ?? { ...suggested, seed } },
      { planSlot: ticketPlanSlot(choice), seeds, seed },
    );
    await saveScenario(context, scenarioId, scenario);
    return context.start([
      {
        slot: dataSlot(scenarioId),
        params: ticketDataParams(context.store, datasetId),
        seed: DEFAULT_SEED,
      },
      { slot: `adaptation.model:A${nextNumber(context, 'adaptation.model')}`, params, seed },
    ]);
  },
});

/** @throws AppError 'artifact.not-found', 'adaptation.recipe-not-applicable' */
function trainable(context: EngineContext, sourceId: string, scenario: string): ProjectModel {
  const source = sourceModel(context, sourceId);
  if (source.precision !== 'float32') {
    throw new AppError('adaptation.recipe-not-applicable', { sourceId, recipe: 'continue', scenario });
  }
  return source;
}

/** How these tickets would be learnt. @throws AppError 'service.too-few-labels', 'stats.too-few' */
function learnable({ store }: EngineContext, { datasetId }: Choice, setup: ContinuedSetup): RunConfig {
  const { config, needed, classes } = setup;
  if (config !== null) return config;
  const n = setup.corrected + setup.fromColumn;
  if (n < needed) throw new AppError('service.too-few-labels', { dataset: datasetName(store, datasetId), n, needed });
  throw new AppError('stats.too-few', { what: 'classes', n: classes, needed: FEWEST_CLASSES });
}

async function setupOf(context: EngineContext, choice: Choice): Promise<ContinuedSetup> {
  const { store } = context;
  const { datasetId, sourceId } = choice;
  const clean = required(store, `demand.clean:${datasetId}`);
  const source = sourceModel(context, sourceId);
  const { rows, identities } = cleanedTexts(store, clean);
  const given = corrections(store, datasetId);
  const right = new Set(given.map(({ identity }) => identity));
  const labels = rowLabels(store, clean, ticketData(choice, source), given);
  const classes = new Set<string>();
  let corrected = 0;
  let fromColumn = 0;
  rows.forEach((row, at) => {
    const label = labels[row];
    if (label === null || label === undefined) return;
    if (right.has(identities[at]!)) corrected += 1;
    else fromColumn += 1;
    classes.add(label);
  });
  const { layers, isWhole } = await encoderLayers(store, source);
  const isEnough = corrected + fromColumn >= FEWEST_LABELS && classes.size >= FEWEST_CLASSES;
  return {
    corrected,
    fromColumn,
    needed: FEWEST_LABELS,
    unknownClasses: [...classes].filter((label) => !source.labels.includes(label)).sort(),
    ...(isEnough
      ? await suggestion(context, choice, clean, source, { layers, isWhole })
      : { ...NOTHING_SUGGESTED, classes: classes.size }),
    layers,
    scenarioId: scenarioIds(store).find((id) => holdsTickets(currentScenario(store, id).scenario, datasetId)) ?? null,
  };
}

type Suggestion = Pick<ContinuedSetup, 'classes' | 'config' | 'trainRows' | 'smallestClass' | 'machine'>;
const NOTHING_SUGGESTED: Omit<Suggestion, 'classes'> = { config: null, trainRows: 0, smallestClass: 0, machine: null };

/** By the rows that it would learn from, not by all that have a class: a quarter tests. */
async function suggestion(
  context: EngineContext,
  choice: Choice,
  clean: ArtifactRecord,
  source: ProjectModel,
  { layers, isWhole }: { readonly layers: number; readonly isWhole: boolean },
): Promise<Suggestion> {
  const { result } = await ticketRows(context.store, context.previewCompute, clean, choice, source);
  const rowsPerClass = result.classes.map(({ train }) => train).filter((count) => count > 0);
  const classes = rowsPerClass.length;
  const config = adaptConfig('continue', rowsPerClass, source.maxLength, DEFAULT_SEED);
  if (config === null || classes < FEWEST_CLASSES) return { ...NOTHING_SUGGESTED, classes };
  const fitted = fittedHere(
    context,
    { ...config, continual: { replay: CONTINUAL.replay } },
    {
      modelId: isWhole ? source.modelId : null,
      layers,
      rows: result.train,
      plan: { slot: ticketPlanSlot(choice), modelId: source.id },
      rate: continuedRate,
    },
  );
  return { ...fitted, classes, trainRows: result.train, smallestClass: Math.min(...rowsPerClass) };
}

function holdsTickets({ data }: Scenario, datasetId: string): boolean {
  return data.corrected !== undefined && data.datasetId === datasetId;
}

const TEMPLATE = 'customer-service';

function newScenario({ store }: EngineContext, name: string, data: Scenario['data']): Scenario {
  return {
    name,
    templateId: TEMPLATE,
    users: '',
    inputs: '',
    data,
    labelMap: null,
    volumePerDay: null,
    errorCosts: [],
    humanLook: null,
    limits: suggestLimits(TEMPLATE, [], limitSources(store)),
    needIds: [],
    complianceTopics: [],
    complianceNotes: '',
  };
}
