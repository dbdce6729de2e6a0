import type { HandlersFor } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { tunedEncoderSchema } from '../../../shared/stages/competitiveness/encoders/contract.ts';
import { defaultRecipe } from '../../../shared/stages/demand/clean/recipe.ts';
import { cleanResultSchema, type DatasetKind, type demand } from '../../../shared/stages/demand/contract.ts';
import { type ColumnRole, isScoreRole } from '../../../shared/stages/demand/import/column-role.ts';
import type {
  DriversResult,
  NeedsResult,
  RequirementsResult,
  SatisfactionResult,
  ScoresResult,
  TopicEdit,
  TopicsResult,
} from '../../../shared/stages/demand/results.ts';
import { keyOf } from '../artifacts/kind.ts';
import { DEFAULT_SEED, type EngineContext } from '../context.ts';
import { ticketPlanSlots } from './adaptation/training-plan.ts';
import { encoderSlot } from './competitiveness/encoders/encoder.ts';
import { required } from './competitiveness/predictions.ts';
import { cleanParamsSchema } from './demand/clean.ts';
import {
  allDatasetIds,
  datasetColumns,
  datasetNumber,
  datasetResult,
  demandDatasetIds,
  hasRole,
} from './demand/columns.ts';
import type { DatasetParams } from './demand/dataset.ts';
import { editedTopics, topicEdits, topicRows } from './demand/edited-topics.ts';
import { EMBEDDING_MAX_LENGTH, type EmbeddingsResult, modelForTexts } from './demand/embeddings.ts';
import { currentNeedsSetup } from './demand/needs-setup.ts';

/** Slots of one dataset, the rows' own last. */
const DATASET_KINDS = [
  'service.tickets',
  'service.triage',
  'service.corrections',
  'service.drift',
  'demand.adoption',
  'demand.drivers',
  'demand.embeddings',
  'demand.clean',
  'demand.roles',
  'demand.dataset',
] as const;

