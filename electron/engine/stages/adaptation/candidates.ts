import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Candidate } from '../../../../shared/stages/adaptation/contract.ts';
import { modelLabels } from '../../../../shared/stages/adaptation/label-map.ts';
import { adaptedModelSchema, type ScenarioData } from '../../../../shared/stages/adaptation/results.ts';
import type { SlotReader } from '../../artifacts/kind.ts';
import type { EngineContext } from '../../context.ts';
import { modelSlot, projectModel, projectModelIds } from '../competitiveness/project-model.ts';
import { columnLabels } from '../demand/label-values.ts';
import { corrections } from '../service/triaged-rows.ts';
import { dataSlot } from './data.ts';
import { currentScenario } from './scenario.ts';
import { rowLabels } from './take-rows.ts';
import { adaptedTo } from './tests.ts';

export function modelKind(id: string): Candidate['kind'] {
  return id.startsWith('R') ? 'run' : id.startsWith('C') ? 'compressed' : 'adapted';
}

/** Whether recipes can start from a model: one of stage 2, or one that an adaptation has trained. */
function canBeSource(slots: SlotReader, id: string): boolean {
  if (!id.startsWith('A')) return true;
  const artifact = slots.current(modelSlot(id));
  return artifact !== undefined && adaptedModelSchema.parse(artifact.result).config !== null;
}

/** A model that recipes can start from. @throws AppError 'artifact.not-found' */
export function sourceModel({ store, deps }: EngineContext, id: string) {
  if (!canBeSource(store, id)) throw new AppError('artifact.not-found', { id });
  return projectModel(store, deps, id);
}

/** Every model of the project beside a scenario. @throws AppError 'artifact.input-missing' */
export function candidates(context: EngineContext, scenarioId: string): Candidate[] {
  const { store, deps } = context;
  const { scenario } = currentScenario(store, scenarioId);
  const labels = scenarioLabels(context, scenarioId);
  return projectModelIds(store).map((id) => {
    const model = projectModel(store, deps, id);
    const labelMap = adaptedTo(store, id) === scenarioId ? null : scenario.labelMap;
    const named = modelLabels(labels, labelMap, model.labels);
    const kind = modelKind(id);
    return {
      modelId: id,
      name: model.name,
      kind,
      labels: [...model.labels],
      commonLabels: named.filter((name) => name !== null).length,
      scenarioLabels: labels.length,
      canBeSource: canBeSource(store, id),
    };
  });
}

/** Classes of a scenario: of its data, or before they are made, of its column. */
function scenarioLabels({ store, view }: EngineContext, scenarioId: string): string[] {
  const data = view<ScenarioData>(dataSlot(scenarioId));
  if (data !== null && data.artifact.stale.length === 0) return data.result.classes.map(({ label }) => label);
  const { data: choice } = currentScenario(store, scenarioId).scenario;
  const { datasetId, filter, corrected } = choice;
  const clean = store.current(`demand.clean:${datasetId}`);
  if (clean === undefined) return [];
  const status = store.part(clean, 'status');
  const filtered = filter === null ? null : columnLabels(store, clean, filter.columnId);
  const found = new Set(corrected?.classes);
  rowLabels(store, clean, choice, corrections(store, datasetId)).forEach((label, row) => {
    const kept = status[row] === 0 && (filter === null || filter.values.includes(filtered?.[row] ?? ''));
    if (kept && label !== null) found.add(label);
  });
  return [...found].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
