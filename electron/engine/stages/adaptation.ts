import type { ArtifactView } from '../../../shared/contract/artifact.ts';
import type { HandlersFor } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import type { adaptation } from '../../../shared/stages/adaptation/contract.ts';
import { trainingPlanSlot } from '../../../shared/stages/adaptation/plan-slots.ts';
import type {
  AdaptedModel,
  RecipeResult,
  ScenarioData,
  ScenarioResult,
  TestsResult,
} from '../../../shared/stages/adaptation/results.ts';
import { suggestLimits } from '../../../shared/stages/adaptation/suggest-limits.ts';
import { TEMPLATES } from '../../../shared/stages/adaptation/templates.ts';
import { DEFAULT_SEED_COUNT } from '../../../shared/stages/competitiveness/seeds.ts';
import type { TrainingPlan } from '../../../shared/stages/competitiveness/training-plan.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { keyOf } from '../artifacts/kind.ts';
import { nextNumber } from '../artifacts/next-number.ts';
import { DEFAULT_SEED, type EngineContext } from '../context.ts';
import { adaptParams } from './adaptation/adapt-params.ts';
import { candidates, sourceModel } from './adaptation/candidates.ts';
import { currentChoices } from './adaptation/choice.ts';
import { dataSlot } from './adaptation/data.ts';
import { matrix } from './adaptation/matrix.ts';
import type { AdaptParams } from './adaptation/model.ts';
import { trainsAnything } from './adaptation/prepared-source.ts';
import { recipeSlot } from './adaptation/recipe.ts';
import { robustnessOf } from './adaptation/robustness.ts';
import { saveScenario } from './adaptation/save-scenario.ts';
import {
  currentScenario,
  limitSources,
  limitsSlot,
  scenarioIds,
  scenarioOf,
  scenarioSlot,
} from './adaptation/scenario.ts';
import { adaptSuggestion } from './adaptation/suggestion.ts';
import { tableHandlers } from './adaptation/tables/handlers.ts';
import { suiteOf, testsSlot } from './adaptation/tests.ts';
import { slotsOnRun } from './competitiveness/explanation-handlers.ts';
import { required } from './competitiveness/predictions.ts';
import { projectModel } from './competitiveness/project-model.ts';
import { columnLabels } from './demand/label-values.ts';
import { corrections } from './service/triaged-rows.ts';