export const demandHandlers = (context: EngineContext): HandlersFor<typeof demand.requests> => {
  const { store, deps } = context;

  const inspect = async (
    sourceId: string,
    overrides: Parameters<typeof context.previewCompute.run<'demand.inspect'>>[1]['overrides'],
  ) => {
    const { path, name, key } = await deps.resolveSource(sourceId);
    const { inspection, columns } = await context.previewCompute.run('demand.inspect', { path, key, overrides });
    return { name, inspection, columns: columns.map(({ reason: _reason, ...column }) => column) };
  };

  const edit = async (added: TopicEdit) => {
    await context.decide('demand.topicEdits', { edits: [...topicEdits(store), added] });
    return {};
  };

  /** The found topics that an edited topic holds, with the texts by which they are found again. */
  const anchorsOf = (topicId: string) => {
    const topics = store.current('demand.topics');
    if (topics === undefined) throw new AppError('artifact.input-missing', { slot: 'demand.topics' });
    const edited = editedTopics(store, topics).topics.find((topic) => topic.id === topicId);
    const found = (topics.result as TopicsResult).topics.find((topic) => topic.id === edited?.mergedFrom[0]);
    if (found === undefined) throw new AppError('artifact.not-found', { id: topicId });
    return { topicId, anchors: [...found.anchors] };
  };

  return {
    'demand.inspectSource': async ({ sourceId, overrides }) => {
      const { inspection, columns } = await inspect(sourceId, overrides);
      return { inspection, columns, suggestedKind: suggestKind(columns) };
    },
    'demand.importSource': async ({ sourceId, name, kind, overrides, columns }) => {
      const found = await inspect(sourceId, overrides);
      const used = [...allDatasetIds(store).map(datasetNumber), ...store.rows.datasets(), ...pendingDatasets(context)];
      const slot = `demand.dataset:d${Math.max(0, ...used) + 1}`;
      const params: DatasetParams = {
        sourceId,
        name,
        kind,
        options: found.inspection.options,
        columns: columns ?? found.columns,
      };
      return context.start([{ slot, params, seed: DEFAULT_SEED }]);
    },
    'demand.datasets': () =>
      allDatasetIds(store).map((id) => {
        const clean = store.current(`demand.clean:${id}`);
        const artifact = context.info(`demand.dataset:${id}`);
        if (artifact === null) throw new AppError('artifact.not-found', { id });
        return {
          id,
          artifact,
          dataset: datasetResult(store, id),
          columns: [...datasetColumns(store, id)],
          clean: clean === undefined ? null : cleanResultSchema.parse(clean.result),
        };
      }),
    'demand.setRoles': async ({ datasetId, columns }) => {
      const known = new Set(datasetResult(store, datasetId).columns.map((column) => column.id));
      const stranger = columns.find((column) => !known.has(column.id));
      if (stranger !== undefined) throw new AppError('import.column-missing', { column: stranger.id });
      await context.decide(`demand.roles:${datasetId}`, { columns });
      return {};
    },
    'demand.removeDataset': ({ datasetId }) => {
      datasetResult(store, datasetId);
      context.clear([...DATASET_KINDS.map((kind) => `${kind}:${datasetId}`), ...ticketPlanSlots(store, datasetId)], {
        forget: true,
      });
      store.rows.remove(datasetNumber(datasetId));
      return {};
    },
    'demand.clean': ({ datasetId, recipe }) =>
      context.start([{ slot: `demand.clean:${datasetId}`, params: { recipe }, seed: DEFAULT_SEED }]),
    'demand.cleaning': ({ datasetId }) => {
      const clean = store.current(`demand.clean:${datasetId}`);
      const recipe = clean === undefined ? defaultRecipe : cleanParamsSchema.parse(clean.params).recipe;
      return { recipe, view: context.view(`demand.clean:${datasetId}`) };
    },
    'demand.discoverTopics': ({ topics, modelId, seed }) => {
      const ids = demandDatasetIds(store).filter((id) => hasRole(store, id, 'text'));
      if (ids.length === 0) throw new AppError('demand.no-text', {});
      const largest = [...ids].sort((a, b) => datasetResult(store, b).rowCount - datasetResult(store, a).rowCount)[0]!;
      const model = modelId ?? modelForTexts(store, largest);
      const encoder = /^V\d+$/.test(model) ? required(store, encoderSlot(model)) : null;
      const by =
        encoder === null
          ? { modelId: model }
          : {
              modelId: tunedEncoderSchema.parse(encoder.result).modelId,
              tuned: { id: model, artifactId: encoder.id },
            };
      const embeddings = ids
        .map((id) => `demand.embeddings:${id}`)
        .filter((slot) => {
          const stands = store.current(slot);
          return stands !== undefined && (stands.result as EmbeddingsResult).modelId !== model;
        });
      const missing = ids.map((id) => `demand.embeddings:${id}`).filter((slot) => store.current(slot) === undefined);
      return context.start([
        ...[...embeddings, ...missing].map((slot) => ({
          slot,
          params: { ...by, maxLength: EMBEDDING_MAX_LENGTH },
          seed: DEFAULT_SEED,
        })),
        { slot: 'demand.topics', params: { topics }, seed },
      ]);
    },
    'demand.topics': () => context.view<TopicsResult>('demand.topics'),
    'demand.editedTopics': () => {
      const view = context.view<TopicsResult>('demand.topics');
      const artifact = store.current('demand.topics');
      if (view === null || artifact === undefined) return null;
      const edited = editedTopics(store, artifact);
      const { topic } = topicRows(store, artifact);
      const sizes = new Map<number, number>();
      topic.forEach((found) => {
        const at = found < 0 ? -1 : edited.topicOf[found]!;
        sizes.set(at, (sizes.get(at) ?? 0) + 1);
      });
      const terms = new Map(view.result.topics.map((found) => [found.id, found.terms.map(({ term }) => term)]));
      return {
        artifact: view.artifact,
        topics: edited.topics.map((item, index) => ({
          id: item.id,
          name: item.name,
          terms: [...new Set(item.mergedFrom.flatMap((id) => terms.get(id) ?? []))],
          size: sizes.get(index) ?? 0,
          share: (sizes.get(index) ?? 0) / topic.length,
          mergedFrom: [...item.mergedFrom],
          renamed: item.renamed,
        })),
        outliers: sizes.get(-1) ?? 0,
        edits: [...topicEdits(store)],
        notApplied: [...edited.notApplied],
      };
    },
    'demand.mergeTopics': ({ topicIds, name }) => edit({ type: 'merge', topics: topicIds.map(anchorsOf), name }),
    'demand.renameTopic': ({ topicId, name }) => edit({ type: 'rename', topic: anchorsOf(topicId), name }),
    'demand.setTopicEdits': async ({ edits }) => {
      await context.decide('demand.topicEdits', { edits });
      return {};
    },
    'demand.computeScores': () => context.start([{ slot: 'demand.scores', params: {}, seed: DEFAULT_SEED }]),
    'demand.scores': () => context.view<ScoresResult>('demand.scores'),
    'demand.computeSatisfaction': () =>
      context.start([{ slot: 'demand.satisfaction', params: {}, seed: DEFAULT_SEED }]),
    'demand.satisfaction': () => context.view<SatisfactionResult>('demand.satisfaction'),
    'demand.analyseDrivers': ({ datasetId, outcomeColumn, itemColumns, resamples, seed }) =>
      context.start([{ slot: `demand.drivers:${datasetId}`, params: { outcomeColumn, itemColumns, resamples }, seed }]),
    'demand.drivers': ({ datasetId }) => context.view<DriversResult>(`demand.drivers:${datasetId}`),
    'demand.setNeeds': async (setup) => {
      await context.decide('demand.needsSetup', setup);
      return {};
    },
    'demand.needsSetup': () => currentNeedsSetup(store),
    'demand.computeNeeds': ({ resamples, seed }) =>
      context.start([{ slot: 'demand.needs', params: { resamples }, seed }]),
    'demand.needs': () => context.view<NeedsResult>('demand.needs'),
    'demand.setTargets': async (targets) => {
      await context.decide('demand.targets', targets);
      return {};
    },
    'demand.computeRequirements': () =>
      context.start([{ slot: 'demand.requirements', params: {}, seed: DEFAULT_SEED }]),
    'demand.requirements': () => context.view<RequirementsResult>('demand.requirements'),
  };
};

/** Imports under way have taken their number already. */
function pendingDatasets({ queue }: EngineContext): number[] {
  return queue
    .list()
    .filter((job) => job.kind === 'demand.dataset')
    .map((job) => datasetNumber(keyOf(job.slot)));
}

/** Rated items make a survey, texts are feedback; columns without either are a table to score. */
function suggestKind(columns: readonly ColumnRole[]): DatasetKind {
  if (columns.filter(({ role }) => role === 'item').length >= 2) return 'questionnaire';
  if (columns.some(({ role }) => role === 'text')) return 'feedback';
  return columns.some(({ role }) => isScoreRole(role)) ? 'questionnaire' : 'table';
}
