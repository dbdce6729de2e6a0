import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { BaseModel, competitiveness, PreparedData } from '../../../shared/stages/competitiveness/contract.ts';
import { guessColumns } from '../../../shared/stages/competitiveness/experiment/guess-columns.ts';
import { planExperiment } from '../../../shared/stages/competitiveness/experiment/plan-experiment.ts';
import type { ExperimentResult } from '../../../shared/stages/competitiveness/experiment/results.ts';
import type { ParaphrasesResult } from '../../../shared/stages/competitiveness/paraphrases.ts';
import type {
  FloorsResult,
  HubExport,
  LabelsResult,
  RunRecord,
} from '../../../shared/stages/competitiveness/results.ts';
import { DEFAULT_SEED_COUNT, seedsFrom } from '../../../shared/stages/competitiveness/seeds.ts';
import type { StrategyResult } from '../../../shared/stages/competitiveness/strategy/results.ts';
import type { TrainingPlan } from '../../../shared/stages/competitiveness/training-plan.ts';
import type { UsabilityResult } from '../../../shared/stages/competitiveness/usability/results.ts';
import { describeModel, requireTrainable } from '../../models/describe-model.ts';
import { modelFolderOf, modelFolders } from '../../models/model-folders.ts';
import { nextNumber } from '../artifacts/next-number.ts';
import { DEFAULT_SEED, type EngineContext } from '../context.ts';
import { createAblation } from './competitiveness/ablation.ts';
import { classifiedHandlers } from './competitiveness/classified.ts';
import { assertCompressible } from './competitiveness/compress/compressible.ts';
import { createDemandWeighting } from './competitiveness/demand-weighted.ts';
import { encoderHandlers } from './competitiveness/encoders/handlers.ts';
import { explanationHandlers, slotsOnRun } from './competitiveness/explanation-handlers.ts';
import { hubExportSlot } from './competitiveness/hub-export.ts';
import { importedModelHandlers } from './competitiveness/import-model.ts';
import { paraphraseRows, paraphraseSlot } from './competitiveness/paraphrases.ts';
import { jobExportHandlers } from './competitiveness/portable/handlers.ts';
import { compareRuns, measuredRun, required } from './competitiveness/predictions.ts';
import { modelSlot, projectModel } from './competitiveness/project-model.ts';
import { rawColumns } from './competitiveness/raw-columns.ts';
import type { RunParams } from './competitiveness/run.ts';
import { currentStrategies } from './competitiveness/strategies.ts';
import { suggestion, wholeConfig } from './competitiveness/suggestion.ts';
import { assertFits, taskHandlers } from './competitiveness/tasks/handlers.ts';
import { plannedCost, TRAINING_PLAN_SLOT } from './competitiveness/training-plan.ts';
import { datasetColumns } from './demand/columns.ts';

/** Rows from which the use of columns is guessed. */
const LOOKED_AT_ROWS = 5_000;