export const adaptationHandlers = (context: EngineContext): HandlersFor<typeof adaptation.requests> => {
  const { store, deps } = context;
  return {
    'adaptation.templates': () =>
      TEMPLATES.map(({ inputKinds, compliance, perturbations, limits, ...rest }) => ({
        ...rest,
        inputKinds: [...inputKinds],
        compliance: [...compliance],
        perturbations: [...perturbations],
        limits: { ...limits },
      })),
    'adaptation.columnValues': ({ datasetId, columnId }) => columnValues(context, datasetId, columnId),
    'adaptation.suggestLimits': ({ templateId, needIds }) => suggestLimits(templateId, needIds, limitSources(store)),
    'adaptation.saveScenario': async ({ scenarioId, scenario }) => {
      if (scenarioId !== null) required(store, scenarioSlot(scenarioId));
      const id = scenarioId ?? `S${nextNumber(context, 'adaptation.scenario')}`;
      await saveScenario(context, id, scenario);
      return { scenarioId: id };
    },
    'adaptation.scenarios': () => scenarioIds(store).flatMap((id) => scenarioView(context, id) ?? []),
    'adaptation.removeScenario': async ({ scenarioId }) => {
      required(store, scenarioSlot(scenarioId));
      const made = store
        .slotsOf('adaptation.model')
        .filter((slot) => context.view<AdaptedModel>(slot)?.result.scenarioId === scenarioId);
      const own = [limitsSlot(scenarioId), dataSlot(scenarioId), recipeSlot(scenarioId), trainingPlanSlot(scenarioId)];
      const standing = own.filter((slot) => store.current(slot) !== undefined);
      await removeWithTests(context, [scenarioSlot(scenarioId), ...standing, ...made]);
      return {};
    },
    'adaptation.buildData': ({ scenarioId, seed, ...choice }) => {
      const { datasetId, corrected } = currentScenario(store, scenarioId).scenario.data;
      const params = corrected === undefined ? choice : { ...choice, corrections: corrections(store, datasetId) };
      return context.start([{ slot: dataSlot(scenarioId), params, seed }]);
    },
    'adaptation.data': ({ scenarioId }) => context.view<ScenarioData>(dataSlot(scenarioId)),
    'adaptation.candidates': ({ scenarioId }) => candidates(context, scenarioId),
    'adaptation.recommendRecipe': ({ scenarioId, sourceId, seed }) => {
      required(store, scenarioSlot(scenarioId));
      sourceModel(context, sourceId);
      const params = { sourceId, sourceIsShared: sourceIsShared(context, scenarioId, sourceId) };
      return context.start([{ slot: recipeSlot(scenarioId), params, seed }]);
    },
    'adaptation.recipe': ({ scenarioId }) => context.view<RecipeResult>(recipeSlot(scenarioId)),
    'adaptation.suggestConfig': (choice) => adaptSuggestion(context, choice),
    'adaptation.planTraining': ({ scenarioId, sourceId, recipe, configs }) => {
      const { scenario } = currentScenario(store, scenarioId);
      const source = sourceModel(context, sourceId);
      if (!trainsAnything(recipe) || source.precision !== 'float32') {
        throw new AppError('adaptation.recipe-not-applicable', { sourceId, recipe, scenario: scenario.name });
      }
      return context.start([
        { slot: trainingPlanSlot(scenarioId), params: { sourceId, recipe, configs }, seed: DEFAULT_SEED },
      ]);
    },
    'adaptation.trainingPlan': ({ scenarioId }) => context.view<TrainingPlan>(trainingPlanSlot(scenarioId)),
    'adaptation.adapt': async ({ seed, seeds = DEFAULT_SEED_COUNT, ...params }) => {
      const { scenario } = currentScenario(store, params.scenarioId);
      const source = sourceModel(context, params.sourceId);
      const trains = trainsAnything(params.recipe);
      const rejects = params.recipe === 'threshold' || (params.reject && trains);
      // Known beforehand: better refused at once than after a queue.
      if ((trains && source.precision !== 'float32') || (rejects && scenario.humanLook === null)) {
        const { sourceId, recipe } = params;
        throw new AppError('adaptation.recipe-not-applicable', { sourceId, recipe, scenario: scenario.name });
      }
      if (seeds > 1 && !trains) {
        const problem = because('trains-nothing', { recipe: params.recipe });
        throw new AppError('request.invalid', { name: 'adaptation.adapt', path: 'seeds', problem });
      }
      const slot = `adaptation.model:A${nextNumber(context, 'adaptation.model')}`;
      const config = params.config ?? (await suggestedWith(context, params, seed));
      const planSlot = trainingPlanSlot(params.scenarioId);
      return context.start([
        { slot, params: adaptParams(context, { ...params, config }, { planSlot, seeds, seed }), seed },
      ]);
    },
    'adaptation.models': () =>
      store.slotsOf('adaptation.model').flatMap((slot) => context.view<AdaptedModel>(slot) ?? []),
    'adaptation.model': ({ modelId }) => context.view<AdaptedModel>(`adaptation.model:${modelId}`),
    'adaptation.removeModel': async ({ modelId }) => {
      const slot = `adaptation.model:${modelId}`;
      required(store, slot);
      await removeWithTests(context, [slot]);
      return {};
    },
    'adaptation.runTests': ({ scenarioId, modelId, seed }) => {
      required(store, scenarioSlot(scenarioId));
      projectModel(store, deps, modelId);
      return context.start([{ slot: testsSlot(scenarioId, modelId), params: {}, seed }]);
    },
    'adaptation.tests': ({ scenarioId, modelId }) => context.view<TestsResult>(testsSlot(scenarioId, modelId)),
    'adaptation.robustness': ({ modelId, referenceId }) => robustnessOf(store, modelId, referenceId),
    'adaptation.matrix': () => matrix(context),
    'adaptation.chooseModel': async ({ scenarioId, modelId }) => {
      required(store, scenarioSlot(scenarioId));
      const others = currentChoices(store).filter((choice) => choice.scenarioId !== scenarioId);
      if (modelId !== null) projectModel(store, deps, modelId);
      const choices = [...others, ...(modelId === null ? [] : [{ scenarioId, modelId }])];
      await context.decide('adaptation.choice', { choices: choices.sort(byScenario) });
      return {};
    },
    ...tableHandlers(context, (kind) => nextNumber(context, kind)),
  };
};

