import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { adaptConfig } from '../../../../shared/stages/adaptation/adapt-config.ts';
import { DEFAULT_DATA_CHOICE } from '../../../../shared/stages/adaptation/data-choice.ts';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { suggestLimits } from '../../../../shared/stages/adaptation/suggest-limits.ts';
import type { ContinuedSetup, service } from '../../../../shared/stages/service/contract.ts';
import { CONTINUAL } from '../../../../shared/train/continual-config.ts';
import { nextNumber } from '../../artifacts/next-number.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { sourceModel } from '../adaptation/candidates.ts';
import { dataSlot, rowLabels } from '../adaptation/data.ts';
import type { AdaptParams } from '../adaptation/model.ts';
import { saveScenario } from '../adaptation/save-scenario.ts';
import { currentScenario, limitSources, scenarioIds } from '../adaptation/scenario.ts';
import { encoderLayers } from '../competitiveness/encoder-layers.ts';
import { required } from '../competitiveness/predictions.ts';
import { datasetName } from '../demand/columns.ts';
import { cleanedTexts } from './cleaned-texts.ts';
import { corrections } from './triaged-rows.ts';

type Names = 'service.continuedSetup' | 'service.continueTraining';
type Choice = Parameters<HandlersFor<typeof service.requests>['service.continuedSetup']>[0];

/** Of fewer than these a quarter, the test rows, are fewer than five. */
const FEWEST_LABELS = 20;

/** Training on with what people say of tickets: the model keeps its classes and its earlier rows come again, so that it learns what is new beside what
 *  it knew. The rows, the models and their tests are those of a scenario of stage 3. */
export const continuedTrainingHandlers = (
  context: EngineContext,
): Pick<HandlersFor<typeof service.requests>, Names> => ({
  'service.continuedSetup': (choice) => setupOf(context, choice),
  'service.continueTraining': async ({ name, scenarioName, config, seed, ...choice }) => {
    const { datasetId, sourceId } = choice;
    const setup = await setupOf(context, choice);
    const labelled = setup.corrected + setup.fromColumn;
    if (setup.config === null) {
      const dataset = datasetName(context.store, datasetId);
      throw new AppError('service.too-few-labels', { dataset, n: labelled, needed: setup.needed });
    }
    const source = sourceModel(context, sourceId);
    if (source.precision !== 'float32') {
      throw new AppError('adaptation.recipe-not-applicable', { sourceId, recipe: 'continue', scenario: scenarioName });
    }
    const data: Scenario['data'] = {
      datasetId,
      labelColumn: choice.labelColumn ?? '',
      filter: null,
      corrected: { classes: [...source.labels] },
    };
    const scenarioId = setup.scenarioId ?? `S${nextNumber(context, 'adaptation.scenario')}`;
    const scenario =
      setup.scenarioId === null
        ? newScenario(context, scenarioName, data)
        : { ...currentScenario(context.store, scenarioId).scenario, data };
    await saveScenario(context, scenarioId, scenario);
    const params: AdaptParams = {
      scenarioId,
      sourceId,
      recipe: 'continue',
      name,
      reject: false,
      config: config ?? setup.config,
    };
    return context.start([
      {
        slot: dataSlot(scenarioId),
        params: { ...DEFAULT_DATA_CHOICE, corrections: corrections(context.store, datasetId) },
        seed: DEFAULT_SEED,
      },
      { slot: `adaptation.model:A${nextNumber(context, 'adaptation.model')}`, params, seed },
    ]);
  },
});

async function setupOf(context: EngineContext, { datasetId, sourceId, labelColumn }: Choice): Promise<ContinuedSetup> {
  const { store } = context;
  const clean = required(store, `demand.clean:${datasetId}`);
  const source = sourceModel(context, sourceId);
  const { rows, identities } = cleanedTexts(store, clean);
  const given = corrections(store, datasetId);
  const right = new Set(given.map(({ identity }) => identity));
  const data = {
    datasetId,
    labelColumn: labelColumn ?? '',
    filter: null,
    corrected: { classes: [...source.labels] },
  };
  const labels = rowLabels(store, clean, data, given);
  const counts = new Map<string, number>();
  let corrected = 0;
  let fromColumn = 0;
  rows.forEach((row, at) => {
    const label = labels[row];
    if (label === null || label === undefined) return;
    if (right.has(identities[at]!)) corrected += 1;
    else fromColumn += 1;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  const { layers } = await encoderLayers(store, source);
  const config = adaptConfig('continue', [...counts.values()], source.maxLength, DEFAULT_SEED);
  return {
    corrected,
    fromColumn,
    needed: FEWEST_LABELS,
    unknownClasses: [...counts.keys()].filter((label) => !source.labels.includes(label)).sort(),
    config:
      config === null || corrected + fromColumn < FEWEST_LABELS
        ? null
        : { ...config, continual: { replay: CONTINUAL.replay } },
    layers,
    scenarioId: scenarioIds(store).find((id) => holdsTickets(currentScenario(store, id).scenario, datasetId)) ?? null,
  };
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