export const competitivenessHandlers = (context: EngineContext): HandlersFor<typeof competitiveness.requests> => {
  const { store, deps } = context;
  const withDemandWeight = createDemandWeighting(context);
  return {
    'competitiveness.baseModels': () => baseModels(deps),
    ...importedModelHandlers(context),
    'competitiveness.chooseLabels': (choice) =>
      context.start([{ slot: 'competitiveness.labels', params: { choice }, seed: DEFAULT_SEED }]),
    'competitiveness.labels': () => context.view<LabelsResult>('competitiveness.labels'),
    'competitiveness.prepareData': ({ seed, ...choice }) =>
      context.start([{ slot: 'competitiveness.split', params: choice, seed }]),
    'competitiveness.preparedData': () => context.view<PreparedData>('competitiveness.split'),
    'competitiveness.measureFloors': ({ modelId, seed }) =>
      context.start([{ slot: 'competitiveness.floors', params: { modelId }, seed }]),
    'competitiveness.floors': () => context.view<FloorsResult>('competitiveness.floors'),
    'competitiveness.suggestConfig': ({ modelId }) => suggestion(context, modelId),
    'competitiveness.planTraining': async (choice) => {
      await requireTrainable(modelFolderOf(deps, choice.modelId));
      return context.start([{ slot: TRAINING_PLAN_SLOT, params: choice, seed: DEFAULT_SEED }]);
    },
    'competitiveness.trainingPlan': () => context.view<TrainingPlan>(TRAINING_PLAN_SLOT),
    'competitiveness.train': async ({ name, modelId, config: asked, seeds = DEFAULT_SEED_COUNT }) => {
      const suggested = async () => (await suggestion(context, modelId)).config;
      const config = await wholeConfig(context, { modelId, config: asked }, 'competitiveness.train', suggested);
      assertFits('single-label', config, 'competitiveness.train');
      const planned = plannedCost(context, TRAINING_PLAN_SLOT, modelId, config);
      const params: RunParams = {
        name,
        modelId,
        config,
        ...(seeds === 1 ? {} : { seeds: seedsFrom(config, seeds) }),
        ...(planned === null ? {} : { planned }),
      };
      return context.start([
        { slot: `competitiveness.run:R${nextNumber(context, 'competitiveness.run')}`, params, seed: config.seed },
      ]);
    },
    'competitiveness.makeParaphrases': ({ seed, scenarioId, ...params }) =>
      context.start([{ slot: paraphraseSlot(scenarioId), params, seed }]),
    'competitiveness.paraphrases': ({ scenarioId }) => context.view<ParaphrasesResult>(paraphraseSlot(scenarioId)),
    'competitiveness.paraphraseRows': ({ scenarioId, outcome, from, count }) => {
      const found = paraphraseRows(store, required(store, paraphraseSlot(scenarioId))).filter(
        (row) => row.outcome === outcome,
      );
      return { total: found.length, rows: found.slice(from, from + count) };
    },
    'competitiveness.compress': (params) => {
      assertCompressible(store, params);
      const slot = params.runId.startsWith('A')
        ? `adaptation.model:A${nextNumber(context, 'adaptation.model')}`
        : `competitiveness.compressed:C${nextNumber(context, 'competitiveness.compressed')}`;
      return context.start([{ slot, params, seed: DEFAULT_SEED }]);
    },
    'competitiveness.runs': () =>
      Promise.all(
        ['competitiveness.run', 'competitiveness.compressed']
          .flatMap((kind) => store.slotsOf(kind))
          .flatMap((slot) => context.view<RunRecord>(slot) ?? [])
          .map(withDemandWeight),
      ),
    'competitiveness.run': ({ runId }) => {
      const view = context.view<RunRecord>(modelSlot(runId));
      return view === null ? null : withDemandWeight(view);
    },
    'competitiveness.exportHub': ({ modelId, format }) => {
      projectModel(store, deps, modelId);
      return context.start([{ slot: hubExportSlot(modelId, format), params: { modelId, format }, seed: DEFAULT_SEED }]);
    },
    'competitiveness.hubExports': () =>
      store.slotsOf('competitiveness.hubExport').flatMap((slot) => context.view<HubExport>(slot) ?? []),
    ...jobExportHandlers(context),
    'competitiveness.removeRun': ({ runId }) => {
      measuredRun(store, runId);
      context.clear([modelSlot(runId), ...slotsOnRun(store, runId)]);
      return {};
    },
    'competitiveness.compare': ({ runId, referenceId }) => compareRuns(context, runId, referenceId),
    'competitiveness.ablation': createAblation(context),
    ...classifiedHandlers(context),
    ...explanationHandlers(context),
    ...taskHandlers(context),
    ...encoderHandlers(context),
    'competitiveness.guessColumns': ({ datasetId }) => {
      const columns = datasetColumns(store, datasetId);
      const ids = columns.map(({ id }) => id);
      return guessColumns(columns, rawColumns(store, datasetId, ids, LOOKED_AT_ROWS));
    },
    'competitiveness.analyseExperiment': ({ experimentId, ...choice }) => {
      const id = experimentId ?? `E${nextNumber(context, 'competitiveness.experiment')}`;
      return context.start([{ slot: `competitiveness.experiment:${id}`, params: choice, seed: DEFAULT_SEED }]);
    },
    'competitiveness.experiments': () =>
      store.slotsOf('competitiveness.experiment').flatMap((slot) => context.view<ExperimentResult>(slot) ?? []),
    'competitiveness.experiment': ({ experimentId }) =>
      context.view<ExperimentResult>(`competitiveness.experiment:${experimentId}`),
    'competitiveness.removeExperiment': ({ experimentId }) => {
      required(store, `competitiveness.experiment:${experimentId}`);
      context.clear([`competitiveness.experiment:${experimentId}`]);
      return {};
    },
    'competitiveness.planExperiment': (input) => planExperiment(input),
    'competitiveness.analyseUsability': ({ usabilityId, ...choice }) => {
      const id = usabilityId ?? `U${nextNumber(context, 'competitiveness.usability')}`;
      return context.start([{ slot: `competitiveness.usability:${id}`, params: choice, seed: DEFAULT_SEED }]);
    },
    'competitiveness.usabilities': () =>
      store.slotsOf('competitiveness.usability').flatMap((slot) => context.view<UsabilityResult>(slot) ?? []),
    'competitiveness.usability': ({ usabilityId }) =>
      context.view<UsabilityResult>(`competitiveness.usability:${usabilityId}`),
    'competitiveness.removeUsability': ({ usabilityId }) => {
      required(store, `competitiveness.usability:${usabilityId}`);
      context.clear([`competitiveness.usability:${usabilityId}`]);
      return {};
    },
    'competitiveness.setStrategies': async (choice) => {
      await context.decide('competitiveness.strategies', choice);
      return {};
    },
    'competitiveness.strategies': () => currentStrategies(store),
    'competitiveness.decide': ({ draws, seed }) =>
      context.start([{ slot: 'competitiveness.decision', params: { draws }, seed }]),
    'competitiveness.decision': () => context.view<StrategyResult>('competitiveness.decision'),
  };
};

/** Those that can be described; one that cannot goes to the log and hides no other. */
async function baseModels({ log, ...folders }: EngineContext['deps']): Promise<BaseModel[]> {
  const models = await Promise.all(
    (await modelFolders(folders)).map(async ({ id, folder, imported }) => {
      try {
        return { ...(await describeModel(folder)), imported };
      } catch (error) {
        log({ level: 'error', what: `model ${id}`, detail: String(error) });
        return null;
      }
    }),
  );
  return models.filter((model) => model !== null);
}