const byScenario = (a: { scenarioId: string }, b: { scenarioId: string }) =>
  a.scenarioId.localeCompare(b.scenarioId, 'en', { numeric: true });

/** Takes scenarios or models away with their tests, explanations and choices, which could not be made anew without them. */
async function removeWithTests(context: EngineContext, slots: readonly string[]): Promise<void> {
  const { store } = context;
  const gone = new Set(slots.map(keyOf));
  const tests = store.slotsOf('adaptation.tests').filter((slot) => {
    const { scenarioId, modelId } = suiteOf(keyOf(slot));
    return gone.has(scenarioId) || gone.has(modelId);
  });
  const choices = currentChoices(store);
  const left = choices.filter(({ scenarioId, modelId }) => !gone.has(scenarioId) && !gone.has(modelId));
  const resting = [...gone].flatMap((id) => slotsOnRun(store, id));
  context.clear([...slots, ...tests, ...resting]);
  if (left.length < choices.length) await context.decide('adaptation.choice', { choices: left });
}

/** A scenario with its limits; stale where they are. */
function scenarioView(context: EngineContext, id: string): ArtifactView<ScenarioResult> | null {
  const record = context.store.current(scenarioSlot(id));
  const artifact = context.info(scenarioSlot(id));
  if (record === undefined || artifact === null) return null;
  const limits = context.info(limitsSlot(id));
  return {
    artifact: { ...artifact, stale: [...artifact.stale, ...(limits?.stale ?? [])] },
    result: scenarioOf(id, record, context.store.current(limitsSlot(id))),
  };
}

function sourceIsShared({ store, view }: EngineContext, scenarioId: string, sourceId: string): boolean {
  return store.slotsOf('adaptation.model').some((slot) => {
    const adapted = view<AdaptedModel>(slot)?.result;
    return adapted?.sourceId === sourceId && adapted.scenarioId !== scenarioId;
  });
}

function columnValues({ store }: EngineContext, datasetId: string, columnId: string) {
  const clean = required(store, `demand.clean:${datasetId}`);
  const status = store.part(clean, 'status');
  const counts = new Map<string, number>();
  let missing = 0;
  columnLabels(store, clean, columnId).forEach((value, row) => {
    if (status[row] !== 0) return;
    if (value === null) missing += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const values = [...counts].map(([value, rows]) => ({ value, rows }));
  return { values: values.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1)), missing };
}

/** What the screen suggests for a recipe, trained from a seed; null where the rows are yet to be taken, or nothing is trained. */
async function suggestedWith(
  context: EngineContext,
  { scenarioId, sourceId, recipe }: Pick<AdaptParams, 'scenarioId' | 'sourceId' | 'recipe'>,
  seed: number,
): Promise<RunConfig | null> {
  if (context.view(dataSlot(scenarioId)) === null) return null;
  const { config } = await adaptSuggestion(context, { scenarioId, sourceId, recipe });
  return config === null ? null : { ...config, seed };
}
